"""What a file should be: the argument of every check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .formats import claimed_format
from .regions import RegionList


class BadSchema(ValueError):
    """The Table Schema handed in is itself wrong; the message is an Indonesian sentence."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one check. `None` means unbounded.

    max_bytes, max_unpacked in bytes; max_rows counts rows of the sheet, its header among them;
    max_findings is what a report keeps (all are counted); max_columns cells of a row.
    """

    max_bytes: int | None = 100 * 1024 * 1024
    max_unpacked: int = 2 * 1024 * 1024 * 1024
    max_rows: int | None = 5_000_000
    max_columns: int = 2_000
    max_findings: int | None = 1_000


@dataclass(frozen=True)
class Previous:
    """The edition before: its file, how it was named, and the Table Schema it was checked by."""

    path: Path
    name: str = ""
    table_schema: Mapping[str, Any] | None = None
    period: str = ""


@dataclass(frozen=True)
class Expectation:
    """What the file should be.

    name: file name as uploaded. format: "csv", "xlsx" ... or "": then from the name,
    else from the bytes.
    table_schema: Table Schema (Frictionless v1 or v2) or None (then inferred).
    region_codes: check codes against the Kemendagri and BPS lists.
    region_list: the list to check them against, None for the one that comes along.
    period: the edition's period as text holding its year(s), such as "2025" or "2024/2025", or "".
    access: "terbuka", "terbatas", "tertutup" or "" (taken as terbuka): personal data is an
    error only in what the public will read. sheet: name of the sheet to check, "" to choose one.
    frequency: how often an edition comes, one of the portal's `accrualPeriodicity` values, or "".
    unit: the unit of the dataset's Standar Data, such as "ton", or "".
    previous: the edition before, or None for the first.
    references: for foreign keys, by the name of the resource referred to: its rows as
    mappings of field name to text.
    """

    name: str = ""
    format: str = ""
    table_schema: Mapping[str, Any] | None = None
    region_codes: bool = True
    region_list: RegionList | None = None
    period: str = ""
    access: str = ""
    sheet: str = ""
    frequency: str = ""
    unit: str = ""
    previous: Previous | None = None
    references: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    @property
    def claimed(self) -> str:
        """Format the uploader claims, in lower case without a dot; "" when unknown."""
        return self.format.lower().lstrip(".") or claimed_format(self.name)

    @property
    def public(self) -> bool:
        """Whether the public will read this file."""
        return self.access.lower() not in ("terbatas", "tertutup")
