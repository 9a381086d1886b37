"""The record as a CSV to take away, a page of rows at a time; no cell can run as a formula."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from .findings import harmless

HEAD = (
    "Nomor",
    "Waktu (UTC)",
    "Kejadian",
    "Oleh",
    "Id akun",
    "Peran",
    "Cara masuk",
    "Dataset",
    "Id dataset",
    "Id pengajuan",
    "Perangkat daerah",
    "Dari",
    "Ke",
    "Catatan",
    "Rincian",
    "Sidik isi",
    "Hash sebelumnya",
    "Hash",
)


def as_csv(pages: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    """Pieces of the CSV, one a page; begins with the mark by which Excel knows UTF-8.

    :param pages: rows as ``satudata_audit_list`` gives them.
    """
    yield "\ufeff" + _lines([HEAD])
    for rows in pages:
        yield _lines(_cells(row) for row in rows)


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    out = StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(row: Mapping[str, Any]) -> tuple[Any, ...]:
    dataset, office = row["dataset"] or {}, row["office"] or {}
    return (
        row["seq"],
        row["at"],
        row["label"],
        row["actor"]["name"],
        row["actor"]["id"],
        row["role_label"],
        row["auth_label"],
        dataset.get("name"),
        dataset.get("id"),
        row["submission_id"],
        office.get("title"),
        row["from_label"],
        row["to_label"],
        row["note"],
        json.dumps(row["details"], ensure_ascii=False, sort_keys=True) if row["details"] else "",
        row["content_hash"],
        row["prev_hash"],
        row["hash"],
    )
