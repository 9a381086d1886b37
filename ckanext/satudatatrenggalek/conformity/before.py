"""Reading the edition before, so that the new file can be compared with it."""

from __future__ import annotations

import polars as pl

from .batch import Batch
from .collect import Collector
from .expectation import BadSchema, Expectation
from .inference import inferred_schema
from .judging.aside import Aside
from .readers import Unreadable
from .rules.editions import MOST_ROWS, Before
from .schema import Alignment, align
from .stretches import Reading
from .table import Table, open_table


def read_before(expectation: Expectation) -> Before | None:
    """The edition before the file of this expectation; None when there is none.

    None also when it cannot be read, which is not the new file's fault.
    """
    previous = expectation.previous
    if previous is None:
        return None
    asked = Expectation(
        name=previous.name, table_schema=previous.table_schema, limits=expectation.limits
    )
    try:
        table = open_table(previous.path, asked)
    except (Unreadable, BadSchema, OSError):
        return None
    if not isinstance(table, Table):
        return None
    with table.source:
        return _read(table, asked)


def _read(table: Table, asked: Expectation) -> Before:
    schema = asked.table_schema or inferred_schema(table, MOST_ROWS)
    by_position = table.layout.headless or not asked.table_schema
    alignment = align(schema, table.layout.labels, by_position)
    stretches = list(_data(table, alignment))
    rows = sum(len(batch) for batch in stretches)
    if not rows or rows > MOST_ROWS:
        return Before(alignment.columns, None)
    whole = Batch(
        pl.concat([batch.rows for batch in stretches]),
        pl.concat([batch.texts for batch in stretches]),
    )
    return Before(alignment.columns, whole)


def _data(table: Table, alignment: Alignment) -> list[Batch]:
    """The rows of data, as the check of that edition took them."""
    nobody = Collector("", 0)
    source, aggregates = table.source, table.layout.aggregates
    aside = Aside(alignment.columns, nobody, source.spreadsheet, aggregates)
    batches = []
    for stretch in Reading(table, MOST_ROWS + 1):
        stay = aside.take(stretch, aside.doubtful(stretch.batch), ())
        batches.append(stretch.batch if stay is None else stretch.batch.keep(stay))
    return batches
