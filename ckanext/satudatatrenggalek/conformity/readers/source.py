"""The common shape of every reader, and the exceptions a hostile file can cause."""

from __future__ import annotations

import csv
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..formats import SPREADSHEETS

# What zipfile, expat, csv, openpyxl and xlrd raise on damaged or hostile bytes. They do not
# document it; the list was grown with the property tests. Never wider: a bug of ours must show.
# Errors that only one reader knows stand with it, and in `Source.errors`.
READ_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,  # XML parse errors of ElementTree and lxml are SyntaxErrors
    TypeError,
    ValueError,
    csv.Error,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)

MAX_MERGED = 1_000  # merged areas a reader lists of one sheet; there may be more

Row = list[Any]
Hidden = tuple[list[int], list[tuple[int, int]]]


@dataclass(frozen=True)
class Problem:
    """A finding in the making: its code and the words of its sentence. row: None for the file."""

    code: str
    words: dict[str, Any] = field(default_factory=dict)
    row: int | None = None


class Unreadable(Exception):
    """The file cannot be read at all; `problem` says why."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, words)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and ways to read its rows from the first, its merged ranges ("A1:B2")
    from top to bottom, and its hidden rows and columns, the latter as (first, last) from 1."""

    name: str
    read: Callable[[], Iterator[Row]]
    merged: Callable[[], list[str]] = list
    hidden: Callable[[], Hidden] = lambda: ([], [])


def _nothing() -> None:
    return None


@dataclass
class Source:
    """An opened file, closed by `with`.

    problems grows while rows are read (a quote left open, a broken end). path: of a text file,
    which a faster reader may take; None for every other. careful: whether the rows come by a
    careful reader, known once they are read. errors: what else its rows may raise.
    """

    format: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
    close: Callable[[], None] = _nothing
    problems: list[Problem] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    path: Path | None = None
    careful: bool = True
    errors: tuple[type[Exception], ...] = ()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def spreadsheet(self) -> bool:
        return self.format in SPREADSHEETS

    @property
    def textual(self) -> bool:
        """Whether every cell is text, whatever it means."""
        return self.format in ("csv", "html")

    @property
    def padded(self) -> bool:
        """Whether blank cells at the end of its rows mean nothing."""
        return self.spreadsheet or self.format == "html"

    def rows(self, sheet: Sheet, limit: int | None = None) -> Iterator[tuple[int, Row]]:
        """(row number as the spreadsheet shows it, cells), ending early with a problem noted."""
        number = 0
        try:
            for number, cells in enumerate(sheet.read(), start=1):
                if limit is not None and number > limit:
                    self.note(Problem("too-many-rows", {"count": limit}, number))
                    return
                yield number, cells
        except Unreadable as unreadable:
            self.note(unreadable.problem)
        except (*READ_ERRORS, *self.errors):
            self.note(Problem("cut-short", row=number))

    def note(self, problem: Problem) -> None:
        """Keep a problem, once per code however often the file is read."""
        if problem.code not in {known.code for known in self.problems}:
            self.problems.append(problem)
