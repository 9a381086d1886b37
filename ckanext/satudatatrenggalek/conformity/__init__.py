"""The check engine: does this file conform, and if not, what is to be mended where?

No CKAN, no database, no network. Callers use the names below and nothing deeper.
"""

from __future__ import annotations

from . import allocator  # noqa: F401 (before anything imports polars)
from .columns import Mistake, codes_of, key_of, mistakes, rules_of
from .engine import check_file
from .expectation import BadSchema, Expectation, Limits, Previous
from .formats import FINDINGS_SHEET, FORMATS, TABULAR
from .gate import Refusal, check_name, inspect_upload
from .grouping import alike, figure, with_unkept
from .inference import infer_schema
from .marked import Marked, write_marked
from .report import ERROR, ITEMS, WARNING, Finding, Report, Stats
from .schema_changes import SchemaChange, against_file, changes, words_of
from .table import Page, RowView, last_row, rows
from .tidy import Change, Option, Question, Tidied, propose, write_tidied

__all__ = [
    "ERROR",
    "FINDINGS_SHEET",
    "FORMATS",
    "ITEMS",
    "TABULAR",
    "WARNING",
    "BadSchema",
    "Change",
    "Expectation",
    "Finding",
    "Limits",
    "Marked",
    "Mistake",
    "Option",
    "Page",
    "Previous",
    "Question",
    "Refusal",
    "Report",
    "RowView",
    "SchemaChange",
    "Stats",
    "Tidied",
    "against_file",
    "alike",
    "changes",
    "check_file",
    "check_name",
    "codes_of",
    "figure",
    "infer_schema",
    "inspect_upload",
    "key_of",
    "mistakes",
    "propose",
    "last_row",
    "rows",
    "rules_of",
    "with_unkept",
    "words_of",
    "write_marked",
    "write_tidied",
]
