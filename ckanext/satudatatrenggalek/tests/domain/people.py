"""Builders the tests of the procedure share: submissions, people and complete commands."""

from datetime import datetime, timedelta, timezone
from typing import Any

from ckanext.satudatatrenggalek.domain.sop import Item, Role, State, Verdict
from ckanext.satudatatrenggalek.domain.workflow import (
    Actor,
    Answer,
    Command,
    Grant,
    Rules,
    Submission,
)

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=timezone.utc)
OFFICE, OTHER_OFFICE = "dinkes", "dindik"
HASH, OLD_HASH = "hash-now", "hash-old"
RULES = Rules()

CHECKLIST = {item: Answer(Verdict.CONFORM) for item in Item}

COMMAND = Command(
    comment="Ada alasannya.",
    content_hash=HASH,
    checklist=CHECKLIST,
    findings=1,
    office=OTHER_OFFICE,
    decree="SK 1/2026",
)


READY: dict[str, Any] = {
    "id": "s",
    "dataset_id": "d",
    "office_id": OFFICE,
    "content_hash": HASH,
    "approved_hash": HASH,
    "due": NOW - timedelta(minutes=1),
    "files": 1,
}


def submission(state: Any = State.DRAFT, **changes: Any) -> Submission:
    """A submission that every step of its state accepts, unless ``changes`` say otherwise."""
    return Submission(**{**READY, "state": state, **changes})


def person(
    *roles: str, name: str = "ani", office: str | None = OFFICE, kind: str | None = None
) -> Actor:
    """Somebody appointed to ``roles`` for one office (None: all) and kind of data."""
    return Actor(name, tuple(Grant(Role(role), office, kind) for role in roles))
