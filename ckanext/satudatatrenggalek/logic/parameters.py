"""Reads the parameters of actions. What cannot be understood is refused in words, never a crash.

JSON lets a caller send a list for a text, NUL for a letter, or a number of a thousand digits.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from ..domain import words
from .messages import conflict

_LONGEST = 4000
_LARGEST = 10**15
_ON = frozenset({"true", "yes", "on", "t", "y", "1", "ya"})
_OFF = frozenset({"false", "no", "off", "f", "n", "0", "tidak", ""})


def plain(value: Any, what: str, longest: int = _LONGEST) -> str:
    """A value as stripped text; nothing sent is empty.

    :param what: the value's name in the sentence.
    :raises ValidationError: 409, it is no text, too long, or holds what no database keeps.
    """
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return str(value)
    if not isinstance(value, str):
        raise conflict("bad_input", f"{what} tidak terbaca. Kirim sebagai teks biasa.")
    text = value.strip()
    if len(text) > longest:
        raise conflict("bad_input", f"{what} terlalu panjang. Ringkas sampai {longest} huruf.")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise conflict(
            "bad_input", f"{what} memuat huruf yang tidak bisa disimpan. Ketik ulang isinya."
        )
    return text


def text(data: dict[str, Any], name: str) -> str:
    """The parameter as stripped text; empty when it was not sent.

    :raises ValidationError: as ``plain``.
    """
    return plain(data.get(name), f"Parameter {name}")


def needed(data: dict[str, Any], name: str) -> str:
    """The parameter as text that is not empty.

    :raises ValidationError: as ``plain``, or 409 for want of it.
    """
    found = text(data, name)
    if not found:
        raise conflict("bad_input", f"Parameter {name} belum diisi. Sertakan nilainya.")
    return found


def one_of(data: dict[str, Any], name: str, known: Collection[str]) -> str:
    """The parameter if it is a known word; empty when it was not sent.

    :raises ValidationError: 409, naming the words.
    """
    found = text(data, name)
    return _known(found, name, known) if found else ""


def some_of(data: dict[str, Any], name: str, known: Collection[str]) -> tuple[str, ...]:
    """The parameter as known words, sent as one text or a list; none when it was not sent.

    :raises ValidationError: 409, naming the words.
    """
    sent = data.get(name)
    rows = sent if isinstance(sent, (list, tuple)) else [sent]
    found = [plain(row, f"Parameter {name}") for row in rows]
    return tuple(_known(word, name, known) for word in found if word)


def _known(word: str, name: str, known: Collection[str]) -> str:
    if word not in known:
        raise conflict(
            "bad_input",
            f"Parameter {name} bernilai '{word[:60]}', yang tidak dikenal. "
            f"Pakai: {', '.join(known)}.",
        )
    return word


def whole(data: dict[str, Any], name: str, default: int, most: int) -> int:
    """The parameter as a whole number from 0; more than ``most`` is ``most``.

    :raises ValidationError: 409, not written in plain digits.
    """
    sent = text(data, name)
    if not sent:
        return default
    number = words.baca_bilangan(sent, most)
    if number is None:
        raise conflict(
            "bad_input", f"Parameter {name} bukan bilangan. Tulis angka tanpa tanda, misalnya 20."
        )
    return number


def switch(data: dict[str, Any], name: str, default: bool) -> bool:
    """The parameter as yes or no, ``default`` when it was not sent.

    :raises ValidationError: 409, neither yes nor no.
    """
    sent = data.get(name)
    if sent is None or isinstance(sent, bool):
        return default if sent is None else sent
    word = text(data, name).lower()
    if word not in _ON | _OFF:
        raise conflict("bad_input", f"Parameter {name} tidak terbaca. Tulis true atau false.")
    return word in _ON


def day(data: dict[str, Any], name: str, what: str) -> date | None:
    """The parameter as a day, ISO 8601; None when it was not sent.

    :param what: the day's name in the sentence.
    :raises ValidationError: 409, no day.
    """
    sent = plain(data.get(name), what)
    if not sent:
        return None
    try:
        return date.fromisoformat(sent)
    except ValueError as error:
        raise conflict("bad_input", f"{what} tidak terbaca. Tulis seperti 2026-11-30.") from error
