"""The search index against the database: documents, who finds them, CKAN's own flag."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from ..domain import visibility
from ..model.submissions import OPEN
from ..model.tables import DatasetRecord, SubmissionRecord
from .difference import Difference

_AT_ONCE = 1000
# Labels of one dataset alone, for who works on behalf of its office: too many to ask one by one.
_OF_ONE = "-dataset-"


@dataclass(frozen=True)
class Found:
    """What says who finds a package: its labels, and whether CKAN calls it private."""

    name: str
    labels: frozenset[str]
    private: bool


def compare(session: Session) -> Iterator[Difference]:
    """Packages without a document, documents without a package, and those that say otherwise."""
    wanted, there = expected(session), _indexed()
    for key, want in sorted(wanted.items()):
        have = there.get(key)
        if have is None:
            text = f"Dataset {want.name} tidak ada di indeks pencarian."
            yield Difference("index-missing", key, text)
        elif have.labels != want.labels:
            text = f"Indeks pencarian menunjukkan dataset {want.name} kepada orang yang keliru."
            yield Difference("index-labels", key, text)
        elif have.private != want.private:
            text = f"Indeks pencarian dan CKAN tidak sepakat apakah dataset {want.name} tertutup."
            yield Difference("index-private", key, text)
    for key in sorted(set(there) - set(wanted)):
        text = f"Indeks pencarian memuat {there[key].name}, yang tidak ada lagi di CKAN."
        yield Difference("index-extra", key, text)


def expected(session: Session) -> dict[str, Found]:
    """Every package CKAN indexes, as our tables say; three statements, whatever their number."""
    governing = _governing(session)
    rows = {row.dataset_id: row for row in session.execute(select(DatasetRecord)).scalars()}
    packages = session.execute(
        select(
            model.Package.id, model.Package.name, model.Package.private, model.Package.state
        ).where(model.Package.state.in_(("active", "draft")))
    )
    found = {}
    for key, name, private, state in packages:
        row = rows.get(key)
        labels = _labels(key, governing.get(key), row, private, state == "active")
        asked = frozenset(label for label in labels if _OF_ONE not in label)
        found[key] = Found(name, asked, private)
    return found


def _labels(
    key: str,
    record: SubmissionRecord | None,
    row: DatasetRecord | None,
    private: bool,
    active: bool,
) -> list[str]:
    used_up = record is not None and key != record.dataset_id and record.edition is not None
    if record is None or used_up:
        return [visibility.NOBODY]
    labels = visibility.labels_of(record.state, record.office_id, record.kind, record.dataset_id)
    if visibility.is_public(row.public_state if row else "none", record.access, private, active):
        return [visibility.PUBLIC, *labels]
    return labels


def _governing(session: Session) -> dict[str, SubmissionRecord]:
    """The submission that answers for each package: as ``model/copies.governing``, for all."""
    written = select(SubmissionRecord).order_by(
        SubmissionRecord.working_copy_id,
        SubmissionRecord.state.in_(OPEN).desc(),
        SubmissionRecord.created_at.desc(),
    )
    latest = written.distinct(SubmissionRecord.working_copy_id)
    found = {row.working_copy_id: row for row in session.execute(latest).scalars()}
    released = select(DatasetRecord.dataset_id, SubmissionRecord).join(
        SubmissionRecord, SubmissionRecord.id == DatasetRecord.published_submission_id
    )
    found.update((key, row) for key, row in session.execute(released))
    return found


def _indexed() -> dict[str, Found]:
    """Every document of this site. Labels cannot be read, only asked for: one question a label."""
    labels: dict[str, set[str]] = {}
    for label in _labels_there():
        for document in _documents([f'+permission_labels:"{label}"'], "id"):
            labels.setdefault(document["id"], set()).add(label)
    return {
        document["id"]: Found(
            document.get("name", ""),
            frozenset(labels.get(document["id"], ())),
            document.get("capacity") == "private",
        )
        for document in _documents([], "id,name,capacity")
    }


def _ours() -> list[str]:
    return [f'+site_id:"{tk.config["ckan.site_id"]}"', "+entity_type:package"]


def _labels_there() -> list[str]:
    asked = {"facet": "true", "facet.field": "permission_labels", "facet.limit": -1}
    found = search.make_connection().search("*:*", fq=_ours(), rows=0, **asked)
    counted = found.facets["facet_fields"]["permission_labels"]
    pairs = zip(counted[::2], counted[1::2], strict=True)
    return [label for label, count in pairs if count and _OF_ONE not in label]


def _documents(narrowed: list[str], fields: str) -> Iterator[dict[str, Any]]:
    """Documents of this site, a thousand at a time."""
    solr, mark = search.make_connection(), "*"
    asked = {"fq": [*_ours(), *narrowed], "fl": fields, "sort": "index_id asc", "rows": _AT_ONCE}
    while True:
        page = solr.search("*:*", cursorMark=mark, **asked)
        yield from page.docs
        if page.nextCursorMark == mark:
            return
        mark = page.nextCursorMark
