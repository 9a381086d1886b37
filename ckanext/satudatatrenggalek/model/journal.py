"""The places at which a release can be cut off, as it passes them; written to the log.

Whatever is killed at any of them leaves the old edition or the new one, and the next run ends it:
``tests/editions/test_killed.py`` kills a worker at each.
"""

import logging
from enum import Enum

log = logging.getLogger(__name__)


class Boundary(str, Enum):
    """What is done when the place is passed."""

    LOCKED = "locked"
    JUDGED = "judged"
    SUPERSEDED = "superseded"
    NUMBERED = "numbered"
    WRITTEN = "public dataset written"
    BOUND = "files and rows bound"
    PUT_AWAY = "working copy put away"
    SHOWN = "shown"
    RECORDED = "recorded"
    COMMITTED = "committed"
    INDEX_STARTED = "index started"
    INDEX_DONE = "index done"
    INDEX_FINISHED = "index finished"
    LOAD_STARTED = "load started"
    LOAD_DONE = "load done"
    LOAD_FINISHED = "load finished"
    TABLE_FILLED = "table filled"
    TABLE_NAMED = "table named"
    TABLE_SHOWN = "table shown"
    DROP_STARTED = "drop started"
    DROP_DONE = "drop done"
    DROP_FINISHED = "drop finished"


def reach(boundary: Boundary) -> None:
    """Say that a place is passed."""
    log.debug("%s", boundary.value)


def reach_row(kind: str, what: str) -> None:
    """As ``reach``, for a row of the outbox; kinds that no release writes say nothing."""
    name = f"{kind} {what}"
    if name in {boundary.value for boundary in Boundary}:
        reach(Boundary(name))
