"""What an invitation says besides CKAN's words, handed to the template of CKAN's letter."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Invitation:
    """Who is appointed as what, for which office (in words), by which decree, from when to when."""

    fullname: str
    role: str
    office: str
    decree: str
    valid_from: date
    valid_until: date | None


_said: ContextVar[Invitation | None] = ContextVar("satudata_invitation", default=None)


@contextmanager
def saying(invitation: Invitation) -> Iterator[None]:
    """CKAN passes its letter no more than a group and a role: while the block runs, this too."""
    token = _said.set(invitation)
    try:
        yield
    finally:
        _said.reset(token)


def said() -> Invitation | None:
    """What the letter being written says; None for one that CKAN sends by itself."""
    return _said.get()
