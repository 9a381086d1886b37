"""Text fit for XML."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """The text without the characters XML has no place for."""
    return _FORBIDDEN.sub(" ", text)


def escaped(text: str) -> str:
    """The text as it stands in a part written by hand."""
    return escape(for_xml(text))
