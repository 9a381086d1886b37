"""Whose turn it is: what each role has to do, read off the table of steps."""

from .case import Actor
from .sop import STEPS, Role, State

# Steps that carry a submission on; the others turn back, stop or change something beside.
_CARRY_ON = tuple(step for step in STEPS if step.needs_ready_content or step.needs_hash)

# Steps that end a piece of a checker's, supervisor's or approver's work.
DECIDING = tuple(step.name for step in STEPS if step.needs_hash or step.needs_finding) + (
    "send_back",
    "skip_supervisor",
)


def owed_by(role: Role) -> frozenset[State]:
    """The states in which a submission waits for this role."""
    return frozenset(
        arrow.source for step in _CARRY_ON for arrow in step.arrows if role in arrow.roles
    )


# Roles that decide on the work of others, and so have a desk and a load.
DECIDERS = tuple(
    role
    for role in Role
    if any(role in arrow.roles for step in STEPS if step.needs_hash for arrow in step.arrows)
)


def appoints(actor: Actor) -> bool:
    """Whether somebody appoints others: by an approver's own appointment for all offices and data.

    A substitute (Plh.) takes no decision about organisation and staff (UU 30/2014 Ps 14 (7)).
    """
    return any(
        grant.role is Role.APPROVER and grant.office_id is None and grant.kind is None
        for grant in actor.own_grants
    )
