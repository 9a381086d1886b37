"""Reading what offices upload: one shape for every table format.

`open_source` gives a `Source`: sheets of rows of cells, as found. Nothing is cleaned here, and a
broken file ends in `Unreadable` or in a problem noted on the source, never in another exception.
"""

from __future__ import annotations

from .choose import open_source
from .source import MAX_MERGED, Problem, Sheet, Source, Unreadable

__all__ = ["MAX_MERGED", "Problem", "Sheet", "Source", "Unreadable", "open_source"]
