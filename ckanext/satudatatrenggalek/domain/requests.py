"""What the public may ask about a dataset, who answers, and what a granted request opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .case import Actor
from .sop import ANSWERS_REQUESTS, Reading, Role
from .visibility import public_reading


class Kind(str, Enum):
    """Files of a restricted dataset, or an error seen in a public one."""

    FILES = "files"
    ERROR = "error"


class Status(str, Enum):
    """Whether somebody has answered; the clock runs while nobody has."""

    NEW = "new"
    ANSWERED = "answered"


class Outcome(str, Enum):
    """The answer to a request for files."""

    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Granted:
    """A request for files as far as its opening goes. until: aware; None: not granted."""

    outcome: str | None
    until: datetime | None


def may_ask(kind: Kind, public_state: str, level: str) -> bool:
    """Whether this may be asked of a dataset: files where they are not public anyway."""
    reading = public_reading(public_state, level)
    if kind is Kind.FILES:
        return reading is Reading.METADATA
    return reading is not Reading.NOTHING


def role_that_answers(actor: Actor, office_id: str, kind: str) -> Role | None:
    """The role in which somebody may read and answer what was asked of this office."""
    held = (role for role in Role if role in ANSWERS_REQUESTS)
    return next((role for role in held if actor.has(role, office_id, kind)), None)


def opens_files(granted: Granted, at: datetime, public_state: str, *levels: str) -> bool:
    """Whether the asker may fetch the files now: granted, in time, and nothing was closed since.

    :param levels: the dataset's level now and that of the edition that was granted.
    """
    if granted.outcome != Outcome.GRANTED.value or granted.until is None or at >= granted.until:
        return False
    return public_reading(public_state, *levels) is not Reading.NOTHING
