"""Many datasets out of one: rows and index documents of a real one, copied under new ids.

A hundred thousand datasets by the portal's own steps would take a day. What they leave in the
database and in the index is the same for each but for its ids, names and numbers, so it is made
once by the steps and copied. The record's chain of hashes does not hold afterwards.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import requests
import sqlalchemy as sa
from ckan import model

# Table -> (the column that ties it to a dataset, its other columns of ids).
_TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "package": ("id", ()),
    "resource": ("package_id", ("id",)),
    "satudata_dataset": ("dataset_id", ("published_submission_id",)),
    "satudata_submission": ("dataset_id", ("id", "working_copy_id")),
    "satudata_stay": ("dataset_id", ("id", "submission_id")),
    "satudata_edition": ("dataset_id", ("id", "submission_id")),
    "satudata_file": ("package_id", ("resource_id",)),
    "satudata_audit": ("dataset_id", ("submission_id",)),
}
_BATCH = 1_000


def new_id(old: str, number: int) -> str:
    """The id that stands for `old` in the copy of this number, as the SQL below makes it."""
    from hashlib import md5

    return str(uuid.UUID(md5(f"{old}-{number}".encode()).hexdigest()))


def fill(package_id: str, first: int, last: int, solr: str, record: int = 1) -> None:
    """Copies numbered first to last - 1, in database and index.

    :param record: how often each row of the record is copied.
    """
    _rows(package_id, first, last, record)
    _documents(package_id, first, last, solr)


def _rows(package_id: str, first: int, last: int, record: int) -> None:
    engine = model.meta.engine
    assert engine is not None
    with engine.begin() as connection:
        for table, (key, ids) in _TABLES.items():
            connection.execute(
                sa.text(_copying(table, key, ids)),
                {"package_id": package_id, "first": first, "last": last - 1, "record": record},
            )
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            sa.text("VACUUM ANALYZE")
        )


def _copying(table: str, key: str, ids: tuple[str, ...]) -> str:
    """INSERT ... SELECT of a table's rows with new ids."""
    changed = [
        f"'{column}', to_jsonb(CASE WHEN x.{column} IS NULL THEN NULL "
        f"ELSE md5(x.{column} || '-' || g)::uuid::text END)"
        for column in (key, *ids)
    ]
    if table == "package":
        changed += [
            "'name', to_jsonb(x.name || '-' || g)",
            "'title', to_jsonb(x.title || ' ' || g)",
        ]
    if table == "satudata_audit":
        changed.append("'seq', to_jsonb(nextval('satudata_audit_seq_seq'))")
        changed.append("'id', to_jsonb(md5(x.id || '-' || g || '-' || h)::uuid::text)")
    times = ":record" if table == "satudata_audit" else "least(1, :record)"
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(x) || "
        f"jsonb_build_object({', '.join(changed)}))).* "
        f"FROM {table} x, generate_series(CAST(:first AS int), CAST(:last AS int)) g, "
        f"generate_series(1, CAST({times} AS int)) h "
        f"WHERE x.{key} = :package_id"
    )


def _documents(package_id: str, first: int, last: int, solr: str) -> None:
    asked = {"q": f"id:{package_id}", "fl": "*", "wt": "json"}
    answer = requests.get(f"{solr}/select", params=asked, timeout=60).json()
    original = answer["response"]["docs"][0]
    del original["_version_"]
    found = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", original["data_dict"])
    dataset = json.loads(original["data_dict"])
    kept = {dataset["owner_org"], dataset["creator_user_id"]}
    ids = {found_id for found_id in found if found_id not in kept} | {package_id}
    text = json.dumps(original)
    for documents in _batches(text, original, ids, first, last):
        posted = requests.post(f"{solr}/update", json=documents, timeout=600)
        posted.raise_for_status()
    requests.get(f"{solr}/update", params={"commit": "true"}, timeout=600).raise_for_status()


def _batches(
    text: str, original: Mapping[str, Any], ids: set[str], first: int, last: int
) -> Iterator[list[dict[str, Any]]]:
    marks = re.compile("|".join(map(re.escape, sorted(ids))))
    for start in range(first, last, _BATCH):
        documents = []
        for number in range(start, min(start + _BATCH, last)):
            copied = marks.sub(lambda match, n=number: new_id(match[0], n), text)
            document = json.loads(copied.replace(original["name"], f"{original['name']}-{number}"))
            document["title"] = f"{original['title']} {number}"
            document["index_id"] = new_id(original["index_id"], number)
            documents.append(document)
        yield documents
