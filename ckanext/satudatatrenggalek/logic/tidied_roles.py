"""What each file of a dataset is to the others: an original, or the tidied copy judged for it.

Told wherever a dataset is shown, never stored. Only a copy that covers its original counts; the
original then has no verdict of the machine of its own (``tidied_copies.py``).
"""

from typing import Any

from ckan.types import AlchemySession as Session

from ..model import files, tidied

_TOLD = ("tidied_role", "tidied_copy")
_OF_ITS_CHECK = ("validation_status", "validation_timestamp")


def tell(session: Session, package: dict[str, Any]) -> None:
    """Write ``tidied_role`` on copies and originals, and on originals the id of ``tidied_copy``.

    :param package: as ``package_show`` gives it; changed in place.
    """
    resources = [r for r in package.get("resources") or () if isinstance(r, dict) and r.get("id")]
    for resource in resources:
        for name in _TOLD:
            resource.pop(name, None)  # whoever writes back what they were shown claims nothing
    made = [resource for resource in resources if resource.get("tidied_from")]
    if not made:
        return
    bound = files.of_package(session, str(package["id"]))
    known = {resource["id"]: resource for resource in resources}
    for copy in made:
        for key in tidied.covered_by(session, [copy], bound) & set(known):
            copy["tidied_role"] = tidied.COPY
            known[key].update(tidied_role=tidied.ORIGINAL, tidied_copy=copy["id"])
            for name in _OF_ITS_CHECK:
                known[key].pop(name, None)
