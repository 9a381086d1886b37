"""One region code held against a list: in force, moved, from elsewhere, or wrong and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from .layout import normal
from .regions import BPS, HOME, KEMENDAGRI, PROVINCES, Region, RegionList, same_name

DOTTED = r"[0-9]{2}\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?"  # of Kemendagri, from a regency on
BPS_SHAPE = "[0-9]{4}|[0-9]{7}"
_NUMBERS = re.compile(r"[0-9]+")
_ONLY_NUMBERS = re.compile(r"[0-9.,\-/]+")
_TAIL = re.compile(r"([0-9]{2,10})\.0+")
WIDER = (HOME[:2], HOME, HOME.replace(".", ""))
_MANY = 2_000  # codes beyond which looking for a similar one takes too long


@dataclass(frozen=True)
class Verdict:
    """kind: "ok", "moved" (no longer in force), "outside" (of Trenggalek) or "unknown".

    standard: whose list it was held against. region: what was found. how: the remedy.
    """

    kind: str
    standard: str = KEMENDAGRI
    region: Region | None = None
    how: str = ""


def standard_of(label: str, code: str) -> str:
    """Whose code this is: the label decides, else its shape."""
    name = normal(label)
    if "bps" in name:
        return BPS
    if "kemendagri" in name:
        return KEMENDAGRI
    return BPS if re.fullmatch(BPS_SHAPE, code) else KEMENDAGRI


def judge(code: str, label: str, listed: RegionList, name: str = "", level: str = "") -> Verdict:
    """Hold one code against the list.

    label: of its column. name: of the region, if beside it. level: which the name's column names.
    """
    standard = standard_of(label, code)
    region = listed.bps(code) if standard == BPS else listed.kemendagri(code)
    if region and region.until:
        return Verdict("moved", standard, region, _moved(region, standard, listed))
    if region:
        home = region.code.startswith(HOME) or region.code in WIDER
        return Verdict("ok" if home else "outside", standard, region)
    if standard == BPS and re.fullmatch(r"[0-9]{10}", code) and (district := listed.bps(code[:7])):
        # Villages of BPS are not in our list; their kecamatan is.
        return Verdict("ok" if district.code.startswith(HOME) else "outside", BPS)
    if code in WIDER:
        return Verdict("ok", standard)
    tight = _tight(code)
    if tight != code and (listed.find(tight) or _elsewhere(tight, listed)):
        return Verdict("unknown", standard, how=f"Tulis `{tight}`, {_without(code)}.")
    if _elsewhere(code, listed):
        return Verdict("outside", standard)
    return Verdict("unknown", standard, how=_remedy(code, standard, listed, (name, level)))


def _tight(code: str) -> str:
    """A code without blanks, quotes, and the `.0` of a number."""
    tight = re.sub(r"[\s\u00a0'`\"]", "", code)
    tailed = _TAIL.fullmatch(tight)
    return tailed[1] if tailed else tight


def _without(code: str) -> str:
    if re.search(r"[\s\u00a0]", code):
        return "tanpa spasi"
    return "tanpa `.0`" if _TAIL.fullmatch(code) else "tanpa tanda petik"


def _moved(region: Region, standard: str, listed: RegionList) -> str:
    now = listed.kemendagri(region.successor) if region.successor else None
    if now is None:
        return f"Cari kode yang berlaku di daftar {standard}, lalu ganti."
    return f"Ganti menjadi `{_code(now, standard)}` ({now.name})."


def _code(region: Region, standard: str) -> str:
    return region.bps if standard == BPS and region.bps else region.code


def _elsewhere(code: str, listed: RegionList) -> bool:
    """A well-formed code of a regency the list does not cover, which it cannot judge."""
    dotted = re.fullmatch(DOTTED, code)
    if not dotted and not re.fullmatch(r"[0-9]{4}(?:[0-9]{2,3}|[0-9]{6})?", code):
        return code in PROVINCES
    province, regency = code[:2], code[3:5] if dotted else code[2:4]
    known = province in PROVINCES and regency != "00"
    return known and not listed.covers(province, regency)


def _remedy(code: str, standard: str, listed: RegionList, beside: tuple[str, str]) -> str:
    name, level = beside
    written = _tidied(code, listed)
    if written and (others := named_otherwise(written, name, level, listed)):
        own = f"{_code(written, standard)} {written.name}"
        other = f" ({_code(others[0], standard)})" if len(others) == 1 else ""
        return (
            f"Kodenya mirip {own}, tetapi nama di sampingnya {others[0].name}{other}. "
            "Periksa mana yang benar, lalu tulis kodenya lengkap."
        )
    region = written or listed.only(name) or _near(code, listed)
    if region is None:
        return f"Cari kodenya di daftar kode wilayah {standard}, lalu ganti."
    return f"Ganti menjadi `{_code(region, standard)}` ({region.name})."


def named_otherwise(region: Region, name: str, level: str, listed: RegionList) -> list[Region]:
    """The regions a name beside a code is of, when the code's own is none of them.

    level: of the name, "" when not known. Empty as well where the name is of no known region, of
    a part of the region, or of what it is a part of.
    """
    found = [r for r in listed.named(name, level) if not r.until]
    if not name or same_name(region, name) or any(_within(r, region) for r in found):
        return []
    return found


def _within(one: Region, other: Region) -> bool:
    return f"{one.code}.".startswith(f"{other.code}.") or f"{other.code}.".startswith(
        f"{one.code}."
    )


def _tidied(code: str, listed: RegionList) -> Region | None:
    """The region meant by `35.03.3`, `35,03,03`, `350303`, `3503010.0` or `35.03.01.1`."""
    return next((found for each in _writings(code, True) if (found := listed.find(each))), None)


def code_of(region: Region, like: str) -> str:
    """The region's code in the list that a code `like` is of; "" when that has none."""
    return region.bps if "." not in like else region.code


def completed(code: str, label: str, listed: RegionList) -> str:
    """The one known code that `code` is another writing of; "" for none, several, and itself.

    Nothing is guessed: what is made of it is written into a copy without being looked at.
    """
    if not code or judge(code, label, listed).kind != "unknown":
        return ""
    known = {c for c in _writings(code, False) if judge(c, label, listed).kind != "unknown"}
    return next(iter(known)) if len(known) == 1 else ""


def _writings(code: str, guess: bool) -> Iterator[str]:
    """A code without blanks and `.0`, and as Kemendagri writes it, zeros put back.

    guess: also from among words, with zeros too many, and with a village by its bare number.
    """
    tight = _tight(code)
    yield tight
    if not guess and not _ONLY_NUMBERS.fullmatch(tight):
        return
    parts = _NUMBERS.findall(tight)
    if len(parts) == 1 and len(tight) in (6, 10):
        parts = [tight[:2], tight[2:4], tight[4:6], *filter(None, [tight[6:]])]
    if not 2 <= len(parts) <= 4:
        return
    if guess:
        parts[:3] = [part.lstrip("0") for part in parts[:3]]
        if len(parts) == 4 and len(parts[3]) != 4:
            parts[3] = "2" + parts[3].lstrip("0").rjust(3, "0")
    if all(len(part) <= 2 for part in parts[:3]) and all(len(part) == 4 for part in parts[3:]):
        yield ".".join([*(part.rjust(2, "0") for part in parts[:3]), *parts[3:]])


def _near(code: str, listed: RegionList) -> Region | None:
    if len(code) >= 20 or len(listed) > _MANY:
        return None
    close = get_close_matches(code, list(listed.codes()), n=2, cutoff=0.92)
    return listed.find(close[0]) if len(close) == 1 else None
