"""The tidier of number columns: separators, units, markers, zeros after the dot."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ..notation import COMMA, DECIMAL, DOT, THOUSANDS, Amount, amount, notation_of
from ..numbers import LETTERS, ONE_GROUP, PLAIN, PLAIN_INTEGER, diagnose, whole_of
from ..units import is_known
from .answers import Tally, tallied
from .columns import MarkedTidier, Place, Seen, in_rupiah, is_unit_of
from .shapes import Question

_PLAIN = rf"^{PLAIN.pattern}$"
_PLAIN_INTEGER = rf"^{PLAIN_INTEGER.pattern}$"
_GROUPED = rf"^{ONE_GROUP.pattern}$"
_MOST_SLIPS = 20  # mistyped figures of a column that are asked about; more are a habit
_KINDS = {DOT: "thousands-or-decimal", COMMA: "comma-or-thousands"}


class NumberTidier(MarkedTidier):
    """Numbers and whole numbers."""

    zero = True

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._integer = place.column.type == "integer"
        self._ambiguous: dict[str, Tally] = {}
        self._units: dict[str, Tally] = {}
        self._letters: dict[str, Tally] = {}
        self.notation = notation_of(place.column, place.unit if place.measure else "")
        self.notation.dot = self.asker.answer(_KINDS[DOT])
        self.notation.comma = self.asker.answer(_KINDS[COMMA])

    def suspects(self, texts: pl.Series) -> pl.Series:
        if self._integer:
            return ~texts.str.contains(_PLAIN_INTEGER) & (texts != "")
        return (~texts.str.contains(_PLAIN) & (texts != "")) | texts.str.contains(_GROUPED)

    def learn_all(self, texts: pl.Series) -> None:
        self.notation.learn(texts)

    def learn_value(self, text: str, seen: Seen) -> None:
        found = amount(text)
        if found is None:
            if LETTERS.fullmatch(text):
                tallied(self._letters, text, text, seen)
            return
        self.notation.see(found)
        if found.shape in _KINDS:
            tallied(self._ambiguous, found.shape, found.core, seen)
        beside = found.currency or found.unit
        if beside and not self._known(found):
            tallied(self._units, beside, text, seen)

    def questions(self) -> Iterator[Question]:
        yield from super().questions()
        for shape, tally in self._ambiguous.items():
            if not self.notation.reading(shape):
                core = tally.example
                whole, part = core.replace(".", "").replace(",", ""), _as_decimal(core)
                yield self.asker.ask(_KINDS[shape], tally, {THOUSANDS: whole, DECIMAL: part})
        for text, (tally, meant) in self._slips().items():
            results = {"figure": meant, "empty": "", "keep": text}
            yield self.asker.ask("mistyped", tally, results, text)
        for unit, tally in self._units.items():
            if self._is_slip(unit):
                continue
            found = amount(tally.example)
            plain = self.notation.plain(found)[0] if found else ""
            results = {"strip": plain or tally.example, "keep": tally.example}
            yield self.asker.ask("unit-in-number", tally, results, unit)

    def _slips(self) -> dict[str, tuple[Tally, str]]:
        """Mistyped figures by their text, with the figure that may be meant."""
        found = {text: (tally, diagnose(text).plain) for text, tally in self._letters.items()}
        for unit, tally in self._units.items():
            if self._is_slip(unit) and (read := amount(tally.example)):
                plain = self.notation.plain(read)[0]
                found |= {tally.example: (tally, plain)} if plain else {}
        return {text: slip for text, slip in found.items() if slip[1]} if self._few() else {}

    def _few(self) -> bool:
        return len(self._letters) + sum(map(self._is_slip, self._units)) <= _MOST_SLIPS

    def _is_slip(self, unit: str) -> bool:
        """A unit is known as one, or stands at several cells; else it is a slip of the keyboard."""
        return self._units[unit].count < 2 and unit.isalpha() and not is_known(unit)

    def _mended(self, text: str) -> tuple[str, str]:
        """A mistyped figure, as was answered."""
        answer = self.asker.answer("mistyped", text)
        if answer == "empty":
            return "", "mistyped"
        slip = self._slips().get(text)
        return (slip[1], "mistyped") if slip and answer == "figure" else (text, "")

    def write(self, text: str) -> tuple[str, str]:
        found = amount(text)
        if found is None or (found.unit in self._units and self._is_slip(found.unit)):
            return self._mended(text)
        if (found.currency or found.unit) and not self._strips(found):
            return text, ""
        plain, code = self.notation.plain(found)
        if not plain:
            return text, ""
        if found.shape == DOT and self._decimal_by_answer():
            plain, code = _as_decimal(found.core), DECIMAL
        if self._integer and (whole := whole_of(plain)):
            plain, code = whole, code or "whole"
        if found.currency or found.unit:
            code = "currency" if found.currency else "unit"
        return plain, "" if plain == text else code

    def _decimal_by_answer(self) -> bool:
        return self.notation.dot == DECIMAL and not self.notation.reading(DOT)

    def _known(self, found: Amount) -> bool:
        if found.currency:
            return found.currency.lower().startswith(("rp", "idr")) and in_rupiah(self.place)
        return is_unit_of(self.place, found.unit)

    def _strips(self, found: Amount) -> bool:
        beside = found.currency or found.unit
        return self._known(found) or self.asker.answer("unit-in-number", beside) == "strip"


def _as_decimal(core: str) -> str:
    """`1.250` meant as a decimal, written so that nobody takes its dot for a thousand: 1.25."""
    short = core.replace(",", ".").rstrip("0")
    return short + "0" if short.endswith(".") else short
