"""What an office meant by a number that is not written plainly.

Indonesian spreadsheets write 1.234,5; open data writes 1234.5. `diagnose` says which habit a
text follows and how to write it plainly; it never changes a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
ONE_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")  # 1.474: a thousand or a decimal
MISSING = frozenset({"-", "--", "–", "—", "...", "…", "n/a", "na", "nihil", "kosong", "x", "*"})
# 12O, l5: a letter for a digit. An l or I behind all digits may be a unit.
LETTERS = re.compile(
    r"[+-]?(?=[oOlI.,]*[0-9])(?=[0-9.,]*[oOlI])(?:[0-9oO.,]|[lI](?=[0-9oOlI.,]*[0-9oO]))+"
)
_DIGITS = str.maketrans("oOlI", "0011")
_COMMA_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")  # 1,474: a decimal or a thousand
EXCEL_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
AMOUNT = re.compile(
    r"(?P<lead>(?:rp|idr|usd|\$)\.?)?\s*(?P<core>[+-]?[0-9](?:[0-9.,]|[ \u00a0](?=[0-9]))*)"
    r"(?P<tail>\s*(?:[a-z%°²³][a-z%°²³/.]{0,19}[23]?(?:\s[a-z]{1,19}){0,2})?|,-)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Diagnosis:
    """habit: unit, currency, decimal-comma, thousands, letter, missing, excel-error or other.

    plain: the number written plainly (1234.5), "" when it cannot be told.
    extra: the unit or currency found beside the number.
    also: the plain number it may be instead, "" for none.
    """

    habit: str
    plain: str = ""
    extra: str = ""
    also: str = ""


@lru_cache(maxsize=8_192)  # the same wrong text stands in many cells
def diagnose(text: str) -> Diagnosis:
    """Why `text` is not a plain number."""
    stripped = text.strip()
    if stripped.upper() in EXCEL_ERRORS:
        return Diagnosis("excel-error")
    if stripped.lower() in MISSING:
        return Diagnosis("missing")
    if len(stripped) < 80 and LETTERS.fullmatch(stripped):
        return Diagnosis("letter", _plain(stripped.translate(_DIGITS))[0])
    match = AMOUNT.fullmatch(stripped) if len(stripped) < 80 else None
    plain, habit = _plain(match["core"]) if match else ("", "")
    if not match or not plain:
        return Diagnosis("other")
    tail = match["tail"].strip()
    also = match["core"].replace(",", "") if _COMMA_GROUP.fullmatch(match["core"]) else ""
    if match["lead"]:
        return Diagnosis("currency", plain, match["lead"], also)
    if tail:
        return Diagnosis("unit", plain, tail, also)
    return Diagnosis(habit or "other", plain, also=also)


def _plain(core: str) -> tuple[str, str]:
    """(plain number, habit) of digits with separators; ("", "") when they make no sense."""
    if re.search(r"[ \u00a0]", core):
        joined = re.sub(r"[ \u00a0]", "", core)
        grouped = re.fullmatch(r"[+-]?[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?:[.,][0-9]+)?", core)
        return (_plain(joined)[0], "thousands") if grouped else ("", "")
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+", core):
        return core.replace(".", "").replace(",", "."), "decimal-comma"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", core):
        return core.replace(",", "."), "decimal-comma"
    if THOUSANDS.fullmatch(core):
        return core.replace(".", ""), "thousands"
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", core):
        return core.replace(",", ""), "thousands"
    return (core, "") if PLAIN.fullmatch(core) else ("", "")


def whole_of(plain: str) -> str:
    """`12.0` as 12; "" when it is written whole already or has a part."""
    whole, dot, part = plain.partition(".")
    return whole if dot and whole.lstrip("+-") and not part.strip("0") else ""


def looks_numeric(text: str) -> bool:
    """Whether a person would read `text` as a number, plain or not, unit allowed."""
    stripped = text.strip()
    if not stripped or not any(c.isdigit() for c in stripped):
        return False
    return bool(PLAIN.fullmatch(stripped)) or diagnose(stripped).habit in (
        "decimal-comma",
        "thousands",
    )
