"""The procedure as data: roles, states, steps, checklist, visibility and clocks.

Source: SOP Pengelolaan Data 060/024/406.020/2023 steps 5-9 and Perpres 39/2019
Ps 20-24, 32-37. This file is the only place that says who may move a submission
from where to where, and who may see it where it stands. Numbers (days, hours) are
settings, see ``config_declaration.yaml``; words for people are in ``logic/messages.py``.
"""

from dataclasses import dataclass
from enum import Enum


class Role(str, Enum):
    """What somebody is appointed to do; an appointment names one of these."""

    PRODUCER = "producer"
    OFFICE_HEAD = "office_head"
    SUPPORTING_CHECKER = "supporting_checker"
    CHECKER = "checker"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    FORUM = "forum"
    SECRETARIAT = "secretariat"
    LEADERSHIP = "leadership"
    SYSTEM = "system"  # the portal itself; never appointed


APPOINTABLE = tuple(role for role in Role if role is not Role.SYSTEM)

# Roles that make no sense for the whole regency at once: they answer for one office.
OFFICE_ROLES = (Role.PRODUCER, Role.OFFICE_HEAD, Role.SUPPORTING_CHECKER)

# What the walidata may stand in for, for one dataset, by a letter of its office.
ON_BEHALF_ROLES = (Role.PRODUCER,)


class State(str, Enum):
    """Where a submission (one edition's life from draft to release) stands."""

    DRAFT = "draft"
    AWAITING_CHECK = "awaiting_check"
    NEEDS_CORRECTION = "needs_correction"
    AWAITING_SUPERVISOR = "awaiting_supervisor"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_RELEASE = "awaiting_release"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    DISCARDED = "discarded"


class PublicState(str, Enum):
    """What the public may know of a dataset."""

    NONE = "none"
    PUBLISHED = "published"
    RETRACTED = "retracted"


class Access(str, Enum):
    """Access level of an edition: Terbuka, Terbatas, Tertutup (Perpres Ps 37)."""

    OPEN = "terbuka"
    RESTRICTED = "terbatas"
    CLOSED = "tertutup"


class Reading(str, Enum):
    """How much of an edition somebody without an appointment may read; the least first."""

    NOTHING = "nothing"
    METADATA = "metadata"
    FILES = "files"


class Item(str, Enum):
    """The checklist of SOP step 7: four SDI principles, the plan, personal data."""

    STANDARD = "standard"
    METADATA = "metadata"
    INTEROPERABILITY = "interoperability"
    REFERENCE_CODES = "reference_codes"
    AS_PLANNED = "as_planned"
    PERSONAL_DATA = "personal_data"


class Verdict(str, Enum):
    """A checker's answer to one checklist item."""

    CONFORM = "conform"
    NOT_CONFORM = "not_conform"
    OVERRIDDEN = "overridden"


OPEN_STATES = frozenset(
    {
        State.DRAFT,
        State.AWAITING_CHECK,
        State.NEEDS_CORRECTION,
        State.AWAITING_SUPERVISOR,
        State.AWAITING_APPROVAL,
        State.AWAITING_RELEASE,
    }
)
EDITABLE_STATES = frozenset({State.DRAFT, State.NEEDS_CORRECTION})
PUBLIC_STATES = frozenset({PublicState.PUBLISHED})

# What the public reads of a published edition, by its level. What it does not read stays with
# the people of ``VISIBLE_TO``, files included. An unknown level is in no row: nothing is read.
PUBLIC_READS: dict[Access, Reading] = {
    Access.OPEN: Reading.FILES,
    Access.RESTRICTED: Reading.METADATA,
    Access.CLOSED: Reading.NOTHING,
}


# Who answers what the public asks about a dataset; a producer for their own office only.
ANSWERS_REQUESTS = frozenset({Role.PRODUCER, Role.CHECKER, Role.APPROVER})
# Who reads the whole regency's record, each the rows of submissions that are open to them.
RECORD_READERS = frozenset({Role.CHECKER, Role.APPROVER, Role.SECRETARIAT})
# Who decides whether an office's head signs off: the head, and the approver for them.
SIGNOFF_SETTERS = frozenset({Role.OFFICE_HEAD, Role.APPROVER})
# Who reads a decree or a letter: people of the offices it concerns, and their walidata.
PAPER_READERS = frozenset(
    {Role.PRODUCER, Role.OFFICE_HEAD, Role.SUPPORTING_CHECKER, Role.CHECKER, Role.APPROVER}
)


@dataclass(frozen=True)
class Arrow:
    """One way a step can go: from a state, by these roles, to a state.

    ``priority_target`` is taken instead when the submission is Data Prioritas and the
    second check by Pembina is switched on (Perpres Ps 35).
    ``target`` None: the state stays (transfer).
    """

    source: State
    roles: tuple[Role, ...]
    target: State | None
    priority_target: State | None = None


