"""Region codes of Kabupaten Trenggalek: Kemendagri (35.03.01.2001) and BPS (3503010).

The list is `reference/region_codes.csv`: Kemendagri down to the village, BPS down to the
kecamatan. The code decides; a name in the next column only helps to suggest.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from typing import Any

from .layout import normal
from .masking import show, text_of

KEMENDAGRI = "Kemendagri"
BPS = "BPS"
_CODE = re.compile(
    r"^(?:(?:kemendagri|bps)_)?(?:kode|kd|kode_bps|kode_kemendagri|bps_kode|kemendagri_kode|id)_?"
    r"(?:wil(?:ayah)?|kec(?:amatan)?|desa|kel(?:urahan)?|desa_kel(?:urahan)?|kab(?:upaten)?"
    r"|kabupaten_kota|kab_kota|bps|kemendagri)"
    r"(?:_(?:bps|kemendagri|wilayah|kecamatan|desa|kelurahan))?$"
)
_NAME = re.compile(
    r"^(?:(?:kemendagri|bps)_)?(?:nama_)?(?:kec(?:amatan)?|desa|kel(?:urahan)?|desa_kelurahan"
    r"|desa_kel|wilayah)$"
)
_NUMBERS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Region:
    """One region: code of Kemendagri, code of BPS ("" where not known), name, level."""

    kemendagri: str
    bps: str
    name: str
    level: str


@dataclass(frozen=True)
class Verdict:
    """kind: "ok", "unknown" (in Trenggalek's range or malformed) or "outside".

    standard: whose list it was held against. region: what was found. how: the remedy.
    """

    kind: str
    standard: str = KEMENDAGRI
    region: Region | None = None
    how: str = ""


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """All regions of the list, in the order of their codes."""
    source = resources.files(__package__ or "").joinpath("reference").joinpath("region_codes.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(Region(*row) for row in list(csv.reader(lines))[1:])


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Region]:
    index = {region.kemendagri: region for region in regions()}
    return index | {region.bps: region for region in regions() if region.bps}


def is_code_column(label: str) -> bool:
    """Whether a column of this label holds region codes."""
    return bool(_CODE.match(normal(label)))


def is_name_column(label: str) -> bool:
    """Whether a column of this label holds names of kecamatan or villages."""
    return bool(_NAME.match(normal(label)))


@lru_cache(maxsize=4096)
def judge(code: str, label: str, name: str = "") -> Verdict:
    """Hold one code against the lists. label: of its column. name: of the region, if beside it."""
    bps = "bps" in normal(label) or (code.isdigit() and len(code) == 7)
    standard = BPS if bps else KEMENDAGRI
    if region := _by_code().get(code):
        wrong_list = bps != (code == region.bps)
        if not wrong_list:
            return Verdict("ok", standard, region)
    if bps and re.fullmatch(r"[0-9]{10}", code) and code[:7] in _by_code():
        return Verdict("ok", BPS)  # villages of BPS are not in the list; their kecamatan is
    tight = re.sub(r"\s", "", code)
    if tight != code and (tight in _by_code() or _elsewhere(tight)):
        return Verdict("unknown", standard, how=f"Tulis `{tight}`, tanpa spasi.")
    if code in ("35", "3503") or _elsewhere(code):
        return Verdict("outside" if code not in ("35", "3503") else "ok", standard)
    return Verdict("unknown", standard, how=_remedy(code, standard, name))


def _elsewhere(code: str) -> bool:
    """A well-formed code of another regency, which our list cannot judge."""
    dotted = re.fullmatch(r"([0-9]{2})\.([0-9]{2})(?:\.[0-9]{2}(?:\.[0-9]{4})?)?", code)
    plain = re.fullmatch(r"([0-9]{2})([0-9]{2})(?:[0-9]{2,3}|[0-9]{6})?", code)
    match = dotted or plain
    if not match:
        return bool(re.fullmatch(r"[1-9][0-9]", code)) and "11" <= code <= "97"
    return "11" <= match[1] <= "97" and (match[1], match[2]) != ("35", "03")


def _remedy(code: str, standard: str, name: str) -> str:
    region = _tidied(code) or by_name(name) or _near(code)
    if region is None:
        return f"Cari kodenya di daftar kode wilayah {standard}, lalu ganti."
    right = region.bps if standard == BPS and region.bps else region.kemendagri
    return f"Ganti menjadi `{right}` ({region.name})."


def _tidied(code: str) -> Region | None:
    """The region meant by `35.03.3`, `35. 03. 03`, `350303` or `35.03.01.1`."""
    parts = _NUMBERS.findall(code)
    digits = "".join(parts)
    if len(parts) == 1 and len(digits) in (6, 10):
        parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= 4:
        return None
    padded = [part.lstrip("0").rjust(2, "0") for part in parts[:3]]
    if len(parts) == 4:
        padded.append(parts[3] if len(parts[3]) == 4 else "2" + parts[3].lstrip("0").rjust(3, "0"))
    return _by_code().get(".".join(padded))


def by_name(name: str) -> Region | None:
    """The one kecamatan of that name, or the one village; None when unknown or shared."""
    plain = _plain_name(name)
    if not plain:
        return None
    for levels in (("kecamatan",), ("desa", "kelurahan")):
        found = [r for r in regions() if r.level in levels and _plain_name(r.name) == plain]
        if len(found) == 1:
            return found[0]
    return None


def _near(code: str) -> Region | None:
    close = get_close_matches(code, _by_code(), n=2, cutoff=0.92) if len(code) < 20 else []
    return _by_code()[close[0]] if len(close) == 1 else None


def _plain_name(name: str) -> str:
    lower = re.sub(r"\b(?:kecamatan|kec|kelurahan|kel|desa|kabupaten|kab)\b\.?", "", name.lower())
    return re.sub(r"[^a-z]", "", lower)


def same_name(region: Region, name: str) -> bool:
    """Whether a name in the file is this region's, spaces, case and "Kec." aside."""
    return _plain_name(region.name) == _plain_name(name)


def code_text(cell: Any) -> str:
    """A code as text: 350301.0 of a spreadsheet is `350301`."""
    return text_of(cell).strip()


def shown(cell: Any) -> str:
    """A code fit for a report."""
    return show(code_text(cell))
