"""Excel bertanda: the findings of a check shown in the producer's own workbook.

What we add: a fill on the cells found wrong, a comment at each, one more sheet that lists all
findings. What the workbook held stays; parts we have no reason to change keep their content.
"""

from __future__ import annotations

from .make import Marked, write_marked

__all__ = ["Marked", "write_marked"]