@dataclass(frozen=True)
class Step:
    """One verb of the procedure. What is not in the table is refused.

    ``needs_*`` name the inputs a caller must send, or what must be true of the submission
    (``needs_approved_hash``: the content is still what was approved); ``for_many``: may be taken
    on many submissions at once, each by its own hash and checklist; ``not_by`` the people
    who may not take it: ``contributors`` (uploaded, edited or submitted anything of this edition),
    ``checkers`` (decided *sesuai* or *tidak sesuai* of this edition), ``retractor``.
    """

    name: str
    label: str
    arrows: tuple[Arrow, ...]
    needs_comment: bool = False
    needs_hash: bool = False
    needs_finding: bool = False
    needs_checklist: bool = False
    needs_decree: bool = False
    needs_ready_content: bool = False
    needs_clock_ended: bool = False
    needs_approved_hash: bool = False
    needs_time_reached: bool = False
    opens_submission: bool = False
    for_many: bool = False
    not_by: tuple[str, ...] = ()

    def arrow_from(self, state: State) -> Arrow | None:
        """The arrow that leaves ``state``, or None when the step starts elsewhere."""
        return next((arrow for arrow in self.arrows if arrow.source is state), None)


_PRODUCER = (Role.PRODUCER,)
_CHECKERS = (Role.CHECKER, Role.SUPPORTING_CHECKER)
_APPROVER = (Role.APPROVER,)
_SUPERVISOR = (Role.SUPERVISOR,)
_WALIDATA = (Role.CHECKER, Role.APPROVER)
_S = State


def _from(
    sources: tuple[State, ...], roles: tuple[Role, ...], target: State | None
) -> tuple[Arrow, ...]:
    return tuple(Arrow(source, roles, target) for source in sources)


_TRANSFERABLE = (
    _S.DRAFT,
    _S.AWAITING_CHECK,
    _S.NEEDS_CORRECTION,
    _S.AWAITING_SUPERVISOR,
    _S.AWAITING_APPROVAL,
    _S.AWAITING_RELEASE,
    _S.PUBLISHED,
    _S.RETRACTED,
)

STEPS: tuple[Step, ...] = (
    Step(
        "submit",
        "Ajukan",
        _from((_S.DRAFT, _S.NEEDS_CORRECTION), _PRODUCER, _S.AWAITING_CHECK),
        needs_ready_content=True,
    ),
    Step("withdraw", "Tarik kembali", _from((_S.AWAITING_CHECK,), _PRODUCER, _S.DRAFT)),
    Step(
        "conform",
        "Sesuai",
        (
            Arrow(
                _S.AWAITING_CHECK,
                _CHECKERS,
                _S.AWAITING_APPROVAL,
                priority_target=_S.AWAITING_SUPERVISOR,
            ),
        ),
        needs_hash=True,
        needs_checklist=True,
        for_many=True,
        not_by=("contributors",),
    ),
    Step(
        "return",
        "Tidak sesuai",
        (
            Arrow(_S.AWAITING_CHECK, _CHECKERS, _S.NEEDS_CORRECTION),
            Arrow(_S.AWAITING_SUPERVISOR, _SUPERVISOR, _S.NEEDS_CORRECTION),
            Arrow(_S.AWAITING_APPROVAL, _APPROVER, _S.NEEDS_CORRECTION),
        ),
        needs_finding=True,
        not_by=("contributors",),
    ),
    Step(
        "endorse",
        "Layak",
        _from((_S.AWAITING_SUPERVISOR,), _SUPERVISOR, _S.AWAITING_APPROVAL),
        needs_hash=True,
        not_by=("contributors",),
    ),
    Step(
        "skip_supervisor",
        "Lanjutkan tanpa Pembina",
        _from((_S.AWAITING_SUPERVISOR,), _APPROVER, _S.AWAITING_APPROVAL),
        needs_comment=True,
        needs_clock_ended=True,
        not_by=("contributors",),
    ),
    Step(
        "send_back",
        "Periksa ulang",
        _from((_S.AWAITING_APPROVAL,), _APPROVER, _S.AWAITING_CHECK),
        needs_comment=True,
        not_by=("contributors",),
    ),
    Step(
        "approve",
        "Setujui",
        _from((_S.AWAITING_APPROVAL,), _APPROVER, _S.AWAITING_RELEASE),
        needs_hash=True,
        for_many=True,
        not_by=("contributors", "checkers"),
    ),
    Step(
        "hold",
        "Tahan",
        _from((_S.AWAITING_RELEASE,), _APPROVER, _S.AWAITING_APPROVAL),
        needs_comment=True,
    ),
    Step(
        "release",
        "Diseminasikan",
        _from((_S.AWAITING_RELEASE,), (Role.SYSTEM, Role.APPROVER), _S.PUBLISHED),
        needs_approved_hash=True,
        needs_time_reached=True,
    ),
    Step(
        "revise",
        "Perbarui",
        _from((_S.PUBLISHED, _S.RETRACTED), _PRODUCER, _S.DRAFT),
        opens_submission=True,
    ),
    Step(
        "discard",
        "Batalkan",
        _from((_S.DRAFT, _S.NEEDS_CORRECTION), _PRODUCER, _S.DISCARDED),
    ),
    Step(
        "retract",
        "Tarik dari publik",
        _from((_S.PUBLISHED,), _APPROVER, _S.RETRACTED),
        needs_comment=True,
    ),
    Step(
        "reinstate",
        "Tayangkan kembali",
        _from((_S.RETRACTED,), _APPROVER, _S.PUBLISHED),
        needs_comment=True,
        not_by=("retractor",),
    ),
    Step(
        "transfer",
        "Alihkan",
        _from(_TRANSFERABLE, _WALIDATA, None),
        needs_decree=True,
    ),
)

