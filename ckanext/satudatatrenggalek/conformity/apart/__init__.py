"""A check in a process of its own, with limits: what a file does to it, it does to nobody else.

`caller.py` runs in the portal's process, `nursery.py` is the small warm process that has the
engine loaded and forks one child for each check, `child.py` is what the child does, `errand.py`
is what goes over the wire between them. Why so: ADR 7.
"""

from __future__ import annotations

from .caller import Bounds, Lost, Stopped, check_apart, warm_up, write_apart
from .errand import Reference, Writing

__all__ = [
    "Bounds",
    "Lost",
    "Reference",
    "Stopped",
    "Writing",
    "check_apart",
    "warm_up",
    "write_apart",
]
