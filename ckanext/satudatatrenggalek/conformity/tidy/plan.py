"""What the copy will be: its columns, how each is tidied, what must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..counted import is_count
from ..expectation import Expectation
from ..inference import inferred_schema
from ..masking import mask_name
from ..personal import personal_columns
from ..region_names import names_beside
from ..regions import is_code_column, is_name_column
from ..roles import measures
from ..schema import Alignment, Column, align, title_for
from ..stretches import Stretch
from ..table import Table
from .answers import Asker, Tally
from .codes import RegionTidier
from .columns import (
    BooleanTidier,
    DateTidier,
    MonthTidier,
    Place,
    TextTidier,
    YearTidier,
)
from .counted_column import CountTidier
from .example import of_years
from .merged import Merged
from .number_column import NumberTidier
from .rows import data_rows, typed
from .shapes import Example, Question
from .wide import Wide, find_wide, group_type

_TYPED: dict[str, type[TextTidier]] = {
    "date": DateTidier,
    "year": YearTidier,
    "yearmonth": MonthTidier,
    "boolean": BooleanTidier,
    "number": NumberTidier,
    "integer": NumberTidier,
}
# Fields that say how their cells are written: those are right as they stand.
_OWN_WRITING = ("decimalChar", "groupChar", "bareNumber")
_EXAMPLE = 2  # rows shown to make a question plain
_JUNK = re.compile(r"(?:column|unnamed|kolom|field)[\s:_]*[0-9]*", re.IGNORECASE)
_TAG = re.compile(r"</?(?:sup|sub|b|i|u|br|span|p|em|strong|font)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Output:
    """A column of the copy. number: of its column in the file."""

    name: str
    number: int
    tidier: TextTidier
    field: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """outputs: in the order of the copy. junk: columns left out. personal: masked columns.

    merged: cells merged down. wide: the year columns, None when there are none.
    long: they become rows.
    """

    outputs: tuple[Output, ...]
    alignment: Alignment
    junk: tuple[Column, ...]
    personal: frozenset[int]
    questions: tuple[Question, ...]
    merged: Merged
    wide: Wide | None
    long: bool
    given: bool
    table_schema: Mapping[str, Any]


def make_plan(table: Table, expectation: Expectation, answers: Mapping[str, str]) -> Plan:
    """Read the table once and decide."""
    given = bool(expectation.table_schema)
    schema = dict(expectation.table_schema or inferred_schema(table, None))
    alignment = align(schema, table.layout.labels, table.layout.headless or not given)
    personal = personal_columns(alignment.columns)
    wide = find_wide(alignment, given)
    names = _names(alignment.columns, given)
    tidiers = _tidiers(alignment, expectation, answers, names, wide)
    filled, first = _learn(table, alignment.columns, tidiers)
    junk = tuple(c for c in alignment.columns if c.number not in filled and _is_junk(c, given))
    if len(junk) == len(alignment.columns):
        junk = ()  # a table of nothing else is left as it is
    left_out = {column.number for column in junk}
    kept = [c for c in alignment.columns if c.number not in left_out]
    outputs = [_output(c, names[c.number], tidiers[c.number]) for c in kept]
    if given:
        order = [field["name"] for field in schema["fields"]]
        outputs.sort(key=lambda o: order.index(o.name) if o.name in order else len(order))
    merged = Merged(table, answers)
    copied = {o.number: o.name for o in sorted(outputs, key=lambda output: output.number)}
    example = of_years(wide, copied, tidiers, first, personal) if wide else None
    asked, long = _asked(tidiers, wide, answers, names, example)
    asked = [*merged.questions(), *asked]
    fields = _fields(outputs, wide if long else None)
    return Plan(
        tuple(outputs),
        alignment,
        junk,
        personal,
        tuple(asked),
        merged,
        wide,
        long,
        given,
        schema if given else {**schema, "fields": fields},
    )


def _output(column: Column, name: str, tidier: TextTidier) -> Output:
    """A column of the copy, of the type it is tidied by: years of one thing have one type."""
    return Output(name, column.number, tidier, {**column.field, "type": tidier.place.column.type})


def _fields(outputs: Sequence[Output], wide: Wide | None) -> list[dict[str, Any]]:
    """Table Schema fields of the copy. wide: the year columns where they become rows."""
    years = wide.numbers if wide else ()
    fields = [{**o.field, "name": o.name} for o in outputs if o.number not in years]
    if wide is None:
        return fields
    of = {o.number: o.tidier.place.column.type for o in outputs}
    fields.append({"name": wide.year, "title": title_for(wide.year), "type": "year"})
    for stem, name in wide.names.items():
        kind = next((of[n] for n in wide.stems[stem].values() if n in of), "number")
        fields.append({"name": name, "title": title_for(name), "type": kind})
    return fields


def _is_junk(column: Column, given: bool) -> bool:
    """A column without a single filled cell that nobody planned or named."""
    label = column.label.strip()
    return not column.planned if given else not label or bool(_JUNK.fullmatch(label))


def tidy_label(label: str) -> str:
    """A label on one line, without the marks of a web page."""
    return " ".join(_TAG.sub(" ", label).split())


def _names(columns: Sequence[Column], given: bool) -> dict[int, str]:
    """The name of every column in the copy, each once."""
    names: dict[int, str] = {c.number: c.name for c in columns if given and c.planned}
    used = set(names.values())
    for column in columns:
        if column.number in names:
            continue
        name = base = tidy_label(column.label) or f"kolom_{column.number}"
        if name in used:
            name = f"{base}_{column.number}"
        names[column.number] = name
        used.add(name)
    return names


def _tidiers(
    alignment: Alignment,
    expectation: Expectation,
    answers: Mapping[str, str],
    names: Mapping[int, str],
    wide: Wide | None,
) -> dict[int, TextTidier]:
    given = bool(expectation.table_schema)
    missing = (expectation.table_schema or {}).get("missingValues", [""])
    personal = personal_columns(alignment.columns)
    tidiers: dict[int, TextTidier] = {}
    figures = measures(alignment.columns)
    for column in alignment.columns:
        group = wide.group(column.number) if wide else ()
        if group and group[0] in tidiers:
            tidiers[column.number] = tidiers[group[0]]  # one variable, one question
            continue
        name = names[column.number]
        if group:
            members = [c for c in alignment.columns if c.number in group]
            column = Column(
                column.number, column.label, {**column.field, "type": group_type(members)}
            )
            name = f"{name} sampai {names[group[-1]]}"
        asker = Asker(mask_name(name), column.number, answers, column.number in personal)
        place = Place(column, asker, given, frozenset(missing), expectation.unit, len(figures) == 1)
        beside = [c for c in alignment.columns if is_name_column(c.name)]
        tidiers[column.number] = _tidier(place, expectation.region_codes, beside)
    return tidiers


def _tidier(place: Place, region_codes: bool, names: Sequence[Column]) -> TextTidier:
    column = place.column
    own = column.field.get("format", "default") != "default"
    if own or any(name in column.field for name in _OWN_WRITING):
        return TextTidier(place)
    if column.type == "number" and is_count(column):
        return CountTidier(place)
    if column.type in _TYPED:
        return _TYPED[column.type](place)
    if region_codes and is_code_column(column.name):
        return RegionTidier(place, names_beside(column, names))
    return TextTidier(place)


def _learn(
    table: Table, columns: Sequence[Column], tidiers: Mapping[int, TextTidier]
) -> tuple[frozenset[int], list[tuple[str, ...]]]:
    """Show the tidiers the whole table.

    Gives the numbers of the columns that hold something, and the first rows.
    """
    filled: set[int] = set()
    first: list[tuple[str, ...]] = []
    for stretch in data_rows(table, columns, lambda *_: None):
        first += stretch.batch.texts.head(_EXAMPLE - len(first)).rows()
        for number, tidier in tidiers.items():
            texts = stretch.batch.column(number)
            if number not in filled and texts.str.contains(r"\S").any():
                filled.add(number)
            _show(stretch, number, texts, tidier)
    return frozenset(filled), first


def _show(stretch: Stretch, number: int, texts: pl.Series, tidier: TextTidier) -> None:
    written = typed(stretch, number) if tidier.texts_only else None
    suspects = tidier.suspects(texts)
    if written is not None:
        tidier.learn_all(texts.filter(written))
        suspects = suspects & written
    else:
        tidier.learn_all(texts)
    for text, count, rows in _distinct(texts, stretch.batch.rows, suspects):
        tidier.learn(text, (count, rows))
    if tidier.beside and suspects.any():
        others = {str(n): stretch.batch.column(n) for n in tidier.beside}
        for text, *cells in pl.DataFrame({"": texts, **others}).filter(suspects).unique().rows():
            tidier.learn_beside(text, cells)


def _distinct(
    texts: pl.Series, rows: pl.Series, mask: pl.Series
) -> Iterable[tuple[str, int, list[int]]]:
    if not mask.any():
        return ()
    frame = pl.DataFrame({"text": texts, "row": rows}).filter(mask)
    counted = frame.group_by("text", maintain_order=True).agg(
        pl.len().alias("count"), pl.col("row").head(5)
    )
    return counted.iter_rows()


def _asked(
    tidiers: Mapping[int, TextTidier],
    wide: Wide | None,
    answers: Mapping[str, str],
    names: Mapping[int, str],
    example: Example | None,
) -> tuple[list[Question], bool]:
    """All questions in the order of the columns, and whether years shall become rows."""
    questions = list(_of_table(wide, answers, names, example))
    long = bool(questions) and questions[0].answer == "long"
    for tidier in dict.fromkeys(tidiers.values()):
        questions += tidier.questions()
    return questions, long


def _of_table(
    wide: Wide | None,
    answers: Mapping[str, str],
    names: Mapping[int, str],
    example: Example | None,
) -> Iterator[Question]:
    if wide is None:
        return
    first = wide.numbers[0]
    asker = Asker(mask_name(names[first]), first, answers)
    tally = Tally(names[first], len(wide.numbers))
    value = " + ".join([wide.year, *wide.names.values()])
    results = {"long": value, "keep": names[first]}
    yield asker.ask("wide-years", tally, results, example=example)
