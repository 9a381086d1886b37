"""Text that a spreadsheet would run as a formula.

Clerks open the copy in Excel, which takes a cell beginning with = + - or @ for a formula, and a
formula can fetch or send data. Such a text gets an apostrophe before it: Excel's own mark of
"this is text", visible, logged, and taken off by deleting one character, so that nothing is lost.
Numbers, telephone numbers and lone dashes are no formula and stay as they are.
"""

from __future__ import annotations

import re

STARTS = r"^[=+\-@]"
_HARMLESS = re.compile(r"[+-][-0-9\s.,()/%]*(?:[eE][+-]?[0-9]+)?")


def guarded(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would run it."""
    if text[:1] not in ("=", "+", "-", "@") or _HARMLESS.fullmatch(text):
        return text
    return "'" + text
