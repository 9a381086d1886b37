"""Puts a step into the words of a notice; who is told stands in ``domain.notices``."""

from typing import TYPE_CHECKING

from ..domain import notice_words
from ..notices.telling import Happening, tell

if TYPE_CHECKING:
    from .taking import Taking


def of_step(taking: "Taking") -> None:
    """Tell of a step that was taken, in its transaction."""
    move, package = taking.move, taking.facts.package
    planned = taking.command.release_at
    happening = Happening(
        event=move.step.name,
        at=move.at,
        title=package.get("title") or package["name"],
        actor_id=taking.person.id,
        actor_name=taking.person.name,
        note=taking.command.comment,
        findings=[notice_words.finding_line(row) for row in taking.findings],
        when=planned.isoformat() if planned and planned > move.at else None,
    )
    tell(taking.session, taking.record, happening)
