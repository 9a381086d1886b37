"""What Satu Data asks of a table beyond its types: one rule a class, one pass over the rows.

A rule is made for the columns of one table, sees every data row once and may speak at the end.
"""

from __future__ import annotations

from .base import Rule, RuleContext
from .cells import Formulas, HtmlTags, LostDigits, NumbersAsText, UntidyText
from .counts import ThousandsAsDecimals
from .numbers import AmbiguousThousands, BlankCells, ExcelErrors
from .period import Period
from .personal import PersonalData
from .regions import RegionCodes
from .rows import DuplicateRows

RULES: tuple[type[Rule], ...] = (
    PersonalData,
    RegionCodes,
    Period,
    AmbiguousThousands,
    ExcelErrors,
    BlankCells,
    DuplicateRows,
    UntidyText,
    HtmlTags,
    LostDigits,
    NumbersAsText,
    Formulas,
    ThousandsAsDecimals,
)

__all__ = ["RULES", "Rule", "RuleContext"]
