"""How far a check under way has come: in Redis, where it costs nothing and may be lost.

A table row would mean a commit every second for something nobody asks about afterwards. Without
Redis no progress is shown, and nothing else changes.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError

# What a killed worker leaves disappears by itself, soon after any check must have ended.
_GRACE = 60


def begin(resource_id: str, at: datetime, longest: float) -> None:
    """A check of a resource's file begins. longest: seconds after which it cannot be running."""
    with suppress(RedisError):
        redis = connect_to_redis()
        key = _key(resource_id)
        redis.delete(key)
        redis.hset(key, mapping={"done": 0, "total": 0, "started_at": at.isoformat()})
        redis.expire(key, int(longest) + _GRACE)


def tell(resource_id: str, done: int, total: int) -> None:
    """It has come so far; both in the same unit, whichever."""
    with suppress(RedisError):
        redis = connect_to_redis()
        if redis.exists(_key(resource_id)):
            redis.hset(_key(resource_id), mapping={"done": done, "total": total})


def end(resource_id: str) -> None:
    """It has ended, one way or the other."""
    with suppress(RedisError):
        connect_to_redis().delete(_key(resource_id))


def of(resource_id: str) -> dict[str, Any] | None:
    """``{done, total, percent, started_at}`` of the check under way; None while it waits.

    done and total are bytes of a text file, else rows; total 0 and percent None: unknown.
    """
    try:
        kept: Any = connect_to_redis().hgetall(_key(resource_id))
    except RedisError:
        return None
    if not kept:
        return None
    told = {name.decode(): value.decode() for name, value in kept.items()}
    done, total = int(told.get("done", 0)), int(told.get("total", 0))
    percent = min(100, 100 * done // total) if total else None
    return {"done": done, "total": total, "percent": percent, "started_at": told.get("started_at")}


def _key(resource_id: str) -> str:
    return f"satudata:{tk.config['ckan.site_id']}:check:{resource_id}"