STEP_BY_NAME = {step.name: step for step in STEPS}


@dataclass(frozen=True)
class Deed:
    """Something done to a submission that leaves it where it stands. What is not here is refused.

    ``needs_letter``: sender and letter of whoever asked for it.
    """

    name: str
    label: str
    roles: tuple[Role, ...]
    states: frozenset[State]
    needs_comment: bool = False
    needs_hash: bool = False
    needs_letter: bool = False


_BEYOND_DRAFT = OPEN_STATES - {State.DRAFT}

DEEDS: tuple[Deed, ...] = (
    Deed(
        "sign_off", "Setujui untuk diajukan", (Role.OFFICE_HEAD,), EDITABLE_STATES, needs_hash=True
    ),
    Deed("ask_urgent", "Minta didahulukan", _PRODUCER, OPEN_STATES, needs_comment=True),
    Deed("urge", "Tandai mendesak", _WALIDATA, _BEYOND_DRAFT, needs_comment=True),
    Deed("calm", "Cabut tanda mendesak", _WALIDATA, _BEYOND_DRAFT, needs_comment=True),
    # Question and answer between producer and checker, before the check and during it.
    Deed("talk", "Tanya jawab", (*_PRODUCER, *_CHECKERS), EDITABLE_STATES | {_S.AWAITING_CHECK}),
    Deed(
        "on_behalf",
        "Kerjakan atas nama perangkat daerah",
        _WALIDATA,
        EDITABLE_STATES | {_S.PUBLISHED, _S.RETRACTED},
        needs_letter=True,
    ),
)

DEED_BY_NAME = {deed.name: deed for deed in DEEDS}

_STAFF = frozenset(
    {
        Role.PRODUCER,
        Role.OFFICE_HEAD,
        Role.SUPPORTING_CHECKER,
        Role.CHECKER,
        Role.APPROVER,
    }
)
_OFFICE = frozenset({Role.PRODUCER, Role.OFFICE_HEAD})
_AFTER_RELEASE = _STAFF | {
    Role.SUPERVISOR,
    Role.FORUM,
    Role.SECRETARIAT,
    Role.LEADERSHIP,
}

# Who may read a submission that is not public. Office roles read their own office's
# only. An unknown state is in no row, so nobody reads it: refuse by default.
VISIBLE_TO: dict[State, frozenset[Role]] = {
    State.DRAFT: _OFFICE,
    State.AWAITING_CHECK: _STAFF,
    State.NEEDS_CORRECTION: _STAFF,
    State.AWAITING_SUPERVISOR: _STAFF | {Role.SUPERVISOR},
    State.AWAITING_APPROVAL: _STAFF | {Role.SUPERVISOR},
    State.AWAITING_RELEASE: _STAFF | {Role.SUPERVISOR},
    State.PUBLISHED: _AFTER_RELEASE,
    State.SUPERSEDED: _AFTER_RELEASE,
    State.RETRACTED: _AFTER_RELEASE,
    State.DISCARDED: _OFFICE,
}


@dataclass(frozen=True)
class Clock:
    """A time limit: in which state it runs, whose it is, and the setting's name.

    ``unit`` is ``day`` or ``hour``, both of Indonesian working time (``deadlines.py``).
    ``sop_step`` is the row of the SOP's table it comes from, None where the SOP is silent.
    """

    state: State
    owner: Role
    setting: str
    unit: str
    sop_step: int | None


CLOCKS: dict[State, Clock] = {
    clock.state: clock
    for clock in (
        Clock(State.DRAFT, Role.PRODUCER, "upload_days", "day", 6),
        Clock(State.AWAITING_CHECK, Role.CHECKER, "check_days", "day", 7),
        Clock(State.NEEDS_CORRECTION, Role.PRODUCER, "correction_days", "day", None),
        Clock(State.AWAITING_SUPERVISOR, Role.SUPERVISOR, "supervisor_days", "day", None),
        Clock(State.AWAITING_APPROVAL, Role.APPROVER, "approval_days", "day", 8),
        Clock(State.AWAITING_RELEASE, Role.SYSTEM, "release_hours", "hour", 9),
    )
}

# Which SOP step (5-9) a state shows as the current one on the stepper.
SOP_STEP_OF: dict[State, int] = {
    State.DRAFT: 6,
    State.NEEDS_CORRECTION: 6,
    State.AWAITING_CHECK: 7,
    State.AWAITING_SUPERVISOR: 7,
    State.AWAITING_APPROVAL: 8,
    State.AWAITING_RELEASE: 9,
    State.PUBLISHED: 9,
    State.SUPERSEDED: 9,
    State.RETRACTED: 9,
    State.DISCARDED: 6,
}
