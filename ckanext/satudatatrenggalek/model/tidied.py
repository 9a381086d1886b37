"""Which originals a tidied copy covers: one this portal made of the very bytes they serve."""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Text, select, type_coerce

from . import copies
from .tables import FileRecord

_R: Any = model.Resource
# What ``package_show`` says a file is (``logic/tidied_roles.py``).
COPY = "copy"
ORIGINAL = "original"


def in_order(resources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Copies and files of their own as they stand, then the originals that a copy covers.

    :param resources: as ``package_show`` gives them.
    """
    return sorted(resources, key=lambda resource: resource.get("tidied_role") == ORIGINAL)


def seal(original: str, copy: str) -> str:
    """Binds the bytes of an original to those of the copy this portal made of it.

    :param original, copy: sha256 of each.
    """
    key = str(tk.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"tidied|{original}|{copy}".encode(), hashlib.sha256).hexdigest()


def is_sealed(
    fields: Mapping[str, Any], original: FileRecord | None, copy: FileRecord | None
) -> bool:
    """Whether a copy with these fields is the portal's own of the original as it is now."""
    if original is None or copy is None or not fields.get("tidied_seal"):
        return False
    made = seal(original.sha256, copy.sha256)
    return hmac.compare_digest(made.encode(), str(fields["tidied_seal"]).encode())


def covered_by(
    session: Session, made: Iterable[Mapping[str, Any]], bound: Mapping[str, FileRecord]
) -> frozenset[str]:
    """The originals, by resource id, that these copies cover.

    :param made: ``id, tidied_from, tidied_seal`` of each copy. :param bound: the files of their
        packages by resource id.
    """
    sealed = [copy for copy in made if copy["id"] in bound]
    if not sealed:
        return frozenset()
    lasting = copies.lasting_ids(session, [*bound, *(str(c["tidied_from"]) for c in sealed)])
    return frozenset(
        key
        for copy in sealed
        for key, original in bound.items()
        if lasting[key] == lasting[str(copy["tidied_from"])]
        and original.package_id == bound[copy["id"]].package_id
        and is_sealed(copy, original, bound[copy["id"]])
    )


def is_covered(session: Session, resource: model.Resource) -> bool:
    """Whether one file is the original of a copy that covers it."""
    return resource.id in covered(session, [str(resource.package_id)])


def covered(session: Session, package_ids: Any) -> frozenset[str]:
    """The covered originals of these packages. :param package_ids: ids, or a query for them."""
    query = select(_R.id, _R.package_id, _R.extras).where(
        _R.package_id.in_(package_ids),
        _R.state == "active",
        type_coerce(_R.extras, Text).contains('"tidied_seal"'),
    )
    found = [
        ({**(extras or {}), "id": key}, place) for key, place, extras in session.execute(query)
    ]
    made = [(copy, place) for copy, place in found if copy.get("tidied_from")]
    if not made:
        return frozenset()
    bound = _bound(session, {place for _, place in made})
    return covered_by(session, [copy for copy, _ in made], bound)


def were_copies(session: Session, resource_ids: Collection[str]) -> bool:
    """Whether any of these resources, removed or not, is called a tidied copy."""
    query = select(_R.extras).where(_R.id.in_(list(resource_ids)))
    return any((extras or {}).get("tidied_from") for extras in session.execute(query).scalars())


def _bound(session: Session, package_ids: Collection[str]) -> dict[str, FileRecord]:
    query = select(FileRecord).where(FileRecord.package_id.in_(package_ids))
    return {row.resource_id: row for row in session.execute(query).scalars()}
