"""The figures of the report (SOP step 10): their shape, their shares, their frozen form.

Counted by ``model/figures.py`` from the record, never typed. Everything is a whole number
(counts, seconds of working time), so that the frozen JSON and its hash are the same on every
machine; shares and hours are worked out only where they are shown.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .describe import ITEM_NAMES, ROLE_NAMES
from .sop import CLOCKS, Item, Role, State

STEP_LABELS: dict[State, str] = {
    State.DRAFT: "6. Unggah oleh produsen",
    State.NEEDS_CORRECTION: "Perbaikan oleh produsen",
    State.AWAITING_CHECK: "7. Pemeriksaan",
    State.AWAITING_SUPERVISOR: "Pemeriksaan Pembina",
    State.AWAITING_APPROVAL: "8. Persetujuan (validasi)",
    State.AWAITING_RELEASE: "9. Diseminasi",
}


@dataclass(frozen=True)
class Office:
    """A perangkat daerah: CKAN organization id, name in addresses, title."""

    id: str
    name: str
    title: str


@dataclass(frozen=True)
class Counts:
    """What happened in a period, of one office or of all.

    ``submitted``, ``returned``, ``approved``, ``published``: submissions with that step in the
    period, each once. ``returns``: the returns themselves. ``published_returns``: returns over
    the whole life of what was published. ``first_time_right``: published without any return.
    ``stays_ended``: stays in a state with a clock that ended in the period; ``late_ended``:
    those of them that ended after their limit; ``late_open``: still there past the limit when
    the period ended (or now). ``metadata_*``: of datasets at work in the period.
    """

    submitted: int = 0
    returned: int = 0
    returns: int = 0
    approved: int = 0
    published: int = 0
    retracted: int = 0
    skipped_supervisor: int = 0
    first_time_right: int = 0
    published_returns: int = 0
    stays_ended: int = 0
    late_ended: int = 0
    late_open: int = 0
    metadata_datasets: int = 0
    metadata_complete: int = 0
    metadata_fields: int = 0
    metadata_filled: int = 0

    @property
    def late(self) -> int:
        """Stays over their limit, ended or not."""
        return self.late_ended + self.late_open


COUNT_LABELS: dict[str, str] = {
    "submitted": "Diajukan",
    "returned": "Dikembalikan",
    "returns": "Kali dikembalikan",
    "approved": "Disetujui",
    "published": "Terbit",
    "first_time_right": "Terbit tanpa perbaikan",
    "retracted": "Ditarik dari publik",
    "skipped_supervisor": "Dilanjutkan tanpa Pembina",
    "late": "Melewati tenggat",
    "metadata_datasets": "Dataset dinilai metadatanya",
    "metadata_complete": "Metadata wajib lengkap",
}


@dataclass(frozen=True)
class OfficeCounts:
    """The counts of one office."""

    office: Office
    counts: Counts = Counts()


@dataclass(frozen=True)
class StepTime:
    """Working time spent in one state (seconds), against its limit.

    Median, mean and nine-of-ten are of stays that ended in the period; None without any.
    ``limit_seconds``: the ordinary limit by the settings.
    """

    state: str
    ended: int = 0
    late_ended: int = 0
    late_open: int = 0
    median_seconds: int | None = None
    mean_seconds: int | None = None
    p90_seconds: int | None = None
    limit_seconds: int | None = None

    @property
    def label(self) -> str:
        """The step in words, with its SOP number."""
        return STEP_LABELS[State(self.state)]

    @property
    def owner(self) -> str:
        """Whose clock it is, in words."""
        return ROLE_NAMES[CLOCKS[State(self.state)].owner]

    @property
    def late(self) -> int:
        """Stays over the limit, ended or not."""
        return self.late_ended + self.late_open

    @property
    def within(self) -> int:
        """Stays that ended within their limit."""
        return self.ended - self.late_ended


@dataclass(frozen=True)
class ReasonText:
    """A finding's words and how often they were written."""

    text: str
    findings: int


@dataclass(frozen=True)
class Reason:
    """Why submissions were returned: a checklist item, in how many returns, how many findings."""

    item: str
    returns: int = 0
    findings: int = 0
    texts: tuple[ReasonText, ...] = ()

    @property
    def label(self) -> str:
        """The checklist item in words."""
        return ITEM_NAMES[Item(self.item)]


