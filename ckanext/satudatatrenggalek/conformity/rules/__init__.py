"""What Satu Data asks of a table beyond its types: one rule a class, one pass over the rows.

A rule is made for the columns of one table, sees every data row once and may speak at the end.
"""

from __future__ import annotations

from .base import Rule, RuleContext
from .cells import Formulas, NumbersAsText, RoundedNumbers, TextCells
from .columns import ColumnContents, ColumnNames
from .counts import ThousandsAsDecimals
from .dates import DateWritings
from .duplicates import DuplicateRows
from .identifiers import RepeatedIdentifiers
from .numbers import AmbiguousThousands, BlankCells, ExcelErrors
from .period import Period
from .personal import PersonalData
from .places import Places
from .previous import PreviousEdition
from .regions import RegionCodes, RegionNames
from .totals import TotalRow, Totals
from .units import Ranges, Units
from .variants import NameVariants

RULES: tuple[type[Rule], ...] = (
    PersonalData,
    RegionCodes,
    RegionNames,
    Period,
    AmbiguousThousands,
    ExcelErrors,
    BlankCells,
    ColumnNames,
    ColumnContents,
    Units,
    Ranges,
    Places,
    Totals,
    TotalRow,
    DuplicateRows,
    RepeatedIdentifiers,
    DateWritings,
    NameVariants,
    TextCells,
    RoundedNumbers,
    NumbersAsText,
    Formulas,
    ThousandsAsDecimals,
    PreviousEdition,
)

__all__ = ["RULES", "Rule", "RuleContext"]
