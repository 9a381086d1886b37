"""The night's work: the record's head leaves the database, the contents are compared and mended.

Planned once a day from ``nightly_hour`` on, by whoever looks first; done by the worker from the
outbox, so that a killed worker's night is done by the next one.
"""

from datetime import date, datetime
from typing import Any

from ckan.types import AlchemySession as Session

from .. import config, outgoing, posting
from ..domain.deadlines import WIB
from ..domain.words import waktu
from ..model import nightly, outbox
from . import compare, letting_go, mending
from .difference import Difference

PLACE = "portal"  # stands where the outbox names a dataset
_MOST_KEPT = 1000
_TOLD = 50


def plan(session: Session, at: datetime) -> bool:
    """Plan this day's work once its hour has come; whether this call did. Commits."""
    local = at.astimezone(WIB)
    if local.hour < config.nightly_hour() or nightly.is_planned(session, local.date()):
        return False
    planned = nightly.plan(session, local.date(), at)
    if planned:
        for kind in ("head", "reconcile"):
            outbox.add(session, PLACE, kind, at, day=local.date().isoformat())
    session.commit()
    return planned


def run(session: Session, at: datetime, day: date | None, mend: bool) -> list[Difference]:
    """Compare, mend what loses nothing if asked, keep the report, tell people. Commits."""
    if mend:
        letting_go.let_go(session, at)
    found = compare.compare(session, at)
    if mend:
        found = mending.mend(session, found, at)
    rows = [one.as_dict() for one in found[:_MOST_KEPT]]
    told = list(nightly.keep(session, day, at, rows, mend).differences)
    if told and day:
        outgoing.note(session, "Pengelola portal", config.nightly_mail(), _letter(told, at), at)
    session.commit()
    return found


def _letter(found: list[dict[str, Any]], at: datetime) -> posting.Letter:
    lines = [
        f"- {one['text']}{' Sudah diperbaiki.' if one['mended'] else ''}" for one in found[:_TOLD]
    ]
    more = [f"- dan {len(found) - _TOLD} lagi."] if len(found) > _TOLD else []
    body = "\n".join(
        [
            f"Pencocokan isi portal {waktu(at)} menemukan {len(found)} perbedaan:",
            "",
            *lines,
            *more,
            "",
            f"Lihat {posting.site()}/meja/pencocokan",
        ]
    )
    return posting.Letter("Perbedaan di Satu Data", body)
