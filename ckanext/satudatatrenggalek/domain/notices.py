"""Who is told of what: one table for steps, reminders and escalations, and for their mail.

Whom a row names is told only if the table of visibility (``sop.VISIBLE_TO``) lets them read the
submission where it stands after the event; what a row says is in ``notice_words``.
"""

from dataclasses import dataclass
from enum import Enum

from .sop import Role


class Kind(str, Enum):
    """What people choose a channel for."""

    TASK = "task"
    RESULT = "result"
    DEADLINE = "deadline"
    PUBLIC = "public"


class Channel(str, Enum):
    """How a notice reaches its person besides the portal, where it always stands."""

    PORTAL = "portal"
    MAIL = "mail"
    DIGEST = "digest"


DEFAULT_CHANNELS: dict[Kind, Channel] = {
    Kind.TASK: Channel.MAIL,
    Kind.RESULT: Channel.MAIL,
    Kind.DEADLINE: Channel.MAIL,
    Kind.PUBLIC: Channel.DIGEST,
}


@dataclass(frozen=True)
class Telling:
    """People told of an event: holders of these roles for the submission's office and kind.

    ``to_do``: it is theirs to act now. Deciders among them must be able to decide (four eyes), and
    work on somebody's desk is told to that person alone.
    """

    roles: tuple[Role, ...]
    kind: Kind
    to_do: bool = False


# The office's own people work on the dataset itself, all others at the desk.
OFFICE = (Role.PRODUCER, Role.OFFICE_HEAD)
_CHECKERS = (Role.SUPPORTING_CHECKER, Role.CHECKER)
_WALIDATA = (*_CHECKERS, Role.APPROVER)
_TO_THE_OFFICE = Telling((Role.PRODUCER,), Kind.RESULT)
_TO_CHECK = Telling(_CHECKERS, Kind.TASK, to_do=True)
_TO_DECIDE = Telling((Role.APPROVER, Role.SUPERVISOR), Kind.TASK, to_do=True)
_TO_MEND = Telling((Role.PRODUCER,), Kind.TASK, to_do=True)
_KNOWN_TO_ALL = Telling((*OFFICE, *_WALIDATA), Kind.PUBLIC)

# Every step of the procedure has its line, also one that nobody needs to be told of.
STEP_EVENTS: dict[str, tuple[Telling, ...]] = {
    "submit": (_TO_CHECK,),
    "withdraw": (),
    "conform": (_TO_DECIDE, _TO_THE_OFFICE),
    "return": (_TO_MEND,),
    "endorse": (_TO_DECIDE, _TO_THE_OFFICE),
    "skip_supervisor": (_TO_DECIDE, Telling((Role.SUPERVISOR, Role.PRODUCER), Kind.RESULT)),
    "send_back": (_TO_CHECK, _TO_THE_OFFICE),
    "approve": (_TO_THE_OFFICE,),
    "hold": (_TO_THE_OFFICE,),
    "release": (Telling((*OFFICE, Role.APPROVER), Kind.PUBLIC),),
    "revise": (),
    "discard": (Telling(OFFICE, Kind.RESULT),),
    "retract": (_KNOWN_TO_ALL,),
    "reinstate": (_KNOWN_TO_ALL,),
    "transfer": (Telling(OFFICE, Kind.RESULT), Telling(_WALIDATA, Kind.RESULT)),
}

# What the portal tells by itself.
REMIND = "remind"
ESCALATE = "escalate"
RELEASE_REFUSED = "release_refused"
RELEASE_GIVEN_UP = "release_given_up"
# Of appointments and offices; told to people, not to roles of a submission (notices/ending.py).
APPOINTMENT_ENDS = "appointment_ends"
APPOINTMENTS_END = "appointments_end"
OFFICE_ENDS = "office_ends"

_DUE = Kind.DEADLINE
# Whose clock it is -> who is reminded before it ends.
REMINDED: dict[Role, tuple[Role, ...]] = {
    Role.PRODUCER: (Role.PRODUCER,),
    Role.CHECKER: _CHECKERS,
    Role.SUPERVISOR: (Role.SUPERVISOR,),
    Role.APPROVER: (Role.APPROVER,),
    Role.SYSTEM: (),
}
# Whose clock it was -> who hears that it has ended, besides those whose it was.
ESCALATED: dict[Role, tuple[Role, ...]] = {
    Role.PRODUCER: (Role.OFFICE_HEAD, Role.CHECKER, Role.APPROVER),
    Role.CHECKER: (Role.CHECKER, Role.APPROVER),
    Role.SUPERVISOR: (Role.APPROVER,),
    Role.APPROVER: (Role.CHECKER, Role.APPROVER),
    Role.SYSTEM: (Role.APPROVER,),
}


def tellings(event: str, owner: Role | None = None) -> tuple[Telling, ...]:
    """Who is told of an event. ``owner``: whose clock, for reminders and escalations."""
    if event in (RELEASE_REFUSED, RELEASE_GIVEN_UP):
        return (Telling((Role.APPROVER,), Kind.TASK),)
    if event == REMIND and owner is not None:
        return (Telling(REMINDED[owner], _DUE, to_do=True),)
    if event == ESCALATE and owner is not None:
        return (Telling(REMINDED[owner], _DUE, to_do=True), Telling(ESCALATED[owner], _DUE))
    return STEP_EVENTS.get(event, ())
