"""The released editions of a dataset, each as it was."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ...conformity.comparison import Difference, TooManyRows
from ...conformity.tidy.guard import guarded
from ...domain.sop import Reading
from ...domain.visibility import public_reading
from ...model import blobs, copies, editions, submissions
from ...model.tables import DatasetRecord, EditionRecord
from .. import differences, facts, lookup, parameters, people, showing
from ..differences import Side
from ..messages import ITEM_LABELS, conflict

__all__ = [
    "satudata_edition_diff",
    "satudata_edition_diff_rows",
    "satudata_edition_file",
    "satudata_edition_list",
    "satudata_edition_show",
]

_MAX_EDITION = 2**31 - 1


@dataclass(frozen=True)
class _Reader:
    """Who asks for editions of which dataset. level: what it is open to today.

    withdrawn: submissions whose edition was retracted for good.
    """

    session: Session
    dataset: DatasetRecord
    level: str
    staff: bool
    withdrawn: frozenset[str]

    def of(self, row: EditionRecord) -> Reading:
        """How much of an edition they read: the public, the least of both levels."""
        if self.staff:
            return Reading.FILES
        if row.submission_id in self.withdrawn:
            return Reading.NOTHING
        own = str(row.metadata_.get("accessRights"))
        return public_reading(self.dataset.public_state, self.level, own)


def _asked(context: Any, data_dict: dict[str, Any]) -> _Reader:
    """The dataset a caller names, and whether they read its editions as staff."""
    session: Session = context["session"]
    record, dataset = lookup.submission(session, parameters.needed(data_dict, "id"))
    staff = lookup.may_read(context, record, people.actor(context), session)
    now = submissions.by_id(session, dataset.published_submission_id or "")
    withdrawn = editions.withdrawn(session, dataset.dataset_id)
    return _Reader(session, dataset, now.access if now else "", staff, withdrawn)


@tk.side_effect_free
def satudata_edition_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """The released editions of a dataset, newest first. The public gets those of a public one."""
    tk.check_access("satudata_edition_list", context, data_dict)
    reader = _asked(context, data_dict)
    found = editions.of_dataset(reader.session, reader.dataset.dataset_id)
    read = [_as_read(reader, row) for row in found]
    return [_edition(reader.session, row, reader.staff) for row in read if row is not None]


def _as_read(reader: _Reader, row: EditionRecord) -> EditionRecord | None:
    """An edition as far as the reader may know of it: whole, without its files, or not at all."""
    reading = reader.of(row)
    if reading is Reading.NOTHING:
        return None
    if reading is Reading.FILES:
        return row
    names = ("dataset_id", "number", "submission_id", "content_hash", "released_at")
    return EditionRecord(
        **{name: getattr(row, name) for name in (*names, "superseded_at")},
        metadata_={**row.metadata_, "resources": []},
        files=[],
    )


def _edition(session: Session, row: EditionRecord, staff: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": row.number,
        "dataset_id": row.dataset_id,
        "title": row.metadata_.get("title", ""),
        "period": row.metadata_.get("periode", ""),
        "content_hash": row.content_hash,
        "released": showing.stamp(row.released_at),
        "superseded": showing.stamp(row.superseded_at),
        "files": [
            {k: f[k] for k in ("resource_id", "name", "filename", "sha256", "size")}
            for f in row.files
        ],
        "checklist": _checklist(session, row.submission_id),
    }
    if staff:
        shown["approved_by"] = people.display(row.approved_by)
        shown["approved"] = showing.stamp(row.approved_at)
        shown["submission_id"] = row.submission_id
    return shown


def _checklist(session: Session, submission_id: str) -> list[dict[str, str]]:
    """How the checker answered each item in the round that passed; why stays with staff."""
    last = {row.item: row.verdict for row in submissions.verdicts(session, submission_id)}
    return [
        {"item": item, "label": label, "verdict": last[item]}
        for item, label in ITEM_LABELS.items()
        if item in last
    ]


@tk.side_effect_free
def satudata_edition_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One edition as it was released: metadata, files, hash; the check report for staff.

    :param id: the dataset. :param number: the edition's number.
    """
    tk.check_access("satudata_edition_show", context, data_dict)
    reader = _asked(context, data_dict)
    row = _numbered(reader, parameters.whole(data_dict, "number", 0, _MAX_EDITION))
    shown = {**_edition(reader.session, row, reader.staff), "metadata": row.metadata_}
    return {**shown, "check_report": row.check_report} if reader.staff else shown


def _numbered(reader: _Reader, number: int) -> EditionRecord:
    row = editions.numbered(reader.session, reader.dataset.dataset_id, number)
    read = _as_read(reader, row) if row is not None else None
    if read is None:
        raise tk.ObjectNotFound
    return read


