"""Which file of a dataset is the tidied copy of which, and the table of columns kept for it."""

import json
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from . import basis, copies

FROM_ORIGINAL = "tidied"  # schema_source of a copy whose table of columns is its original's


def copy_of(session: Session, original: model.Resource) -> model.Resource | None:
    """The tidied copy of a file, among the files of the same dataset."""
    lasting = copies.lasting_id(session, original.id)
    query = select(model.Resource).where(
        model.Resource.package_id == original.package_id, model.Resource.state == "active"
    )
    for resource in session.execute(query.order_by(model.Resource.position)).scalars():
        named = (resource.extras or {}).get("tidied_from")
        if named and copies.lasting_id(session, named) == lasting:
            return resource
    return None


def columns_of_copy(session: Session, resource_id: str) -> dict[str, Any] | None:
    """The table of columns people kept for the tidied copy of a file; None while there is none.

    One that came with the copy from its original's is not theirs. Nor does one hold for the
    original whose years the copy has as rows.
    """
    original = session.get(model.Resource, resource_id)
    copy = copy_of(session, original) if original else None
    extras = (copy.extras or {}) if copy else {}
    if extras.get("schema_source") == FROM_ORIGINAL:
        return None
    if "long" in answers_of(extras.get("tidied_answers")).values():
        return None
    return basis.read_json(extras.get("schema")) or None


def answers_of(stored: Any) -> dict[str, str]:
    """Answers as they were kept; none when they cannot be read."""
    try:
        read = json.loads(stored) if isinstance(stored, str) and stored else stored
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(key): str(value) for key, value in read.items() if value}
