"""Mails the notices that wait, through ``posting``.

At least once, as SMTP allows no more: a worker killed between a server's yes and our commit sends
the letter again, under the same Message-ID. Nothing waiting is lost while the server is away.
"""

import logging
import time
import zlib
from collections.abc import Sequence
from datetime import timedelta

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import clock, posting
from ..domain.notices import Channel
from ..model import appointments, outbox
from ..model import notices as rows
from ..model.notices import NoticeRecord
from ..posting import Outcome
from . import letters

log = logging.getLogger(__name__)

LOCK_SPACE = 7204  # first half of our advisory lock keys, one per recipient
_LONGEST_PAUSE = 3600
_MOST_REFUSALS = 5  # times a server may refuse one address before its mail is let be


def send_due(session: Session, until: float = float("inf")) -> int:
    """Mail what waits, person by person, until ``until`` (monotonic); how many letters were sent.

    A refused address stops nobody else. A server that is away ends the round; the next tries again.
    """
    sent = 0
    for user_id in rows.waiting_for_mail(session, clock.now()):
        session.rollback()
        if time.monotonic() >= until:
            break
        with outbox.hold(zlib.crc32(user_id.encode()), LOCK_SPACE) as held:
            outcomes = _serve(session, user_id) if held else []
        sent += outcomes.count(Outcome.SENT)
        if Outcome.AWAY in outcomes:
            break
    session.rollback()
    return sent


def _serve(session: Session, user_id: str) -> list[Outcome]:
    """One person's letters: each at once, and one digest."""
    person = session.get(model.User, user_id)
    due = _still_wanted(session, user_id, person)
    if person is None or not due:
        return []
    at_once = [[row] for row in due if row.mail == Channel.MAIL.value]
    digest = [row for row in due if row.mail == Channel.DIGEST.value]
    outcomes: list[Outcome] = []
    for group in [*at_once, *([digest] if digest else [])]:
        outcomes.append(_post(session, group, person))
        if outcomes[-1] is Outcome.AWAY:
            break
    return outcomes


def _still_wanted(session: Session, user_id: str, person: model.User | None) -> list[NoticeRecord]:
    """What is due and still for this person; the rest will not be mailed, and says why."""
    due = rows.mail_of(session, user_id, clock.now())
    why = _unreachable(person)
    grants = appointments.grants_of(session, user_id, clock.now())
    query = select(NoticeRecord.id).where(
        rows.open_to(user_id, grants), NoticeRecord.id.in_([row.id for row in due])
    )
    readable = set(session.execute(query).scalars())
    wanted = []
    for row in due:
        reason = why or (None if row.id in readable else "may no longer read it")
        if reason:
            row.mail_stopped_at, row.mail_error = clock.now(), reason
        else:
            wanted.append(row)
    session.commit()
    return wanted


def _unreachable(person: model.User | None) -> str | None:
    if person is None or person.state != "active":
        return "account is gone"
    if not person.email:
        return "no address"
    return None if posting.is_open() else rows.NO_MAIL


def _post(session: Session, group: Sequence[NoticeRecord], person: model.User) -> Outcome:
    """Send one letter; each attempt is counted before it is made."""
    letter_of = letters.of_one(group[0], person.display_name) if len(group) == 1 else None
    letter = letter_of or letters.of_many(group, person.display_name)
    for row in group:
        row.mail_attempts += 1
        pause = min(60 * 2 ** (row.mail_attempts - 1), _LONGEST_PAUSE)
        row.mail_after = clock.now() + timedelta(seconds=pause)
    session.commit()
    answer = posting.post(person.display_name, person.email or "", letter)
    outcome = answer.outcome
    for row in group:
        if outcome is Outcome.SENT:
            row.mailed_at, row.mail_error = clock.now(), None
        else:
            row.mail_error = answer.said[:500]
        if outcome is Outcome.REFUSED and row.mail_attempts >= _MOST_REFUSALS:
            row.mail_stopped_at = clock.now()
    session.commit()
    if outcome is not Outcome.SENT:
        log.warning("mail to account %s was not taken: %s", person.name, outcome.value)
    return outcome
