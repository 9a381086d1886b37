"""Which file of a dataset is the tidied copy of which, and whether it is still that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from ..model import files, working_resources


@dataclass(frozen=True)
class TidiedCopy:
    """A tidied copy of a file. stale: the original has been replaced since."""

    resource_id: str
    name: str
    stale: bool
    answers: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "resource_id": self.resource_id,
            "name": self.name,
            "stale": self.stale,
            "answers": self.answers,
        }


def copy_of(session: Session, original: model.Resource) -> TidiedCopy | None:
    """The tidied copy of a file, among the files of the same dataset."""
    lasting = working_resources.lasting_id(session, original.id)
    for resource in _active(session, str(original.package_id)):
        extras = resource.extras or {}
        named = extras.get("tidied_from")
        if named and working_resources.lasting_id(session, named) == lasting:
            bound = files.of_resource(session, original.id)
            return TidiedCopy(
                resource.id,
                resource.name or "",
                bound is None or bound.sha256 != extras.get("tidied_sha256"),
                answers_of(extras.get("tidied_answers")),
            )
    return None


def is_copy(resource: model.Resource) -> bool:
    """Whether a file is itself a tidied copy."""
    return bool((resource.extras or {}).get("tidied_from"))


def _active(session: Session, package_id: str) -> Iterable[model.Resource]:
    query = select(model.Resource).where(
        model.Resource.package_id == package_id, model.Resource.state == "active"
    )
    return session.execute(query.order_by(model.Resource.position)).scalars()


def answers_of(stored: Any) -> dict[str, str]:
    """Answers as they were kept; none when they cannot be read."""
    try:
        read = json.loads(stored) if isinstance(stored, str) and stored else stored
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(key): str(value) for key, value in read.items() if value}
