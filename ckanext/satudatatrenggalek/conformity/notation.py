"""How numbers of a column are written: what a dot and a comma mean in it.

`12,5` and `1.234.567` prove Indonesian writing, `12.5` and `1,234,567` English; `1.474` and
`1,474` prove nothing and are read by what the rest of the column proves, or asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import polars as pl

from . import units
from .layout import normal
from .numbers import AMOUNT, LETTERS, ONE_GROUP, PLAIN
from .roles import measures
from .schema import Column

DOT, COMMA = "dot", "comma"  # ambiguous: 1.474 and 1,474
THOUSANDS, DECIMAL = "thousands", "decimal"

_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_GROUPED = rf"^\s*{ONE_GROUP.pattern}\s*$"
_DOTTED = rf"^\s*{PLAIN.pattern}\s*$"
_SHORT = r"^\s*[+-]?[0-9]{1,3}\s*$"
_LONG = r"^\s*[+-]?[0-9]{4,}\s*$"
_SAMPLE = 500
# Rupiah counted by the thousand or the million do have decimals.
_MANY = frozenset({"ribu", "ribuan", "juta", "jutaan", "miliar", "milyar", "triliun", "000"})
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
    if not match or LETTERS.fullmatch(text):
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

    whole: the column holds whole numbers. money: it holds rupiah, which have no three decimals.
    dot, comma: THOUSANDS, DECIMAL or "" (not answered).
    """

    whole: bool = False
    money: bool = False
    indonesian: bool = False
    english: bool = False
    grouped: bool = False
    short: str = ""  # a whole number below a thousand, written without any dot
    long: bool = False  # one above, without any dot either
    zero: bool = False  # 1.470: no program writes a decimal so beside 686
    commas: bool = False
    proof: str = ""  # the cell that proves Indonesian writing, the most telling one
    dot: str = ""
    comma: str = ""

    def learn(self, texts: pl.Series) -> None:
        """Take what is written plainly, of all cells of a stretch of the column, as evidence."""
        for part in (texts.head(_SAMPLE), texts):
            self.english = self.english or _has_decimals(part)
            if self.english:
                return
            self.short = self.short or _first(part.filter(part.str.len_bytes() < 8), _SHORT)
            self.long = self.long or bool(_first(part, _LONG))

    def learn_dots(self, texts: pl.Series) -> None:
        """The same from ambiguous numbers with a dot (`ONE_GROUP`)."""
        if not (self.grouped and self.zero):
            bare = texts.str.strip_chars()
            self.grouped = self.grouped or bool((~bare.str.ends_with("000")).any())
            self.zero = self.zero or bool(bare.str.ends_with("0").any())

    def see(self, found: Amount) -> None:
        """Take a cell as evidence."""
        if found.shape == "id" or (found.shape == "spaced" and "," in found.core):
            self.indonesian = True
            if not self.proof or _telling(found.core) < _telling(self.proof):
                self.proof = found.core
        elif found.shape == "en" or (found.shape == "spaced" and "." in found.core):
            self.english = True
        elif found.shape == "plain":
            self.english = self.english or "." in found.core
        else:
            self.grouped = self.grouped or not found.core.endswith("000")
            self.zero = self.zero or (found.shape == DOT and found.core.endswith("0"))
            self.commas = self.commas or found.shape == COMMA

    def reading(self, shape: str) -> str:
        """What the separator of an ambiguous number is: THOUSANDS, DECIMAL or "" (ask)."""
        indonesian = (THOUSANDS, DECIMAL)[shape == COMMA]
        if self.indonesian != self.english:
            return indonesian if self.indonesian else (DECIMAL, THOUSANDS)[shape == COMMA]
        if self.english:
            return ""
        # A whole number has no decimals; only 900.000 alone may be one with zeros behind the dot.
        if self.whole and self.grouped:
            return THOUSANDS
        return self._reading_of_dots() if shape == DOT else ""

    def _reading_of_dots(self) -> str:
        """What dots are where no cell alone proves it.

        Thousands are written without them in a column that holds 14108. Beside 686, which has no
        decimals, 1.470 would be written 1.47.
        """
        if self.money:
            return THOUSANDS
        if self.long and not self.whole:
            return DECIMAL
        return THOUSANDS if self.short and self.zero and not self.commas else ""

    def why(self, show: Callable[[str], str] = str) -> str:
        """What settles that a dot separates thousands, as a clause. show: a cell fit to be read."""
        if self.proof:
            cell = show(self.proof)
            if "." in self.proof:
                return f"di kolom ini titik memisahkan ribuan, mis. `{cell}`"
            return f"di kolom ini koma menandai desimal, mis. `{cell}`, dan titik memisahkan ribuan"
        if self.money:
            return "kolom ini berisi rupiah, jadi titik memisahkan ribuan"
        if self.whole and self.grouped:
            return "kolom ini berisi bilangan bulat, jadi titik memisahkan ribuan"
        cell = show(self.short)
        return (
            f"di kolom ini bilangan bulat ditulis tanpa desimal, mis. `{cell}`, jadi titik "
            "memisahkan ribuan"
        )

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


def _telling(core: str) -> int:
    """1.234.567 before 1.234,5 before 12,5."""
    return ("," in core) + ("." not in core)


def notation_of(column: Column, unit: str) -> Notation:
    """What is known of a column before its first cell. unit: of its Standar Data, "" for none."""
    unit = units.of(column, unit)
    whole = column.type == "integer" or units.counts(column, unit)
    names = (column.label, column.name, units.standard_of(column), unit)
    return Notation(whole=whole, money=is_money(names) and not says(names, _MANY))


def notations_of(columns: Sequence[Column], unit: str) -> dict[int, Notation]:
    """The notation of every column of figures, by its number. unit: of the Standar Data."""
    of_dataset = unit if len(measures(columns)) == 1 else ""
    figures = [column for column in columns if column.type in ("integer", "number")]
    return {column.number: notation_of(column, of_dataset) for column in figures}


def is_money(names: Sequence[str]) -> bool:
    """Whether a column with such a label, name or unit holds rupiah."""
    return says(names, {"rp", "rupiah", "idr"})


def says(names: Sequence[str], words: Collection[str]) -> bool:
    """Whether one of the names has one of the words in it, as a word of its own."""
    joined = [f"_{normal(text)}_" for text in names if text]
    return any(f"_{word}_" in text for word in words for text in joined)


def _has_decimals(texts: pl.Series) -> bool:
    """Whether a cell can only be read with its dot as a decimal point."""
    dotted = texts.filter(texts.str.contains(".", literal=True))
    if dotted.is_empty():
        return False
    return bool((dotted.str.contains(_DOTTED) & ~dotted.str.contains(_GROUPED)).any())


def _first(texts: pl.Series, pattern: str) -> str:
    found = texts.filter(texts.str.contains(pattern))
    return "" if found.is_empty() else str(found[0]).strip()
