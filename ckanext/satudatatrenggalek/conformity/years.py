"""Years in texts and in the labels of columns: four digits from 1900 to 2099 that stand alone."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)[0-9]{2}"
_ALONE = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_MARKED = re.compile(rf"{_YEAR}(?:\s*\*+\)?)?")
_AT_END = re.compile(rf"(?<![0-9])(?P<y>{_YEAR})\s*\**\)*\s*$")
_AT_BEGIN = re.compile(rf"^(?P<y>{_YEAR})(?![0-9])")
_WRITTEN = re.compile(r"(?:(?:tahun|thn|th)\.?\s*)?(?P<y>[0-9]{4})(?:\.0)?", re.IGNORECASE)


def years_in(text: str) -> list[str]:
    """The years a text names, in its order."""
    return _ALONE.findall(text)


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else but the stars of a footnote: `2024*)`."""
    return bool(_MARKED.fullmatch(text))


def written_year(text: str) -> str:
    """`Tahun 2024` or `2024.0` as 2024, in a column of years; "" when it is no year.

    There any four digits are one: a schema may plan the year 1830.
    """
    match = _WRITTEN.fullmatch(text)
    return match["y"] if match else ""


def of_label(label: str) -> tuple[str, str]:
    """(what is counted, year) of a column of figures of one year; ("", "") for any other label.

    The year a label ends with, else the one it begins with, else the only one in it:
    `Luas panen (2021)`, `2021 Luas panen` and `Luas panen 2021 (ha)` are all of 2021.
    """
    text = " ".join(label.split())
    found = _AT_END.search(text) or _AT_BEGIN.search(text)
    if found:
        start, end, year = found.start(), found.end(), found["y"]
    else:
        alone = list(_ALONE.finditer(text))
        if len(alone) != 1:
            return "", ""
        start, end, year = alone[0].start(), alone[0].end(), alone[0].group()
    stem = f"{text[:start].rstrip(' _-–:(')} {text[end:].lstrip(' _-–:)*')}"
    return stem.strip(" _-–:"), year


def year_of(label: str) -> str:
    """The year whose figures a column of this label holds; "" for none."""
    return of_label(label)[1]
