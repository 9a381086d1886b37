"""Which file of a dataset is the tidied copy of which, and whether it is still that.

Where it is, the copy is judged in the place of the original: what was wrong with the original is
mended in the copy or found there again. Only personal data still counts, as both are published.
Whether it is, nobody can claim: a seal only this portal can make binds the bytes of both.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from ..domain.sop import Item
from ..model import copies, files, tidied, tidied_columns
from ..model.tables import FileRecord


@dataclass(frozen=True)
class TidiedCopy:
    """A tidied copy of a file.

    stale: the original has been replaced since. covers: it is judged in the original's place.
    """

    resource_id: str
    name: str
    stale: bool
    covers: bool
    answers: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """As the API gives it."""
        return asdict(self)


def copy_of(session: Session, original: model.Resource) -> TidiedCopy | None:
    """The tidied copy of a file, among the files of the same dataset."""
    resource = tidied_columns.copy_of(session, original)
    if resource is None:
        return None
    extras = resource.extras or {}
    bound = files.of_resource(session, original.id)
    return TidiedCopy(
        resource.id,
        resource.name or "",
        bound is None or bound.sha256 != extras.get("tidied_sha256"),
        tidied.is_sealed(extras, bound, files.of_resource(session, resource.id)),
        tidied_columns.answers_of(extras.get("tidied_answers")),
    )


def without_covered(
    session: Session,
    resources: list[dict[str, Any]],
    bound: Mapping[str, FileRecord],
    results: dict[str, dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Check results by resource id, those of originals that a copy covers cut down.

    :param resources: of one dataset, as ``package_show`` gives them.
    """
    made = [copy for copy in resources if copy.get("tidied_from")]
    if not made:
        return results
    covered = tidied.covered_by(session, made, bound)
    return {
        key: _only_personal(result) if key in covered else result for key, result in results.items()
    }


def stale_names(
    session: Session, resources: list[dict[str, Any]], bound: Mapping[str, FileRecord]
) -> tuple[str, ...]:
    """Names of the tidied copies whose original serves other bytes by now.

    :param resources: of one dataset, as ``package_show`` gives them.
    """
    made = [copy for copy in resources if copy.get("tidied_from") and copy["id"] in bound]
    if not made:
        return ()
    lasting = copies.lasting_ids(session, [*bound, *(str(copy["tidied_from"]) for copy in made)])
    serves = {lasting[key]: file.sha256 for key, file in bound.items()}
    return tuple(
        copy.get("name") or bound[copy["id"]].filename
        for copy in made
        for now in [serves.get(lasting[str(copy["tidied_from"])])]
        if now and now != copy.get("tidied_sha256")
    )


def _only_personal(result: dict[str, Any]) -> dict[str, Any]:
    item = Item.PERSONAL_DATA.value
    kept = {name: counts for name, counts in result["items"].items() if name == item}
    counts = kept.get(item, {"errors": 0, "warnings": 0})
    return {**result, **counts, "items": kept}


def is_copy(resource: model.Resource) -> bool:
    """Whether a file is itself a tidied copy."""
    return bool((resource.extras or {}).get("tidied_from"))
