"""A submission's row as the domain judges it."""

from typing import Any

from ..domain.sop import Access, State
from ..domain.workflow import Submission
from .tables import SubmissionRecord


def of(record: SubmissionRecord, **more: Any) -> Submission:
    """What the row itself says; ``more``: what its asker knows besides, by the domain's names."""
    return Submission(
        id=record.id,
        dataset_id=record.dataset_id,
        office_id=record.office_id,
        state=State(record.state),
        kind=record.kind,
        priority=record.priority,
        access=Access(record.access),
        **more,
    )