@tk.side_effect_free
def satudata_edition_file(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A file of an edition, for whoever may read the edition.

    :param id: the dataset. :param number: the edition's number. :param resource_id: the file.
    :returns: ``{filename, mimetype, sha256, size, url}``; for our own page also ``path``.
    """
    tk.check_access("satudata_edition_file", context, data_dict)
    row = _numbered(
        _asked(context, data_dict), parameters.whole(data_dict, "number", 0, _MAX_EDITION)
    )
    wanted = parameters.needed(data_dict, "resource_id")
    file = next((file for file in row.files if file["resource_id"] == wanted), None)
    if file is None or not blobs.path_of(file["sha256"]).exists():
        raise tk.ObjectNotFound
    shown = {name: file.get(name) for name in ("filename", "mimetype", "sha256", "size")}
    address = {"name": row.metadata_["name"], "number": row.number, "resource_id": wanted}
    shown["url"] = tk.h.url_for("satudata_editions.file", **address, _external=True)
    # No request can set this key: the place on our disk is for our own page alone.
    return {**shown, "path": str(blobs.path_of(file["sha256"]))} if _is_ours(context) else shown


def _is_ours(context: Any) -> bool:
    return context.get("for_view") is True


@tk.side_effect_free
def satudata_edition_diff(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What differs between two editions: metadata field by field, files, schemas, rows by key.

    :param id: the dataset.
    :param from, to: numbers of editions. Without ``to`` the edition in the making, for whoever
        may read it, else the newest; without ``from`` the one before ``to``.
    :returns: ``from, to`` (null: in the making), ``metadata``, ``files`` (see docs/api.md).
    """
    tk.check_access("satudata_edition_diff", context, data_dict)
    old, new, dataset_id = _two(context, data_dict)
    return {"dataset_id": dataset_id, **differences.between(old, new)}


def _two(context: Any, data_dict: dict[str, Any]) -> tuple[Side, Side, str]:
    reader = _asked(context, data_dict)
    newer = parameters.whole(data_dict, "to", 0, _MAX_EDITION)
    older = parameters.whole(data_dict, "from", 0, _MAX_EDITION)
    dataset = reader.dataset
    opened = None if newer else _in_the_making(context, reader.session, dataset)
    newer = newer or dataset.last_edition
    new = opened or differences.released(_numbered(reader, newer))
    older = older or (dataset.last_edition if opened else newer - 1)
    return differences.released(_numbered(reader, older)), new, dataset.dataset_id


def _in_the_making(context: Any, session: Session, dataset: DatasetRecord) -> Side | None:
    opened = submissions.open_of(session, dataset.dataset_id)
    if opened is None or not lookup.may_read(context, opened, people.actor(context), session):
        return None
    ids = copies.public_ids(session, opened.id)
    return differences.in_the_making(session, facts.gather(session, opened), ids)


@tk.side_effect_free
def satudata_edition_diff_rows(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """All rows of one file that differ between two editions, as CSV: one line a cell.

    :param id, from, to: as ``satudata_edition_diff``. :param resource_id: a file of both.
    :returns: ``{filename, content}``.
    :raises ValidationError: 409, the tables are too long to be compared.
    """
    tk.check_access("satudata_edition_diff_rows", context, data_dict)
    old, new, _ = _two(context, data_dict)
    wanted = parameters.needed(data_dict, "resource_id")
    if wanted not in old.files or wanted not in new.files:
        raise tk.ObjectNotFound
    try:
        found = differences.tables(old, new, wanted)
    except TooManyRows as error:
        raise conflict("bad_input", differences.TOO_LONG) from error
    if found is None:
        raise tk.ObjectNotFound
    name = new.files[wanted]["filename"].rsplit(".", 1)[0]
    return {"filename": f"perubahan-{name}.csv", "content": _as_csv(found)}


def _as_csv(found: Difference) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("perubahan", "baris", "kolom", "sebelum", "sesudah"))
    for row in found.removed.iter_rows(named=True):
        writer.writerows(_cells("dihapus", found.key, row, before=True))
    for row in found.added.iter_rows(named=True):
        writer.writerows(_cells("ditambah", found.key, row, before=False))
    for change in found.changed:
        for name, before, after in change.cells:
            writer.writerow(map(_as_text, ("diubah", "; ".join(change.key), name, before, after)))
    return text.getvalue()


def _cells(what: str, key: tuple[str, ...], row: dict[str, str], before: bool) -> list[Any]:
    named = "; ".join(row[name] for name in key)
    cells = [(what, named, name, value, "") for name, value in row.items()]
    placed = cells if before else [(w, n, c, "", value) for w, n, c, value, _ in cells]
    return [tuple(map(_as_text, cell)) for cell in placed]


def _as_text(value: str) -> str:
    """A spreadsheet must not take a cell for a formula."""
    return f"'{value}" if value[:1] in ("\t", "\r") else guarded(value)
