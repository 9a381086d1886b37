"""`propose` and `write_tidied`: a tidied copy of a table, looked at or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from ..expectation import Expectation
from ..formats import KIND_WORDS
from ..messages.tidy import CHANGES
from ..readers import Unreadable
from ..rules.rows import is_blank
from ..stretches import Progress
from ..table import Table, open_table
from .changes import ChangeLog
from .copying import Copy
from .plan import Plan, make_plan
from .shapes import Tidied

# A file read only in part makes no copy: what follows the break would be lost.
_BROKEN = frozenset({"cut-short", "unclosed-quote", "binary-content", "too-many-rows"})
_HEAD = 64 * 1024


def propose(
    path: Path,
    expectation: Expectation,
    answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Tidied | None:
    """What a tidied copy of the file would be; writes nothing.

    answers: `Question.key` to `Option.key`. Cells of open questions stay as they are.
    progress: as `check_file` takes it, called in the second of two readings.
    None when the file holds no table that can be read to its end.
    Raises OSError when it cannot be opened, BadSchema when the schema handed in is wrong.
    """
    return _make(path, expectation, answers or {}, (None, None), progress)


def write_tidied(
    path: Path,
    expectation: Expectation,
    answers: Mapping[str, str],
    target: Path,
    log: Path,
    progress: Progress | None = None,
) -> Tidied | None:
    """The same, and the copy itself: UTF-8, comma, one header row, to `target`; the complete
    change log as CSV to `log`. Rows stream; where None comes back the two files are no copy."""
    return _make(path, expectation, answers, (target, log), progress)


def _make(
    path: Path,
    expectation: Expectation,
    answers: Mapping[str, str],
    written: tuple[Path | None, Path | None],
    progress: Progress | None,
) -> Tidied | None:
    with _opened(path, expectation) as table:
        if table is None:
            return None
        plan = make_plan(table, expectation, answers)
        with ExitStack() as stack:
            target, log = (_writer(stack, place) for place in written)
            lines = ChangeLog(plan.personal, log)
            _log_file(lines, path, table)
            _log_header(lines, table, plan)
            copy = Copy(table, plan, lines, target)
            copy.run(progress)
        if _BROKEN & {problem.code for problem in table.source.problems}:
            return None
    return Tidied(
        questions=plan.questions,
        counts=dict(lines.counts),
        changes=tuple(lines.kept),
        rows=copy.rows,
        columns=copy.columns,
        table_schema=plan.table_schema,
        sample=tuple(copy.sample),
        origins=tuple(copy.origins),
        name=f"{_stem(expectation.name or path.name)}_rapi.csv",
        titles={code: CHANGES[code][0] for code in lines.counts},
    )


def _stem(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


@contextmanager
def _opened(path: Path, expectation: Expectation) -> Iterator[Table | None]:
    """The table of the file, closed afterwards; None for GeoJSON, whose geometry no CSV holds."""
    try:
        opened = open_table(path, expectation)
    except Unreadable:
        yield None
        return
    if not isinstance(opened, Table):
        yield None
        return
    with opened.source:
        yield None if opened.source.format == "geojson" else opened


def _writer(stack: ExitStack, path: Path | None) -> TextIO | None:
    # A lone surrogate (a broken UTF-16 file) has no place in UTF-8.
    return (
        stack.enter_context(path.open("w", encoding="utf-8", errors="replace", newline=""))
        if path
        else None
    )


def _log_file(log: ChangeLog, path: Path, table: Table) -> None:
    """What changes for the file as a whole."""
    source = table.source
    if source.format != "csv":
        log.add("format", before=KIND_WORDS.get(source.format, source.format.upper()))
        if table.others:
            log.add("sheet", before=table.sheet.name)
        return
    if source.encoding != "utf-8":
        mark = source.encoding == "utf-8-sig"
        log.add(
            "encoding", before="UTF-8 (BOM)" if mark else source.encoding.upper(), after="UTF-8"
        )
    if source.delimiter != ",":
        log.add(
            "delimiter", before={"\t": "tab"}.get(source.delimiter, source.delimiter), after=","
        )
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"\r" in head and b"\n" not in head:
        log.add("line-ends")


def _log_header(log: ChangeLog, table: Table, plan: Plan) -> None:
    """What changes above the first row of data."""
    layout = table.layout
    names = ", ".join(output.name for output in plan.outputs)
    if layout.headless:
        log.add("header-added", after=names)
    else:
        _log_above(log, table)
        _log_labels(log, layout.last, plan)
    for column in plan.junk:
        label = column.label.strip() or f"kolom ke-{column.number}"
        log.add("junk-column", layout.last or None, label)
    if plan.alignment.moved:
        log.add("column-moved", layout.last or None, after=names)
    if plan.long and plan.wide:
        for year in plan.wide.years:
            log.add("wide-years", layout.last or None, plan.wide.year, year, year)


def _log_above(log: ChangeLog, table: Table) -> None:
    for number, cells in table.source.rows(table.sheet):
        if number >= table.layout.first:
            break
        log.add_row("blank-row" if is_blank(cells) else "title-row", number, cells)
    if table.layout.stacked:
        log.add("stacked-header", table.layout.first)


def _log_labels(log: ChangeLog, row: int, plan: Plan) -> None:
    labels = {column.number: column.label for column in plan.alignment.columns}
    for output in plan.outputs:
        if labels[output.number] != output.name:
            log.add("label", row, output.name, labels[output.number], output.name)
