"""What the judge is asked about: people and their grants, submissions, commands, refusals."""

from dataclasses import dataclass, field
from datetime import datetime

from .sop import Access, Item, Role, State, Verdict


@dataclass(frozen=True)
class Grant:
    """A valid appointment: role, office (None: every office), kind of data (None: all).

    ``in_name_of``: the user a substitute (Plh.) stands in for; None: one's own appointment.
    ``dataset_id``: for this dataset alone, as somebody who works on behalf of its office;
    ``on_behalf`` is the id of the record that says so.
    """

    role: Role
    office_id: str | None = None
    kind: str | None = None
    in_name_of: str | None = None
    dataset_id: str | None = None
    on_behalf: str = ""

    def covers(self, role: Role, office_id: str, kind: str, dataset_id: str | None = None) -> bool:
        """Whether this grant is for the role, the office, the kind of data and the dataset."""
        return (
            self.role is role
            and self.office_id in (None, office_id)
            and self.kind in (None, kind)
            and self.dataset_id in (None, dataset_id)
        )


@dataclass(frozen=True)
class Actor:
    """Who acts: user id (None: the portal itself) and the grants valid right now."""

    user_id: str | None
    grants: tuple[Grant, ...] = ()
    auth_method: str = "session"

    def has(self, role: Role, office_id: str, kind: str, dataset_id: str | None = None) -> bool:
        """Whether a grant covers this role for this office, kind of data and dataset."""
        return any(grant.covers(role, office_id, kind, dataset_id) for grant in self.grants)

    def on_behalf(self, role: Role, office_id: str, kind: str, dataset_id: str) -> str:
        """The record by which they act in the office's place; empty where they are appointed."""
        held = {g.on_behalf for g in self.grants if g.covers(role, office_id, kind, dataset_id)}
        return "" if "" in held else max(held, default="")

    def names(
        self, role: Role, office_id: str, kind: str, dataset_id: str | None = None
    ) -> tuple[str | None, ...]:
        """In whose name they hold the role here: ``(None,)`` their own, else those replaced.

        Empty: they do not hold it.
        """
        held = {g.in_name_of for g in self.grants if g.covers(role, office_id, kind, dataset_id)}
        return (None,) if None in held else tuple(sorted(name for name in held if name))

    @property
    def replaced(self) -> frozenset[str]:
        """The people this actor stands in for as Plh. at the moment."""
        return frozenset(grant.in_name_of for grant in self.grants if grant.in_name_of)

    @property
    def own_grants(self) -> tuple[Grant, ...]:
        """What they hold by their own appointments: a Plh. takes no decision about staff."""
        return tuple(grant for grant in self.grants if grant.in_name_of is None)


SYSTEM = Actor(user_id=None, grants=(Grant(Role.SYSTEM),), auth_method="system")


@dataclass(frozen=True)
class Rules:
    """The switches a regency may set (``config_declaration.yaml``)."""

    supervisor_check: bool = True
    one_person_walidata: bool = False
    office_head_signoff: bool = False


@dataclass(frozen=True)
class Submission:
    """What the procedure needs to know of a submission; nothing else decides a step."""

    id: str
    dataset_id: str
    office_id: str
    state: State
    kind: str = "statistik"
    priority: bool = False
    access: Access = Access.OPEN
    contributors: frozenset[str] = frozenset()
    checkers: frozenset[str] = frozenset()
    retracted_by: str | None = None
    retracted_for: str | None = None
    content_hash: str = ""
    approved_hash: str = ""
    due: datetime | None = None
    release_at: datetime | None = None
    has_open_submission: bool = False
    signoff: bool | None = None  # the office's own choice; None: as the regency has it
    signed_hash: str = ""
    missing_fields: tuple[str, ...] = ()
    files: int = 0
    links: int = 0
    checks_pending: int = 0
    stale_copies: tuple[str, ...] = ()  # names of tidied copies of bytes that were replaced since
    machine_errors: frozenset[Item] = frozenset()


@dataclass(frozen=True)
class Answer:
    """A checker's verdict on one item; ``note`` says why when it is overridden."""

    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class Command:
    """What the caller sent with a step."""

    comment: str = ""
    content_hash: str = ""
    checklist: dict[Item, Answer] = field(default_factory=dict)
    findings: int = 0
    release_at: datetime | None = None
    office: str = ""
    decree: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a step is refused. ``reason`` is a stable code, ``details`` what to name in words."""

    reason: str
    details: tuple[str, ...] = ()

    @property
    def is_wrong_role(self) -> bool:
        """True when the caller may not do this at all (HTTP 403), else 409."""
        return self.reason == "wrong_role"
