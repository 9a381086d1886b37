"""From a path to a `Source`: the bytes decide, the claimed format only breaks ties."""

from __future__ import annotations

from pathlib import Path

from ..expectation import Expectation
from ..formats import FORMATS, KIND_WORDS, detect_kind
from .source import Source, Unreadable
from .text import open_text


def open_source(path: Path, expectation: Expectation, wanted: frozenset[str]) -> Source:
    """Open a file for checking.

    wanted: column names expected, lower case. Raises Unreadable for what cannot be read as the
    format it claims, OSError when the file itself cannot be opened.
    """
    kind = detect_kind(path)
    claimed = expectation.claimed
    if kind == "empty":
        raise Unreadable("source-error")
    if kind == "locked":
        raise Unreadable("password-locked")
    known = FORMATS.get(claimed)
    if known and kind not in known.kinds and not _readable_anyway(claimed, kind):
        raise Unreadable("wrong-kind", format=claimed.upper(), kind=KIND_WORDS[kind])
    return _open(path, kind, claimed, expectation, wanted)


def _readable_anyway(claimed: str, kind: str) -> bool:
    """A CSV whose first cell begins with {, [ or < is still a CSV; Excel opens HTML as .xls."""
    if claimed in ("csv", "tsv"):
        return kind in ("json", "xml", "binary")
    return claimed == "xls" and kind == "html"


def _open(
    path: Path, kind: str, claimed: str, expectation: Expectation, wanted: frozenset[str]
) -> Source:
    # What reads a kind of file is loaded with the first of its kind: most are CSV.
    if kind == "xlsx":
        from .xlsx import open_xlsx

        return open_xlsx(path, expectation.limits)
    if kind == "xls":
        from .xls import open_xls

        return open_xls(path)
    if kind == "ods":
        from .ods import open_ods

        return open_ods(path, expectation.limits)
    if kind == "html" and claimed == "xls":
        from .html import open_html

        return open_html(path)
    if claimed in ("csv", "tsv") or kind == "text":
        return open_text(path, claimed, wanted)
    if kind == "json":
        from .json import open_json

        return open_json(path, claimed or "json")
    if kind in ("pdf", "docx", "xml"):
        return Source(kind, [])
    raise Unreadable("format-error", format=(claimed or KIND_WORDS[kind]).upper())
