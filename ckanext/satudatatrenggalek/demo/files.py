"""The demo's tables as files an office would upload, and what they should be."""

import csv
import io
import json
from typing import Any

import xlsxwriter
from werkzeug.datastructures import FileStorage

from ..conformity.schema import title_for
from .catalogue import NOTE, Spec
from .rows import Table

# Files whose Table Schema is left for the portal to infer.
_INFERRED = frozenset({"waiting_check", "late_upload", "draft_ready", "draft_faulty"})


def resource_of(spec: Spec, table: Table) -> dict[str, Any]:
    """The fields of the dataset's one file, its bytes included."""
    fields: dict[str, Any] = {
        "name": f"{spec.title} {spec.period}",
        "description": NOTE,
        "format": spec.format.upper(),
        "upload": upload_of(spec, table),
    }
    if spec.story not in _INFERRED and spec.rows != "orang":
        fields["schema"] = json.dumps(table_schema(table), ensure_ascii=False)
    return fields


def upload_of(spec: Spec, table: Table) -> FileStorage:
    """The file as a form sends it."""
    data = _xlsx(table) if spec.format == "xlsx" else _csv(table)
    return FileStorage(stream=io.BytesIO(data), filename=f"{spec.slug}-{spec.period}.{spec.format}")


def table_schema(table: Table) -> dict[str, Any]:
    """The table's Table Schema: names, titles, types, what may not be empty."""
    return {
        "fields": [_field(*pair) for pair in zip(table.labels, table.types, strict=True)],
        "missingValues": [""],
    }


def _field(label: str, kind: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True}
    if kind in ("integer", "number"):
        constraints["minimum"] = 0
    return {"name": label, "title": title_for(label), "type": kind, "constraints": constraints}


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.labels)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def _xlsx(table: Table) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, table.labels, book.add_format({"bold": True}))
        for number, row in enumerate(table.rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.set_column(0, len(table.labels) - 1, 18)
    return data.getvalue()
