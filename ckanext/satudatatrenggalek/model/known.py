"""What one action has asked of rights and standing, so that it asks once (ADR 17).

One write asks a dozen times who the caller is and which submission answers for a package: our
gate, core's permissions and their labels each for themselves. Inside a `once` block, which is one
action or one permission, the first answer serves the others. It is dropped by whatever could make
it another: a write of the tables it hangs on, a lock (who waited must look again), the end of the
transaction or an undone part of it. Nothing outlives its block.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any, TypeVar

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState

from .offices import OfficeRecord
from .on_behalf import OnBehalfRecord
from .tables import AppointmentRecord, DatasetRecord, SubmissionRecord

Answer = TypeVar("Answer")


class Question(Enum):
    """What is asked: which rights somebody holds; which submission answers for a package."""

    GRANTS = "grants"
    STANDING = "standing"


Key = tuple[Question, str | None]
_kept: ContextVar[dict[Key, Any] | None] = ContextVar("satudata_known", default=None)

_RIGHTS = (AppointmentRecord, OnBehalfRecord, OfficeRecord)
# Fields that choose the submission. The others are read from its row, which all share.
_CHOOSING: dict[Any, tuple[str, ...]] = {
    SubmissionRecord: ("dataset_id", "working_copy_id", "state", "created_at"),
    DatasetRecord: ("dataset_id", "published_submission_id"),
}


@contextmanager
def once() -> Iterator[None]:
    """Ask once for each thing while the block runs; a block inside another is part of it."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def ask(session: Session, question: Question, of: str | None, load: Callable[[], Answer]) -> Answer:
    """The answer kept, else what `load` gives.

    :param of: the user's or the package's id.
    """
    kept = _kept.get()
    if kept is None:
        return load()
    _drop_changed(session)
    if (question, of) not in kept:
        answer = load()  # may flush, which drops what was kept
        kept[question, of] = answer
    return kept[question, of]


def tell(question: Question, of: str, answer: Any) -> None:
    """Keep what somebody has just made and flushed."""
    kept = _kept.get()
    if kept is not None:
        kept[question, of] = answer


def forget(*questions: Question) -> None:
    """Drop what was kept of these; of none named, everything."""
    kept = _kept.get() or {}
    for key in [key for key in kept if not questions or key[0] in questions]:
        del kept[key]


def _drop_changed(session: Session) -> None:
    """Drop what this session has changed, or is about to."""
    rows = [*session.new, *session.deleted, *(row for row in session.dirty if _is_other(row))]
    changed = [question for row in rows if (question := _touched(row))]
    if changed:
        forget(*changed)


def _touched(row: Any) -> Question | None:
    if isinstance(row, _RIGHTS):
        return Question.GRANTS
    return Question.STANDING if type(row) in _CHOOSING else None


def _is_other(row: Any) -> bool:
    """Whether a changed row changes an answer."""
    names = _CHOOSING.get(type(row))
    if names is None:
        return isinstance(row, _RIGHTS)
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in names)


@event.listens_for(model.Session, "before_flush")
def _at_flush(session: Session, _context: Any, _instances: Any) -> None:
    if _kept.get():
        _drop_changed(session)


@event.listens_for(model.Session, "do_orm_execute")
def _at_statement(state: ORMExecuteState) -> None:
    """Locks, and whatever writes past the flush."""
    if not _kept.get():
        return
    if not state.is_select:
        written = state.bind_mapper.class_ if state.bind_mapper else None
        if written is None or written in _RIGHTS or written in _CHOOSING:
            forget()
    elif getattr(state.statement, "_for_update_arg", None) is not None:
        forget()


@event.listens_for(model.Session, "after_soft_rollback")
def _at_undoing(session: Session, _previous: Any) -> None:
    forget()


@event.listens_for(model.Session, "after_transaction_end")
def _at_end(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        forget()
