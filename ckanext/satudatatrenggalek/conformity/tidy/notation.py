"""How numbers of a column are written: what a dot and a comma mean in it.

`12,5` and `1.234.567` prove Indonesian writing, `12.5` and `1,234,567` English; `1.474` and
`1,474` prove nothing and are read by what the rest of the column proves, or asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numbers import AMOUNT, PLAIN

DOT, COMMA = "dot", "comma"  # ambiguous: 1.474 and 1,474
THOUSANDS, DECIMAL = "thousands", "decimal"

_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_SHAPES = (
    ("id", re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")),
    ("id", re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")),
    ("en", re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")),
    ("en", re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")),
    ("id", re.compile(r"[+-]?[0-9]+,[0-9]+")),
)


@dataclass(frozen=True)
class Amount:
    """A number with what stands beside it.

    shape: "plain", "spaced", "id" (1.234,5), "en" (1,234.5), DOT or COMMA; "" when it is none.
    """

    core: str
    shape: str
    currency: str = ""
    unit: str = ""


def amount(text: str) -> Amount | None:
    """`text`, without spaces around it, as a number; None when it is none."""
    if shape := shape_of(text):
        return Amount(text, shape)
    match = AMOUNT.fullmatch(text) if len(text) < 80 else None
    if not match:
        return None
    core, tail = match["core"].strip(), match["tail"].strip()
    shape = shape_of(core)
    if not shape:
        return None
    return Amount(core, shape, match["lead"] or "", "" if tail == ",-" else tail)


def shape_of(core: str) -> str:
    """How digits and separators are arranged."""
    if match := _AMBIGUOUS.fullmatch(core):
        return DOT if match[1] == "." else COMMA
    if PLAIN.fullmatch(core):
        return "plain"
    if _SPACED.fullmatch(core):
        return "spaced"
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(core)), "")


@dataclass
class Notation:
    """What the cells of one column prove, and what was answered.

    whole: the column holds whole numbers. dot, comma: THOUSANDS, DECIMAL or "" (not answered).
    """

    whole: bool = False
    indonesian: bool = False
    english: bool = False
    grouped: bool = False
    dot: str = ""
    comma: str = ""

    def see(self, found: Amount) -> None:
        """Take a cell as evidence."""
        if found.shape == "id" or (found.shape == "spaced" and "," in found.core):
            self.indonesian = True
        elif found.shape == "en" or (found.shape == "spaced" and "." in found.core):
            self.english = True
        elif found.shape == "plain":
            self.english = self.english or "." in found.core
        else:
            self.grouped = self.grouped or not found.core.endswith("000")

    def reading(self, shape: str) -> str:
        """What the separator of an ambiguous number is: THOUSANDS, DECIMAL or "" (ask)."""
        indonesian = (THOUSANDS, DECIMAL)[shape == COMMA]
        if self.indonesian != self.english:
            return indonesian if self.indonesian else (DECIMAL, THOUSANDS)[shape == COMMA]
        # A whole number has no decimals; only 900.000 alone may be one with zeros behind the dot.
        return THOUSANDS if self.whole and self.grouped and not self.english else ""

    def plain(self, found: Amount) -> tuple[str, str]:
        """(the number written plainly, code of the change); ("", "") when it cannot be told."""
        core, shape = found.core, found.shape
        if shape == "plain":
            return core, ""
        if shape in (DOT, COMMA):
            return self._ambiguous(core, shape)
        joined = re.sub(r"[ \u00a0\u202f]", "", core)
        if shape == "en":
            return joined.replace(",", ""), THOUSANDS
        if shape == "spaced":
            return joined.replace(",", "."), THOUSANDS
        code = DECIMAL if "," in joined else THOUSANDS
        return joined.replace(".", "").replace(",", "."), code

    def _ambiguous(self, core: str, shape: str) -> tuple[str, str]:
        answered = self.dot if shape == DOT else self.comma
        reading = self.reading(shape) or answered
        if reading == THOUSANDS:
            return re.sub(r"[.,]", "", core), THOUSANDS
        if reading == DECIMAL:
            return core.replace(",", "."), DECIMAL if shape == COMMA else ""
        return "", ""
