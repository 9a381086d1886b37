"""Fills the portal for a demonstration; run again, does only what is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from sqlalchemy import select

from .. import clock, jobs
from ..model import days_off, notices
from ..model.audit import AuditRecord
from . import accounts, catalogue, changes, offices, stories
from .address import is_local
from .catalogue import Spec
from .play import Stage, play
from .schedule import schedule_of
from .stories import Event


class NotLocal(Exception):
    """The site's address is not this machine's; the message says so."""


_NEWS = timedelta(days=3)  # what happened before was read


@dataclass(frozen=True)
class Filled:
    """What stands there now, and how many events this run has added."""

    offices: int
    accounts: int
    datasets: int
    events: int


def fill(password: str, specs: tuple[Spec, ...] | None = None) -> Filled:
    """Offices, accounts, appointments and datasets of the demo.

    :param specs: only these datasets; all of the catalogue when None.
    :raises NotLocal: nothing was changed. :raises accounts.NameTaken: likewise.
    """
    require_local()
    specs = catalogue.read() if specs is None else specs
    found = offices.read()
    people = accounts.everybody([spec.office for spec in specs])
    accounts.ensure(people, password)
    schedule = schedule_of(_anchor(), days_off.calendar(model.Session))
    offices.ensure(found, by="admin")
    with clock.at(schedule.beginning):
        accounts.appoint(people, found)
    changes.dissolve(found)
    changes.stand_in(schedule)
    missing = _missing(stories.plan(specs, schedule))
    if missing:
        _play_all(missing, Stage(found, schedule))
    return Filled(len(found), len(people), len(specs), len(missing))


def _play_all(events: list[Event], stage: Stage) -> None:
    """Hundreds of small changes: the index makes them visible together, at the end; no mail."""
    quiet = {"ckan.search.solr_commit": False, "smtp.mail_from": None}
    before = {name: tk.config.get(name) for name in quiet}
    tk.config.update(quiet)
    try:
        for event in events:
            play(event, stage)
        jobs.work()
    finally:
        tk.config.update(before)
        search.commit()
    notices.settle(model.Session, clock.now() - _NEWS)
    model.Session.commit()


def require_local() -> None:
    """Refuse where other people could sign in with a password everybody knows."""
    site_url = tk.config["ckan.site_url"]
    if not is_local(site_url):
        raise NotLocal(
            f"Peragaan hanya untuk portal di komputer sendiri, sedangkan alamat portal ini "
            f"{site_url}. Ganti ckan.site_url menjadi http://localhost:5000 bila memang peragaan."
        )


def _anchor() -> datetime:
    """The day the demo tells its stories from: when its first account was made.

    So a later run finds the plan of the first one, and finishes it.
    """
    first = model.User.by_name(accounts.ACCOUNTS[0].name)
    assert first is not None  # made a moment ago
    return first.created.replace(tzinfo=timezone.utc)


def _missing(plan: list[Event]) -> list[Event]:
    """The events the record does not know yet.

    Every action of an event leaves a row at the event's moment; a release may have been taken
    earlier, by a worker that runs beside.
    """
    names = {event.spec.name for event in plan}
    query = model.Session.query(model.Package.name, model.Package.id)
    ids = {row.name: row.id for row in query.filter(model.Package.name.in_(names))}
    columns = select(AuditRecord.dataset_id, AuditRecord.at, AuditRecord.step)
    rows = model.Session.execute(columns.where(AuditRecord.dataset_id.in_(ids.values()))).all()
    moments = {(dataset_id, at) for dataset_id, at, _step in rows}
    released = {dataset_id for dataset_id, _at, step in rows if step == "release"}
    model.Session.rollback()
    return [event for event in plan if not _is_done(event, ids, moments, released)]


def _is_done(
    event: Event, ids: dict[str, str], moments: set[tuple[str, datetime]], released: set[str]
) -> bool:
    dataset_id = ids.get(event.spec.name, "")
    if event.verb == "release":
        return dataset_id in released
    return (dataset_id, event.at) in moments
