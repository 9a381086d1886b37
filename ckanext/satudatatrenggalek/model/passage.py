"""In-process tokens the gate recognises. No request, header or context key can set them.

A key in CKAN's ``context`` would be lost where core calls itself with a fresh context
(``package_update`` does for ``package_owner_org_update``), hence a ``ContextVar``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open_for: ContextVar[frozenset[str]] = ContextVar("satudata_passage", default=frozenset())
_writer: ContextVar[str | None] = ContextVar("satudata_writer", default=None)
_system: ContextVar[bool] = ContextVar("satudata_system", default=False)


@contextmanager
def passage(*package_ids: str) -> Iterator[None]:
    """Let the workflow itself write these packages past the gate."""
    token = _open_for.set(_open_for.get() | frozenset(package_ids))
    try:
        yield
    finally:
        _open_for.reset(token)


def is_open_for(package_id: str | None) -> bool:
    """Whether the workflow is writing this package right now."""
    return package_id is not None and package_id in _open_for.get()


@contextmanager
def as_system() -> Iterator[None]:
    """Act as the portal itself (worker): takes only steps the table gives to it."""
    token = _system.set(True)
    try:
        yield
    finally:
        _system.reset(token)


def is_system() -> bool:
    """Whether the portal itself is acting."""
    return _system.get()


@contextmanager
def writing_as(user_id: str | None) -> Iterator[None]:
    """Tell the uploader, which gets no context, whose upload this is."""
    token = _writer.set(user_id)
    try:
        yield
    finally:
        _writer.reset(token)


def writer() -> str | None:
    """User id of whoever is writing now; None for the portal itself."""
    return _writer.get()
