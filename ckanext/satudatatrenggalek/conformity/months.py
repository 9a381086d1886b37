"""Names of months: the one list of them, for dates and for periods alike."""

from __future__ import annotations

from ..domain.words import BULAN

NAME, ENGLISH, SHORT, OLD = "name", "english", "short", "old"
_STYLES = {
    NAME: [(name.lower(),) for name in BULAN],
    ENGLISH: [
        *(("january",), ("february",), ("march",), (), ("may",), ("june",), ("july",)),
        *(("august",), (), ("october",), (), ("december",)),
    ],
    SHORT: [
        *(("jan",), ("feb", "peb"), ("mar",), ("apr",), (), ("jun",), ("jul",)),
        *(("agu", "ags", "agt", "agust", "aug"), ("sep", "sept"), ("okt", "oct")),
        *(("nov", "nop"), ("des", "dec")),
    ],
    # As it was spelt before 1972: what is meant is known, and yet it is a mistake.
    OLD: [(), ("pebruari",), (), (), (), (), (), (), (), (), ("nopember",), ()],
}
_KNOWN = {
    word: (number, style)
    for style, months in _STYLES.items()
    for number, words in enumerate(months, start=1)
    for word in words
}


def month_named(text: str, old: bool) -> tuple[int, str] | None:
    """Number and style of a month's name, whatever its case; None when it is none.

    old: take `Pebruari` and `Nopember` too, which a text to be published should not say.
    """
    found = _KNOWN.get(text.lower())
    return None if found and found[1] == OLD and not old else found