@dataclass(frozen=True)
class Rounds:
    """How many published submissions needed this many rounds of correction."""

    rounds: int
    published: int


@dataclass(frozen=True)
class Appointed:
    """People with a valid appointment in a role on the last day of the period."""

    role: str
    people: int
    offices: int

    @property
    def label(self) -> str:
        """The role in words."""
        return ROLE_NAMES[Role(self.role)]


@dataclass(frozen=True)
class Listed:
    """One submission that moved in the period; times are ISO UTC, empty when it did not."""

    submission_id: str
    dataset_id: str
    title: str
    office_id: str
    period: str
    submitted_at: str = ""
    returns: int = 0
    approved_at: str = ""
    published_at: str = ""
    late: int = 0


@dataclass(frozen=True)
class Figures:
    """All figures of one period. ``first``, ``last``: ISO days (WIB); ``as_of``: ISO UTC."""

    first: str
    last: str
    as_of: str
    total: Counts
    offices: tuple[OfficeCounts, ...]
    steps: tuple[StepTime, ...]
    reasons: tuple[Reason, ...]
    rounds: tuple[Rounds, ...]
    appointed: tuple[Appointed, ...] = ()
    listing: tuple[Listed, ...] = ()
    publisher: str = ""
    version: int = field(default=1)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, as kept in ``satudata_document.figures``."""
        return json.loads(json.dumps(asdict(self)))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Figures":
        """The figures as they were frozen."""
        return cls(
            **_plain(cls, data),
            total=Counts(**data["total"]),
            offices=tuple(
                OfficeCounts(Office(**row["office"]), Counts(**row["counts"]))
                for row in data["offices"]
            ),
            steps=tuple(StepTime(**row) for row in data["steps"]),
            reasons=tuple(
                Reason(**{**row, "texts": tuple(ReasonText(**text) for text in row["texts"])})
                for row in data["reasons"]
            ),
            rounds=tuple(Rounds(**row) for row in data["rounds"]),
            appointed=tuple(Appointed(**row) for row in data["appointed"]),
            listing=tuple(Listed(**row) for row in data["listing"]),
        )


def _plain(cls: type[Figures], data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        item.name: data[item.name]
        for item in fields(cls)
        if isinstance(data[item.name], (str, int))
    }


def canonical(figures: Mapping[str, Any]) -> bytes:
    """The one way of writing these figures as bytes: sorted keys, no blanks, UTF-8."""
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(figures: Mapping[str, Any]) -> str:
    """sha256 of ``canonical``, 64 hex digits."""
    return hashlib.sha256(canonical(figures)).hexdigest()


class UnknownFigure(ValueError):
    """No figure has this name."""


@dataclass(frozen=True)
class FigureKey:
    """Which list is asked for: ``published``, ``late.awaiting_check``, ``reason.standard``."""

    name: str
    part: str = ""

    @classmethod
    def read(cls, text: str) -> "FigureKey":
        """:raises UnknownFigure: for a name or part that no figure has."""
        name, _, part = text.partition(".")
        if part not in _PARTS.get(name, frozenset()) and not (name == "rounds" and _ROUNDS(part)):
            raise UnknownFigure(text)
        return cls(name, part)

    @property
    def label(self) -> str:
        """The figure in words, as the title of its list."""
        if self.name == "reason":
            return f"Dikembalikan karena {ITEM_NAMES[Item(self.part)]}"
        if self.name == "rounds":
            return f"Terbit setelah {self.part} putaran perbaikan"
        if self.name in ("late", "ended") and self.part:
            words = "Melewati tenggat" if self.name == "late" else "Selesai"
            return f"{words}: {STEP_LABELS[State(self.part)]}"
        return COUNT_LABELS[self.name]


_ROUNDS = re.compile("[0-9]{1,4}").fullmatch
_STATES = frozenset(state.value for state in STEP_LABELS)
_PARTS: dict[str, frozenset[str]] = {
    **{name: frozenset({""}) for name in COUNT_LABELS},
    "late": _STATES | {""},
    "ended": _STATES,
    "reason": frozenset(item.value for item in Item),
}
