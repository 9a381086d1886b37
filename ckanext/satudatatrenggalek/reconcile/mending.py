"""Puts right what loses nothing: the index, tables and files that nobody uses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from ckan.lib import search
from ckan.types import AlchemySession as Session
from sqlalchemy.exc import OperationalError

from ..model import blobs, datastore
from . import bytes_kept
from .difference import MENDABLE, Difference


def mend(session: Session, found: list[Difference], at: datetime) -> list[Difference]:
    """The same differences, those that were put right marked so."""
    return [replace(one, mended=_mend(session, one, at)) for one in found]


def _mend(session: Session, one: Difference, at: datetime) -> bool:
    if one.kind not in MENDABLE:
        return False
    try:
        return _HOW[one.kind](session, one.subject)
    except (search.SearchError, search.SearchIndexError, OperationalError, OSError):
        session.rollback()
        return False


def _index(session: Session, package_id: str) -> bool:
    search.rebuild(package_id)
    return True


def _unindex(session: Session, package_id: str) -> bool:
    search.clear(package_id)
    return True


def _drop_table(session: Session, table: str) -> bool:
    datastore.drop(table)
    return True


def _drop_file(session: Session, sha256: str) -> bool:
    """Asked again before the last moment: somebody may have sent the same bytes meanwhile."""
    if list(bytes_kept.named_anywhere(session, [sha256])):
        return False
    blobs.path_of(sha256).unlink(missing_ok=True)
    return True


_HOW: dict[str, Callable[[Session, str], bool]] = {
    "index-missing": _index,
    "index-labels": _index,
    "index-private": _index,
    "index-extra": _unindex,
    "table-orphan": _drop_table,
    "file-unused": _drop_file,
}
