"""What goes over the wire: the order to the child, as JSON, and the lines it answers with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ..expectation import Expectation, Limits, Previous


@dataclass(frozen=True)
class Bounds:
    """What one check may use. Seconds of the clock and of the processors, bytes otherwise.

    memory: beyond what an idle child has. disk: of each temporary file. report: of all it says.
    """

    seconds: float = 300
    cpu_seconds: int = 600
    memory: int = 2048 * 1024 * 1024
    disk: int = 1024 * 1024 * 1024
    report: int = 32 * 1024 * 1024


@dataclass(frozen=True)
class Reference:
    """A table that a foreign key refers to: a file, read in the child like the file itself."""

    path: Path
    name: str = ""
    format: str = ""


@dataclass(frozen=True)
class Writing:
    """What to write from a file instead of checking it.

    folder: where to. answers: of a tidied copy. report: of a marked workbook, as `Report.to_dict`
    gives it; None for a tidied copy.
    """

    folder: Path
    answers: Mapping[str, str] = field(default_factory=dict)
    report: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Errand:
    """One file to be checked, or written from, as the child gets it."""

    path: Path
    expectation: Expectation
    references: Mapping[str, Reference]
    bounds: Bounds
    writing: Writing | None = None


def write(errand: Errand) -> bytes:
    """One line of JSON. Values of the schema that JSON does not know are written as text."""
    told = {
        "path": str(errand.path),
        "expectation": _plain(asdict(errand.expectation)),
        "references": {name: _plain(asdict(r)) for name, r in errand.references.items()},
        "bounds": asdict(errand.bounds),
        "writing": _plain(asdict(errand.writing)) if errand.writing else None,
    }
    return json.dumps(told, default=str).encode() + b"\n"


def read(line: bytes) -> Errand:
    """The inverse of `write`."""
    told = json.loads(line)
    return Errand(
        Path(told["path"]),
        _expectation(told["expectation"]),
        {name: _with_path(Reference, row) for name, row in told["references"].items()},
        Bounds(**told["bounds"]),
        _writing(told["writing"]),
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, Path) else value for key, value in values.items()}


def _expectation(told: dict[str, Any]) -> Expectation:
    known = {field.name for field in fields(Expectation)}
    values = {key: value for key, value in told.items() if key in known}
    values["limits"] = Limits(**told["limits"])
    if told["previous"]:
        values["previous"] = _with_path(Previous, told["previous"])
    return Expectation(**values)


def _writing(told: dict[str, Any] | None) -> Writing | None:
    return Writing(**{**told, "folder": Path(told["folder"])}) if told else None


def _with_path(kind: Any, told: dict[str, Any]) -> Any:
    return kind(**{**told, "path": Path(told["path"])})
