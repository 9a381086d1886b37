"""Writes the notices of an event, in the transaction of what they tell of. The caller commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import config
from ..domain import notices as table
from ..domain import workflow
from ..domain.notices import Channel, Kind, Telling
from ..domain.sop import CLOCKS, State
from ..domain.workflow import Actor, Submission
from ..model import appointments, cases, days_off, submissions
from ..model import notices as rows
from ..model.notices import NoticeRecord
from ..model.tables import SubmissionRecord

_MOST_FINDINGS = 20  # a notice is no page; the rest is one click away


@dataclass(frozen=True)
class Happening:
    """What is told: an event of ``domain.notices`` on a dataset of this title.

    ``actor_id`` did it and is not told of it; ``note`` and ``findings`` are for readers of the
    submission; ``when``: a planned moment, ISO 8601.
    """

    event: str
    at: datetime
    title: str
    actor_id: str | None = None
    actor_name: str = ""
    note: str = ""
    findings: Sequence[str] = ()
    when: str | None = None


@dataclass(frozen=True)
class Addressed:
    """How one person is told: the kind they choose a channel for, and where it leads them."""

    kind: Kind
    to_do: bool
    link: str


@dataclass(frozen=True)
class News:
    """What the same rows of several people say. ``facts``: see ``domain.notice_words``."""

    event: str
    at: datetime
    facts: dict[str, Any]
    due_at: datetime | None = None
    dataset_id: str | None = None
    submission_id: str | None = None


def tell(session: Session, record: SubmissionRecord, happening: Happening) -> int:
    """Tell whom the table names of an event of a submission; how many were told.

    A bounded number of statements, however many people.
    """
    clock = CLOCKS.get(State(record.state))
    tellings = table.tellings(happening.event, clock.owner if clock else None)
    if not tellings:
        return 0
    chosen = _chosen(session, record, happening, tellings)
    if not chosen:
        return 0
    office = session.get(model.Group, record.office_id)
    write(
        session,
        {
            user_id: Addressed(telling.kind, telling.to_do, _link(record, telling))
            for user_id, telling in chosen.items()
        },
        News(
            happening.event,
            happening.at,
            _facts(record, happening, office.title or office.name if office else ""),
            record.due_at if clock else None,
            record.dataset_id,
            record.id,
        ),
    )
    return len(chosen)


def write(session: Session, people: Mapping[str, Addressed], news: News) -> None:
    """Write the same news for people by their ids, each by the channel they have chosen."""
    channels = rows.channels(session, people)
    digest_at = next_digest(session, news.at)
    for user_id, addressed in people.items():
        channel = channels.get((user_id, addressed.kind.value))
        channel = channel or table.DEFAULT_CHANNELS[addressed.kind].value
        session.add(
            NoticeRecord(
                user_id=user_id,
                event=news.event,
                kind=addressed.kind.value,
                dataset_id=news.dataset_id,
                submission_id=news.submission_id,
                facts={**news.facts, "to_do": addressed.to_do},
                link=addressed.link,
                due_at=news.due_at,
                created_at=news.at,
                mail="" if channel == Channel.PORTAL.value else channel,
                mail_after=digest_at if channel == Channel.DIGEST.value else news.at,
            )
        )


def _facts(record: SubmissionRecord, happening: Happening, office: str) -> dict[str, Any]:
    return {
        "title": happening.title,
        "office": office,
        "actor": happening.actor_name,
        "note": happening.note,
        "findings": list(happening.findings[:_MOST_FINDINGS]),
        "more_findings": max(0, len(happening.findings) - _MOST_FINDINGS),
        "state": record.state,
        "edition": record.edition,
        "when": happening.when,
    }


def _link(record: SubmissionRecord, telling: Telling) -> str:
    """The room where the reader works; the door of ``/meja`` asks everybody to sign in first."""
    room = "dataset" if set(telling.roles) <= set(table.OFFICE) else "periksa"
    return f"/meja/{room}/{record.id}"


def _chosen(
    session: Session, record: SubmissionRecord, happening: Happening, tellings: Iterable[Telling]
) -> dict[str, Telling]:
    """People told, each once, by the first row that names them."""
    case = _case(session, record)
    everybody = appointments.everybody(session, happening.at)
    chosen: dict[str, Telling] = {}
    for telling in tellings:
        named = [user_id for user_id, actor in everybody.items() if _named(actor, case, telling)]
        if telling.to_do and record.claimed_by in named:
            held = record.claimed_by
            named = [who for who in named if who == held or held in everybody[who].replaced]
        for user_id in named:
            if user_id and user_id != happening.actor_id:
                chosen.setdefault(user_id, telling)
    active = of_active(session, chosen)
    return {user_id: telling for user_id, telling in chosen.items() if user_id in active}


def of_active(session: Session, user_ids: Iterable[str]) -> set[str]:
    """Which of these accounts are in use."""
    query = select(model.User.id).where(
        model.User.id.in_(list(user_ids)), model.User.state == "active"
    )
    return set(session.execute(query).scalars())


def _named(actor: Actor, case: Submission, telling: Telling) -> bool:
    holds = any(actor.has(role, case.office_id, case.kind) for role in telling.roles)
    if not holds or not workflow.may_read(case, actor):
        return False
    return not telling.to_do or _may_act(actor, case)


def _may_act(actor: Actor, case: Submission) -> bool:
    """Whether it is this person's turn: they may write, or may take a deciding step."""
    if workflow.may_edit(case, actor) is None:
        return True
    steps = workflow.available(case, actor, config.rules())
    return any(step.needs_hash or step.needs_finding for step in steps)


def _case(session: Session, record: SubmissionRecord) -> Submission:
    return cases.of(
        record,
        contributors=submissions.contributors(session, record.id),
        checkers=submissions.checkers(session, record.id),
    )


def next_digest(session: Session, at: datetime) -> datetime:
    """When the next digest goes out: at its hour on the next working day (WIB); aware UTC."""
    calendar, hour = days_off.calendar(session), config.digest_hour()
    return calendar.next_at(at, hour)
