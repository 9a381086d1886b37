"""Under which id a file is known for good: a working copy's file stands for a public one."""

from ckan.types import AlchemySession as Session

from .tables import WorkingResourceRecord


def lasting_id(session: Session, resource_id: str) -> str:
    """The id that stays the same over all editions; a file new in its edition keeps its own."""
    row = session.get(WorkingResourceRecord, resource_id)
    return row.public_resource_id if row else resource_id
