"""The portal's clock. One place to ask the time, so that the demo and the tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timezone

from .domain.words import WIB

_fixed: ContextVar[datetime | None] = ContextVar("satudata_clock", default=None)


def now() -> datetime:
    """The present moment, aware UTC; the injected one inside ``at``."""
    return _fixed.get() or datetime.now(timezone.utc)


def today() -> date:
    """The day it is in Trenggalek."""
    return now().astimezone(WIB).date()


def is_set() -> bool:
    """Whether a moment is injected here. Other processes go by the real time."""
    return _fixed.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run a block as if it were ``moment`` (aware). In this process only: no request can set it."""
    token = _fixed.set(moment.astimezone(timezone.utc))
    try:
        yield
    finally:
        _fixed.reset(token)
