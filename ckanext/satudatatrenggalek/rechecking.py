"""Checks files again, in bulk: after the engine or its lists have changed, or after an upgrade."""

from datetime import datetime

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .domain.sop import EDITABLE_STATES, State
from .model import checks, copies, files, outbox
from .model.tables import FileRecord


def recheck(
    session: Session,
    at: datetime,
    package_ids: list[str] | None = None,
    everything: bool = False,
    batch: int = 100,
) -> int:
    """Note a check for files of these packages (of all without), committing every ``batch``.

    :param everything: also files whose check is valid, while their content may still change.
        Later a decision rests on the result as it is.
    :returns: how many checks were noted.
    """
    noted = 0
    wanted = _with_files(session) if package_ids is None else package_ids
    for number, package_id in enumerate(wanted, 1):
        noted += _package(session, package_id, at, everything)
        if number % batch == 0:
            session.commit()
            session.expunge_all()
    session.commit()
    return noted


def _with_files(session: Session) -> list[str]:
    query = select(FileRecord.package_id).where(FileRecord.package_id.is_not(None)).distinct()
    return [key for key in session.execute(query.order_by(FileRecord.package_id)).scalars() if key]


def _package(session: Session, package_id: str, at: datetime, everything: bool) -> int:
    package = session.get(model.Package, package_id)
    record = copies.governing(session, package_id)
    if package is None or record is None or package.state != "active":
        return 0
    bound = files.of_package(session, package_id)
    query = select(model.Resource).where(
        model.Resource.package_id == package_id, model.Resource.state == "active"
    )
    active = [r for r in session.execute(query).scalars() if r.id in bound]
    judged = [checks.as_judged(resource) for resource in active]
    known = checks.summaries(session, judged, bound, dict(package.extras))
    repeats = everything and State(record.state) in EDITABLE_STATES
    due = [key for key, had in known.items() if repeats or had["status"] == checks.PENDING]
    for resource_id in due:
        checks.forget(session, resource_id)
        checks.mark_created(session, resource_id, at)
        outbox.add(session, record.dataset_id, "check", at, resource_id=resource_id)
    return len(due)
