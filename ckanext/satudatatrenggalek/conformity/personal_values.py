"""Personal data known by the shape of a value, alone in a cell or inside a text."""

from __future__ import annotations

import re

from .regions import PROVINCES

# Everything the closer look below could find holds one of these; the rest is passed over.
SCREEN = r"@|[0-9](?:[ .,()\-/]{0,2}[0-9]){8}|[eE]\+?1[56]"
_NUMBER = re.compile(r"(?<![0-9.,])\+?\(?[0-9](?:[ .()\-/]{0,2}[0-9]){8,20}(?![0-9])")
_SCIENTIFIC = re.compile(r"(?<![0-9])[1-9][.,][0-9]{2,}[eE]\+?15(?![0-9])")
_NIK = re.compile(
    r"(?P<province>[0-9]{2})(?P<regency>[0-9]{2})(?P<district>[0-9]{2})"
    r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{2})(?P<serial>[0-9]{4})"
)
_MOBILE = re.compile(r"(?:\+?62|0062|0)0?8[1-9][0-9]{7,10}")
_NPWP = re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9][-.][0-9]{3}\.[0-9]{3}")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+|[+-]?[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]+)?")
_OFFICE = re.compile(r"\(?0[2-79][0-9]{1,2}\)?[ .\-/]*[2-9](?:[ .-]?[0-9]){4,7}")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def kind_of_value(text: str) -> str:
    """Key of `personal.KINDS` a whole value has the shape of, "" for none."""
    text = text.strip()
    if "@" in text:
        return "email" if _EMAIL.search(text) else ""
    if _NPWP.fullmatch(text):
        return "npwp"
    if _SCIENTIFIC.fullmatch(text):
        return "nik"
    if re.fullmatch(r"[0-9]{16}\.0", text):
        text = text[:-2]
    if _DECIMAL.fullmatch(text):
        return ""
    return _kind_of_digits(re.sub(r"[ .()\-/'`]", "", text))


def kinds_in_text(text: str) -> set[str]:
    """Keys of the kinds found anywhere in a text."""
    found = {kind} if (kind := kind_of_value(text)) else set()
    if not any(character.isalpha() for character in text):
        return found
    if _EMAIL.search(text):
        found.add("email")
    if _NPWP.search(text):
        found.add("npwp")
    for match in _NUMBER.finditer(text):
        if not _DECIMAL.fullmatch(match.group()):
            found.add(_kind_of_digits(re.sub(r"[^0-9+]", "", match.group())))
    return found - {""}


def _kind_of_digits(digits: str) -> str:
    if is_nik(digits):
        return "nik"
    return "mobile" if _MOBILE.fullmatch(digits) else ""


def is_nik(digits: str) -> bool:
    """16 digits: a region, a date of birth (day + 40 for women), a number from 0001 on.

    A number of a family card (KK) has the same shape and is found with it.
    """
    match = _NIK.fullmatch(digits)
    if not match or match["province"] not in PROVINCES or match["serial"] == "0000":
        return False
    if not 1 <= int(match["regency"]) <= 79 or match["district"] == "00":
        return False
    day, month = int(match["day"]), int(match["month"])
    day -= 40 if day > 40 else 0
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def is_office_phone(text: str) -> bool:
    """A landline with its area code, such as 0355-791234: an office's more than a person's."""
    return bool(_OFFICE.fullmatch(text.strip()))
