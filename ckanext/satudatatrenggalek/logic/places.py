"""Whether the place a note names is there: the file, the row in it, the column."""

from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from .. import checking
from ..conformity import BadSchema, last_row
from ..model import blobs, checks, copies, files
from ..model.tables import SubmissionRecord
from .messages import conflict

_MOST_NAMED = 20


def require_known(
    session: Session, record: SubmissionRecord, findings: list[dict[str, Any]]
) -> None:
    """Refuse notes on cells that do not exist; a column is kept as the file writes it.

    A note that names no file is on the only one, if there is only one. Of a file whose table
    nobody could read, and of a sheet that was not checked, nothing is known and nothing refused.

    :param findings: rows for ``satudata_finding``; ``column`` is changed in place.
    :raises ValidationError: 409 ``unknown_place``, naming what there is.
    """
    placed = [f for f in findings if f["resource_id"] or f["row"] is not None or f["column"]]
    if not placed:
        return
    bound = files.of_package(session, copies.package_id_of(session, record))
    known = {**bound, **{copies.lasting_id(session, key): file for key, file in bound.items()}}
    for finding in placed:
        named = finding["resource_id"]
        file = (
            known.get(named) if named else next(iter(bound.values())) if len(bound) == 1 else None
        )
        if named and file is None:
            names = ", ".join(sorted(each.filename for each in bound.values())) or "belum ada"
            raise _refused(finding, f"berkasnya bukan bagian pengajuan ini. Berkasnya: {names}.")
        if file is not None:
            _require_cell(session, file, finding)


def _require_cell(session: Session, file: Any, finding: dict[str, Any]) -> None:
    report = (checks.report_of(session, file.resource_id) or {}).get("satudata") or {}
    stats: dict[str, Any] = report.get("stats") or {}
    labels: list[str] = list(report.get("labels") or ())
    elsewhere = finding["sheet"] and finding["sheet"] != stats.get("sheet")
    if not labels or elsewhere:
        return
    if finding["column"]:
        finding["column"] = _column(file, finding, labels, report)
    if finding["row"] is not None:
        _require_row(session, file, finding, stats)


def _column(file: Any, finding: dict[str, Any], labels: list[str], report: dict[str, Any]) -> str:
    """The column as the file writes it, or as the machine names one that is missing."""
    told = [f["column"] for f in report.get("findings") or () if f.get("column")]
    fields = (report.get("table_schema") or {}).get("fields") or ()
    known = [*labels, *told, *(str(field.get("name")) for field in fields)]
    wanted = finding["column"].strip()
    found = [name for name in known if name == wanted]
    found += [name for name in known if name.strip().lower() == wanted.lower()]
    if found:
        return found[0]
    more = f", dan {len(labels) - _MOST_NAMED} lagi" if len(labels) > _MOST_NAMED else ""
    raise _refused(
        finding,
        f"kolom «{wanted}» tidak ada di {file.filename}. "
        f"Kolomnya: {', '.join(labels[:_MOST_NAMED])}{more}.",
    )


def _require_row(
    session: Session, file: Any, finding: dict[str, Any], stats: dict[str, Any]
) -> None:
    row = finding["row"]
    # Blank rows and totals are not counted: only beyond that must the file be asked.
    if 1 <= row <= stats.get("header_row", 0) + stats.get("rows", 0):
        return
    last = _last_row(session, file)
    if last is not None and not 1 <= row <= last:
        raise _refused(
            finding,
            f"baris {row} tidak ada di {file.filename}. Berkas itu punya baris 1 sampai {last}.",
        )


def _last_row(session: Session, file: Any) -> int | None:
    resource = session.get(model.Resource, file.resource_id)
    assert resource is not None  # its binding was found by its package
    try:
        return last_row(blobs.path_of(file.sha256), checking.expectation_of(resource))
    except BadSchema:
        return None


def _refused(finding: dict[str, Any], what: str) -> Exception:
    text = finding["text"]
    short = text if len(text) <= 40 else f"{text[:37]}..."
    return conflict("unknown_place", f"Catatan «{short}»: {what} Betulkan tempatnya.")
