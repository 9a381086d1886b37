"""What the public asked about datasets, and who may read it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    Select,
    Text,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.requests import Status
from ..domain.sop import ANSWERS_REQUESTS
from ..domain.workflow import Grant
from .tables import DatasetRecord, Moment, SubmissionRecord, new_id


class RequestRecord(tk.BaseModel):
    """What somebody asked of an office about a public dataset, and the answer.

    ``asked_from`` names the sender's network address without giving it away (a keyed hash).
    ``edition``, ``open_until``: which files a granted request opens, and how long.
    ``emptied_at``: whatever could tell who asked was removed then; the row still counts.
    """

    __tablename__ = "satudata_request"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    status: Mapped[str] = mapped_column(Text, nullable=False)
    name: Mapped[str] = mapped_column(Text, nullable=False)
    email: Mapped[str] = mapped_column(Text, nullable=False)
    message: Mapped[str] = mapped_column(Text, nullable=False)
    user_id: Mapped[str | None] = mapped_column(Text)
    asked_from: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    due_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    outcome: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    answered_by: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    edition: Mapped[int | None] = mapped_column(Integer)
    open_until: Mapped[datetime | None] = mapped_column(Moment)
    emptied_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index("satudata_request_clock", "status", "due_at", "id"),
        Index("satudata_request_asked_from", "asked_from", "created_at"),
        Index("satudata_request_email", "email", "created_at"),
    )


@dataclass(frozen=True)
class Asked:
    """A request with its dataset as it is now, whoever the dataset belonged to then."""

    record: RequestRecord
    dataset: DatasetRecord
    released: SubmissionRecord
    name: str
    title: str
    office_title: str


def _query() -> Select[tuple[RequestRecord, DatasetRecord, SubmissionRecord, str, str, str | None]]:
    return (
        select(
            RequestRecord,
            DatasetRecord,
            SubmissionRecord,
            model.Package.name,
            model.Package.title,
            model.Group.title,
        )
        .join(DatasetRecord, DatasetRecord.dataset_id == RequestRecord.dataset_id)
        .join(SubmissionRecord, SubmissionRecord.id == DatasetRecord.published_submission_id)
        .join(model.Package, model.Package.id == DatasetRecord.dataset_id)
        .join(model.Group, model.Group.id == DatasetRecord.office_id)
    )


def by_id(session: Session, key: str, lock: bool = False) -> Asked | None:
    """One request, its own row locked until the commit if asked."""
    query = _query().where(RequestRecord.id == key)
    if lock:
        query = query.with_for_update(of=RequestRecord).execution_options(populate_existing=True)
    row = session.execute(query).tuples().first()
    return _asked(row) if row else None


def _asked(
    row: tuple[RequestRecord, DatasetRecord, SubmissionRecord, str, str, str | None],
) -> Asked:
    record, dataset, released, name, title, office = row
    return Asked(record, dataset, released, name, title or name, office or "")


def readable(grants: tuple[Grant, ...], sysadmin: bool) -> ColumnElement[bool]:
    """Which requests these grants open: ``sop.ANSWERS_REQUESTS`` as SQL."""
    if sysadmin:
        return true()
    clauses = [
        and_(
            DatasetRecord.office_id == grant.office_id if grant.office_id else true(),
            SubmissionRecord.kind == grant.kind if grant.kind else true(),
        )
        for grant in grants
        if grant.role in ANSWERS_REQUESTS and not grant.dataset_id
    ]
    return or_(*clauses) if clauses else RequestRecord.id.is_(None)


def page(
    session: Session,
    seen: ColumnElement[bool],
    status: Status,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Asked]:
    """Requests in one status: new ones the most pressing first, answered ones the latest first.

    :param after: time (due or answered) and id of the last row seen.
    """
    query = _query().where(seen, RequestRecord.status == status.value)
    if status is Status.NEW:
        place = tuple_(RequestRecord.due_at, RequestRecord.id)
        query = query.order_by(RequestRecord.due_at, RequestRecord.id)
        query = query.where(place > after) if after else query
    else:
        place = tuple_(RequestRecord.answered_at, RequestRecord.id)
        query = query.order_by(RequestRecord.answered_at.desc(), RequestRecord.id.desc())
        query = query.where(place < after) if after else query
    return [_asked(row) for row in session.execute(query.limit(limit)).tuples()]


def waiting(session: Session, seen: ColumnElement[bool]) -> int:
    """How many requests wait for an answer."""
    query = (
        select(func.count())
        .select_from(RequestRecord)
        .join(DatasetRecord, DatasetRecord.dataset_id == RequestRecord.dataset_id)
        .join(SubmissionRecord, SubmissionRecord.id == DatasetRecord.published_submission_id)
        .where(seen, RequestRecord.status == Status.NEW.value)
    )
    return int(session.execute(query).scalar_one())


def asked_lately(session: Session, asked_from: str, email: str, since: datetime) -> int:
    """How much one network address, or one e-mail address, has asked since then: the larger."""
    counts = [
        select(func.count()).where(column == value, RequestRecord.created_at >= since)
        for column, value in (
            (RequestRecord.asked_from, asked_from),
            (RequestRecord.email, email),
        )
        if value
    ]
    return max((int(session.execute(query).scalar_one()) for query in counts), default=0)


def closed_at(record: RequestRecord) -> datetime | None:
    """When nothing more was owed to the asker: answered, and what it opened is closed again."""
    ends = [moment for moment in (record.answered_at, record.open_until) if moment]
    return max(ends) if ends else None


def empty(session: Session, before: datetime, at: datetime) -> list[str]:
    """Remove who asked, and all that was written, from requests closed ``before``; their ids.

    One nobody can answer any more, its dataset being gone, counts as closed when it was due.
    """
    gone = ~exists().where(model.Package.id == RequestRecord.dataset_id)
    # As ``closed_at``: GREATEST passes over what is not there.
    closed = func.greatest(RequestRecord.answered_at, RequestRecord.open_until)
    unanswerable = and_(RequestRecord.status == Status.NEW.value, gone)
    query = (
        update(RequestRecord)
        .where(
            RequestRecord.emptied_at.is_(None),
            or_(closed < before, and_(unanswerable, RequestRecord.due_at < before)),
        )
        .values(
            name="", email="", message="", answer="", user_id=None, asked_from="", emptied_at=at
        )
        .returning(RequestRecord.id)
        .execution_options(synchronize_session="fetch")
    )
    return list(session.execute(query).scalars())


def token_of(request_id: str) -> str:
    """The secret by which somebody without an account reads their request's answer.

    Made from the portal's key and kept nowhere: whoever reads the database cannot read it there.
    """
    key = str(tk.config["SECRET_KEY"]).encode()
    mark = hmac.new(key, f"request|{request_id}".encode(), hashlib.sha256).hexdigest()
    return f"{request_id}.{mark}"


def by_token(session: Session, token: str) -> Asked | None:
    """The request of a secret; None for one that was made up, or that has been emptied."""
    request_id = token.partition(".")[0]
    if not hmac.compare_digest(token_of(request_id).encode(), token.encode()):
        return None
    asked = by_id(session, request_id)
    return asked if asked and asked.record.emptied_at is None else None


def sender_mark(address: str) -> str:
    """A network address as the request keeps it: the same each time, and not to be read back."""
    key = str(tk.config["SECRET_KEY"]).encode()
    mark = hmac.new(key, f"sender|{address}".encode(), hashlib.sha256)
    return mark.hexdigest()[:32] if address else ""
