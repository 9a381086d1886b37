"""One step being taken, as its effects and its record see it."""

from dataclasses import dataclass
from typing import Any

from ckan.types import AlchemySession as Session

from ..domain.workflow import Command, Move
from ..model.tables import DatasetRecord, SubmissionRecord
from . import facts as facts_of
from . import people


@dataclass(frozen=True)
class Taking:
    """One step being taken: everything its effects need."""

    session: Session
    facts: facts_of.Facts
    dataset: DatasetRecord
    move: Move
    command: Command
    findings: list[dict[str, Any]]
    person: people.Person
    scan: Any = None

    @property
    def record(self) -> SubmissionRecord:
        """The submission's row, locked."""
        return self.facts.record

    @property
    def stays(self) -> bool:
        """Whether the step leaves the submission where it stands, and its clock running."""
        arrow = self.move.step.arrow_from(self.move.source)
        return arrow is not None and arrow.target is None
