"""What makes asking everything bearable: connections that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from ckan import model


@contextmanager
def kept_connections() -> Iterator[None]:
    """CKAN's tests open a connection for each session: a quarter of what a request costs."""
    engine: Any = model.meta.engine
    model.Session.remove()
    before: Any = engine.pool
    engine.pool = sa.pool.QueuePool(
        before._creator, pool_size=4, dialect=engine.dialect, _dispatch=before.dispatch
    )
    try:
        yield
    finally:
        model.Session.remove()
        engine.pool.dispose()
        engine.pool = before
