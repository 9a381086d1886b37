"""Personal numbers and addresses never leave the engine whole: values are masked and shortened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from typing import Any

SHORT = 80
_LONG_NAME = 320
# A number of 15 to 18 digits (NIK, KK, NPWP), together or in groups; a decimal fraction is none.
_DIGITS = re.compile(r"(?<![0-9.,])(?:[0-9][ -]?){14,17}[0-9](?![0-9])")
_GROUPS = re.compile(r"(?<![0-9.,])[0-9]{2,6}(?:[ .\-/]{1,2}[0-9]{2,6}){2,6}(?![0-9])")
_NPWP = re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9][-.][0-9]{3}\.[0-9]{3}")
_PHONE = re.compile(
    r"(?<![0-9.,])\(?(?:(?:\+|00)?62[ .\-)]{0,2}(?:\(0\))?|0)[ .-]?8[0-9]{1,2}\)?"
    r"(?:[ .\-]{0,2}[0-9]){6,10}(?![0-9])"
)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SCIENTIFIC = re.compile(r"(?<![0-9])[1-9][.,][0-9]{9,}[eE]\+?15(?![0-9])")
_LAST_WORD = re.compile(r"\S+\Z")
# What every pattern of digits has; most cells do not, and are shown as they are.
LEAST_MASKED = 9  # digits of the shortest text a pattern takes but for an address: a phone number
_LEAST_LONG = 15  # of the shortest any other takes, but for one with the exponent 15
_MANY_DIGITS = re.compile(r"(?:[0-9][ .,()\-/]{0,3}){9}|[eE]\+?15")
# Whole texts that are fractions no pattern takes; a number of a phone may begin with 0 or 62.
_FRACTION = re.compile(r"-?(?:[1-57-9][0-9]{0,13}|6(?:[013-9][0-9]{0,12})?)\.[0-9]+")
_WITHOUT_DIGITS = str.maketrans("", "", "0123456789")


def text_of(cell: Any) -> str:
    """A cell as a person reads it; whole floats without ".0", dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, (date, time)):
        return cell.isoformat().removesuffix("T00:00:00")
    return _plain_text(cell)


def _plain_text(cell: Any) -> str:
    # str() of an integer of more than 4,300 digits raises ValueError.
    try:
        return str(cell)
    except ValueError:
        return "(angka terlalu panjang)"


def hide(text: str) -> str:
    """The first two characters, the rest stars; of an e-mail address the first and the country."""
    if _EMAIL.fullmatch(text):
        return f"{text[0]}***@***.{text.rpartition('.')[2]}"
    return text[:2] + "*" * min(max(len(text) - 2, 3), 14)


def mask(text: str) -> str:
    """The text with every personal number and e-mail address in it hidden."""
    if "@" not in text and "15" not in text:
        # Counting digits is far cheaper than any pattern.
        digits = _digits(text)
        if digits < LEAST_MASKED:
            return text
        if digits < _LEAST_LONG:
            return _PHONE.sub(_hidden, text)
    elif "@" not in text and not _MANY_DIGITS.search(text):
        return text
    if _FRACTION.fullmatch(text):
        return text
    for pattern in (_EMAIL, _NPWP, _SCIENTIFIC, _DIGITS, _PHONE):
        text = pattern.sub(_hidden, text)
    return _GROUPS.sub(_hide_groups, text)


def _digits(text: str) -> int:
    return len(text) - len(text.translate(_WITHOUT_DIGITS))


def _hidden(match: re.Match[str]) -> str:
    return hide(match.group())


def _hide_groups(match: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in match.group())
    return hide(match.group()) if 15 <= digits <= 18 else match.group()


def mask_name(name: str) -> str:
    """`mask` for the name of a sheet or a column, which is cut where none would be so long."""
    long = len(name) > _LONG_NAME and ("@" in name or _digits(name) >= LEAST_MASKED)
    return mask(_LAST_WORD.sub("…", name[:_LONG_NAME]) if long else name)


def masked_names(names: Sequence[str]) -> list[str]:
    """Names of sheets or columns fit for a report, told apart where masking makes them alike."""
    shown: list[str] = []
    alike: Counter[str] = Counter()
    for name in names:
        masked = mask_name(name)
        if masked != name:
            alike[masked] += 1
            masked += f" ({alike[masked]})" if alike[masked] > 1 else ""
        shown.append(masked)
    return shown


def name_meant(shown: str, names: Sequence[str]) -> str:
    """The name that is, or is shown as, `shown`; "" for none of them."""
    if shown in names:
        return shown
    return dict(zip(masked_names(names), names, strict=True)).get(shown, "")


def show(cell: Any, personal: bool = False) -> str:
    """A cell fit for a report: one line, short, personal data masked."""
    if type(cell) is str and len(cell) <= SHORT and not personal:
        text = mask(cell) if len(cell) >= LEAST_MASKED or "@" in cell else cell
        if len(text) <= SHORT and text.isprintable():
            return text
    text = text_of(cell)
    if len(text) > SHORT * 4:  # half a number at the cut would not be recognised
        text = _LAST_WORD.sub("…", text[: SHORT * 4])
    if personal and text.strip():
        return hide(text.strip())[:SHORT]
    text = mask(text)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
