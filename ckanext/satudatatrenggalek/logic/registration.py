"""Keeps our tables in step with CKAN's packages, inside CKAN's own transaction."""

from datetime import date, datetime, time
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import clock, config
from ..domain.deadlines import WIB
from ..domain.sop import EDITABLE_STATES, Access, State
from ..model import audit, checks, copies, days_off, files, outbox, passage, submissions, tidied
from ..model.tables import DatasetRecord, SubmissionRecord, new_id
from . import people, stand_in

GOVERNED = "dataset"


def field(data: dict[str, Any], name: str) -> Any:
    """A field of a validated package dict, wherever the validators left it."""
    if name in data:
        return data[name]
    for extra in data.get("extras") or ():
        if extra.get("key") == name:
            return extra.get("value")
    return None


def describe(record: SubmissionRecord, data: dict[str, Any]) -> None:
    """Copy to our row what the procedure decides by: office, kind, priority, access, period."""
    record.office_id = data["owner_org"]
    record.kind = str(field(data, "jenis") or "statistik")
    record.priority = bool(field(data, "prioritas_tahun"))
    record.access = _access(str(field(data, "accessRights") or Access.OPEN.value))
    record.period = str(field(data, "periode") or "")


def _access(level: str) -> str:
    """Fail-closed: a level nobody knows (harvested, say) is for staff only."""
    return level if level in {known.value for known in Access} else Access.CLOSED.value


def planned_due(
    session: Session, record: SubmissionRecord, data: dict[str, Any]
) -> datetime | None:
    """SOP step 6: one working day from the planned collection date, if one is planned.

    A next edition begins with the date of the former one; a day before it was begun is not its own.
    """
    planned = str(field(data, "tanggal_pengumpulan") or "")[:10]
    limit = config.clock_limit(State.DRAFT)
    if not planned or limit is None:
        return None
    day = date.fromisoformat(planned)
    if copies.is_working_copy(record) and day < record.created_at.astimezone(WIB).date():
        return None
    return days_off.calendar(session).add_days(begin_of(day), limit[0])


def begin_of(planned: date) -> datetime:
    """When the clock of a draft begins whose data are planned to be collected on a day."""
    return datetime.combine(planned, time(0), WIB)


def on_create(context: Any, data: dict[str, Any]) -> None:
    """A package was created: know it, open its first submission, put it on the record.

    A working copy is known to the workflow that makes it.
    """
    if data.get("type", GOVERNED) != GOVERNED or passage.is_open_for(data["id"]):
        return
    session: Session = context["session"]
    at, person = clock.now(), people.caller(context)
    dataset = DatasetRecord(dataset_id=data["id"], office_id=data["owner_org"], created_at=at)
    record = SubmissionRecord(
        id=new_id(),
        dataset_id=data["id"],
        working_copy_id=data["id"],
        created_by=person.id,
        created_at=at,
        updated_at=at,
        round=0,
    )
    describe(record, data)
    due = planned_due(session, record, data)
    submissions.place(record, State.DRAFT, at, due)
    session.add_all([dataset, record])
    session.flush()
    copies.begun(record, dataset)
    stand_in.begin(session, person.id, record)
    submissions.enter(session, record, State.DRAFT, "create", person.id, at, due, None)
    _record_edit(session, record, person, "create", at)
    if data.get("resources"):
        queue_checks(session, record.dataset_id, data["id"], at)


def on_update(context: Any, data: dict[str, Any]) -> None:
    """A working copy was changed: remember by whom, look at its files again.

    Writes of the workflow itself and of machines (DataStore flags) are not edits.
    """
    if passage.is_open_for(data["id"]):
        return
    session: Session = context["session"]
    record = copies.governing(session, data["id"])
    if record is None or State(record.state) not in EDITABLE_STATES:
        return
    at, person = clock.now(), people.caller(context)
    describe(record, data)
    if record.state == State.DRAFT.value and (record.due_at is None or at <= record.due_at):
        # A clock that has ended stays ended, whatever date is planned afterwards.
        submissions.set_due(session, record, planned_due(session, record, data))
    record.updated_at = at
    _record_edit(session, record, person, "edit", at)
    queue_checks(session, record.dataset_id, data["id"], at)
    if copies.is_working_copy(record):
        _name_new_files(session, record)


def _record_edit(
    session: Session, record: SubmissionRecord, person: people.Person, step: str, at: datetime
) -> None:
    name = people.contribute(session, record, person.id, "edit", at) if person.id else None
    audit.append(
        session,
        audit.Entry(
            step=step,
            at=at,
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            submission_id=record.id,
            dataset_id=record.dataset_id,
            office_id=record.office_id,
            from_state=record.state if step == "edit" else None,
            to_state=record.state,
            details={
                **stand_in.letter(session, person.id, record),
                **({"in_name_of": people.display(name)} if name else {}),
            },
        ),
    )


def _name_new_files(session: Session, record: SubmissionRecord) -> None:
    """A new file of a working copy gets the id it will have in public, before anybody approves."""
    known = copies.public_ids(session, record.id)
    query = select(model.Resource.id).where(model.Resource.package_id == record.working_copy_id)
    for resource_id in session.execute(query).scalars():
        if resource_id not in known:
            copies.stand_for(session, record.id, resource_id, new_id())


def queue_checks(session: Session, dataset_id: str, package_id: str, at: datetime) -> None:
    """Note a check for every file whose bytes, schema or format were not judged yet.

    Reads the rows core has just written: the dict handed to hooks lacks ids of new resources.
    """
    session.flush()
    bound = files.of_package(session, package_id)
    if not bound:
        return
    package = session.get(model.Package, package_id)
    fields = dict(package.extras) if package else {}
    query = select(model.Resource).where(
        model.Resource.package_id == package_id, model.Resource.state == "active"
    )
    active = list(session.execute(query).scalars())
    removed = set(bound) - {r.id for r in active}
    for resource_id in removed:
        # A removed file serves nothing any more, by whichever door (gate row C1).
        files.unbind(session, resource_id, at)
    if removed and tidied.were_copies(session, removed):
        for resource in active:
            # An original has its rows back once its tidied copy is gone.
            outbox.add(session, dataset_id, "load", at, resource_id=resource.id)
    resources = [checks.as_judged(r) for r in active if r.id in bound]
    for resource_id, summary in checks.summaries(session, resources, bound, fields).items():
        if summary["status"] == checks.PENDING:
            checks.mark_created(session, resource_id, at)
            outbox.add(session, dataset_id, "check", at, resource_id=resource_id)
