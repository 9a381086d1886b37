"""Labels: who finds and reads which dataset. Both sides come from the one table in ``sop``.

A label names a role with an office and a kind of data, ``*`` for every one of them.
"""

from collections.abc import Iterable

from .sop import (
    ON_BEHALF_ROLES,
    PUBLIC_READS,
    PUBLIC_STATES,
    VISIBLE_TO,
    Access,
    PublicState,
    Reading,
    Role,
    State,
)
from .workflow import Grant

PUBLIC = "public"
NOBODY = "satudata-nobody"


def _label(role: Role, office_id: str | None, kind: str | None) -> str:
    return f"satudata-{role.value}-{office_id or '*'}-{kind or '*'}"


def reading_of(level: str) -> Reading:
    """What the public reads of a published edition of this level; of an unknown one, nothing."""
    known = {access.value for access in Access}
    return PUBLIC_READS.get(Access(level), Reading.NOTHING) if level in known else Reading.NOTHING


def public_reading(public_state: str, *levels: str) -> Reading:
    """What the public reads of an edition: the least of what the levels allow.

    :param levels: the dataset's level now and the edition's own. Without any: nothing.
    """
    known = {state.value for state in PublicState}
    if public_state not in known or PublicState(public_state) not in PUBLIC_STATES:
        return Reading.NOTHING
    order = list(Reading)
    return min((reading_of(level) for level in levels), key=order.index, default=Reading.NOTHING)


def lies_in_edition(level: str) -> bool:
    """Whether files of this level are kept with the edition alone: its dataset is public."""
    return reading_of(level) is Reading.METADATA


def is_public(public_state: str, level: str, private: bool, active: bool) -> bool:
    """Whether everybody may read it: our tables say so, and CKAN's row agrees.

    An unknown state or level is never public.
    """
    if private or not active:
        return False
    return public_reading(public_state, level) is not Reading.NOTHING


def _of_dataset(role: Role, dataset_id: str) -> str:
    return f"satudata-{role.value}-dataset-{dataset_id}"


def labels_of(state: str, office_id: str, kind: str, dataset_id: str) -> list[str]:
    """Labels of a dataset that is not public: one per grant that opens it.

    An unknown state opens to nobody.
    """
    known = {member.value for member in State}
    roles = VISIBLE_TO.get(State(state), frozenset()) if state in known else frozenset()
    labels = [
        _label(role, office, each_kind)
        for role in sorted(roles, key=lambda role: role.value)
        for office in (None, office_id)
        for each_kind in (None, kind)
    ]
    labels += [_of_dataset(role, dataset_id) for role in roles if role in ON_BEHALF_ROLES]
    return labels or [NOBODY]


def labels_held(grants: Iterable[Grant]) -> list[str]:
    """Labels a person holds through their grants; ``public`` always."""
    return [PUBLIC, *sorted({_held(grant) for grant in grants})]


def _held(grant: Grant) -> str:
    if grant.dataset_id:
        return _of_dataset(grant.role, grant.dataset_id)
    return _label(grant.role, grant.office_id, grant.kind)
