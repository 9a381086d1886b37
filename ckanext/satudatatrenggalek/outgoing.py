"""Letters of the portal itself: a row of the outbox for each address, with the finished text.

From the outbox. A refused address is done, and the row says so; a letter that no server takes for
now is noted again, for two weeks.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ckan import model
from ckan.types import AlchemySession as Session

from . import clock, posting
from .model import outbox
from .model.tables import OutboxRecord
from .posting import Answer, Letter, NotPosted, Outcome

log = logging.getLogger(__name__)

KIND = "letter"
_AGAIN = timedelta(minutes=10)
_GIVEN_UP = timedelta(days=14)


def note(
    session: Session, name: str, addresses: Sequence[str], letter: Letter, at: datetime
) -> None:
    """Have the same letter sent to each address once the caller's transaction is committed.

    :param letter: its subject and its plain text; nothing else is kept.
    """
    for address in addresses:
        # Letters to one address go in their order, and wait for nobody else's.
        outbox.add(
            session,
            address,
            KIND,
            at,
            address=address,
            name=name,
            subject=letter.subject,
            text=letter.text,
        )


def send(row: OutboxRecord) -> None:
    """Send one letter, or note it again.

    :raises NotPosted: nobody took it for two weeks.
    """
    kept = row.payload
    answer = posting.post(kept["name"], kept["address"], Letter(kept["subject"], kept["text"]))
    if answer.outcome is Outcome.REFUSED:
        log.error("a letter of the portal was refused: %s", answer.said)
        outbox.refuse(row, answer.said)
    elif answer.outcome is not Outcome.SENT:
        note_again(row, answer)


def note_again(row: OutboxRecord, answer: Answer) -> None:
    """Note a letter again that was not taken; the row itself is done.

    :raises NotPosted: nobody took it for two weeks.
    """
    at = clock.now()
    since = datetime.fromisoformat(row.payload.get("since") or row.created_at.isoformat())
    if at - since > _GIVEN_UP:
        raise NotPosted(answer.said)
    log.warning("a letter of kind %s waits: %s", row.kind, answer.outcome.value)
    payload = {**outbox.wanted(row), "since": since.isoformat()}
    # Each pause a quarter of what it has waited: two weeks leave some forty rows, not two thousand.
    pause = max(_AGAIN, (at - since) / 4)
    outbox.add(model.Session, row.dataset_id, row.kind, at, at + pause, **payload)
