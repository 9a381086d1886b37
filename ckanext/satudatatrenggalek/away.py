"""Which part of the portal does not answer, told from an error; what people are told then.

An error of a part that is away says nothing of the work that met it: it is done when the part is
back, however long that takes.
"""

import errno
import re
from collections.abc import Iterator
from enum import Enum

from ckan.lib import search
from pysolr import SolrError
from redis import exceptions as redis_errors
from requests import exceptions as http_errors
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class Part(str, Enum):
    """A part that others can do without for a while; the value is its name for people."""

    DATABASE = "basis data"
    SEARCH = "mesin pencari"
    QUEUE = "antrean pekerjaan"
    STORAGE = "ruang penyimpanan"


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SEARCH = (search.SearchIndexError, search.SearchError, search.SolrConnectionError, SolrError)
# What Solr, or whatever stands before it, answers while it starts or ends.
_NO_SOLR = re.compile(r"\(HTTP (404|502|503|504)\)")
_DISK_FULL = "53100"
# Classes of PostgreSQL's codes: connection, too little of something, told to end or to wait.
_NO_DATABASE = ("08", "53", "57P")


def part_of(error: BaseException) -> Part | None:
    """The part that was away when this error came up; None: the error is about something else."""
    seen = list(_chain(error))
    if any(_is_full(one) for one in seen):
        return Part.STORAGE
    if any(_without_database(one) for one in seen):
        return Part.DATABASE
    if any(isinstance(one, _SEARCH) for one in seen) and any(map(_without_search, seen)):
        return Part.SEARCH
    if any(_without_queue(one) for one in seen):
        return Part.QUEUE
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from, and what that came from."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _code(error: BaseException) -> str | None:
    return getattr(error.orig, "pgcode", None) if isinstance(error, DBAPIError) else None


def _is_full(error: BaseException) -> bool:
    full = isinstance(error, OSError) and error.errno in _FULL
    return full or _code(error) == _DISK_FULL


def _without_database(error: BaseException) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    code = _code(error)
    if code:
        return code.startswith(_NO_DATABASE)
    # Without a code no server has spoken.
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))


def _without_search(error: BaseException) -> bool:
    if isinstance(error, (http_errors.ConnectionError, http_errors.Timeout)):
        return True
    return isinstance(error, _SEARCH) and bool(_NO_SOLR.search(str(error)))


def _without_queue(error: BaseException) -> bool:
    return isinstance(error, (redis_errors.ConnectionError, redis_errors.TimeoutError))
