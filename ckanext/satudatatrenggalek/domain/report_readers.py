"""Who may read the report's figures, and of which offices (SOP steps 10-11)."""

from collections.abc import Iterable

from .sop import Role
from .workflow import Grant

# The report is theirs to draw up, discuss or receive: every office.
_WHOLE = frozenset({Role.CHECKER, Role.APPROVER, Role.FORUM, Role.SECRETARIAT, Role.LEADERSHIP})
# Their own office's figures only.
_OWN = frozenset({Role.PRODUCER, Role.OFFICE_HEAD, Role.SUPPORTING_CHECKER})
_ISSUERS = frozenset({Role.CHECKER, Role.APPROVER, Role.SECRETARIAT})


def offices_readable(grants: Iterable[Grant]) -> frozenset[str] | None:
    """The offices whose figures these grants open; None: all of them; empty: none."""
    offices: set[str] = set()
    for grant in grants:
        if grant.dataset_id:
            continue  # one dataset's producer by a letter reads no office's figures
        if grant.role in _WHOLE and grant.office_id is None:
            return None
        if grant.role in _WHOLE | _OWN and grant.office_id is not None:
            offices.add(grant.office_id)
    return frozenset(offices)


def may_issue(grants: Iterable[Grant]) -> bool:
    """Whether these grants allow to issue the report of the whole regency."""
    return any(grant.role in _ISSUERS and grant.office_id is None for grant in grants)
