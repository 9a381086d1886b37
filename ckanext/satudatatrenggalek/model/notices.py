"""Notices: written by the commit they tell of, read in the portal, mailed from here.

A row is its own outbox: what is to be mailed waits in it until a server has taken it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Integer,
    Text,
    case,
    delete,
    func,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.workflow import Grant
from . import desk
from .tables import Moment, SubmissionRecord

# Why a notice was not mailed where nobody has set up mail.
NO_MAIL = "no mail is set up (smtp.server, smtp.mail_from)"
_WAITING = "mail <> '' AND mailed_at IS NULL AND mail_stopped_at IS NULL"


class NoticeRecord(tk.BaseModel):
    """One notice for one person.

    ``facts``: see ``domain.notice_words``. ``mail``: empty (portal only), mail or digest, from
    ``mail_after`` on; ``mail_stopped_at``: it will not be mailed, ``mail_error`` says why.
    """

    __tablename__ = "satudata_notice"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=True)
    user_id: Mapped[str] = mapped_column(Text, nullable=False)
    event: Mapped[str] = mapped_column(Text, nullable=False)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    dataset_id: Mapped[str | None] = mapped_column(Text)
    submission_id: Mapped[str | None] = mapped_column(Text, index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)
    link: Mapped[str] = mapped_column(Text, nullable=False)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mail: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    mail_after: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    mail_attempts: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    mail_error: Mapped[str | None] = mapped_column(Text)
    mail_stopped_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index("satudata_notice_of", "user_id", "id"),
        Index("satudata_notice_unread", "user_id", postgresql_where=text("read_at IS NULL")),
        Index("satudata_notice_mail", "mail_after", "id", postgresql_where=text(_WAITING)),
    )


class PreferenceRecord(tk.BaseModel):
    """Which channel a person has chosen for a kind of notice."""

    __tablename__ = "satudata_notice_preference"
    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str] = mapped_column(Text, nullable=False)


class ToldRecord(tk.BaseModel):
    """What the portal has told of a stay, an appointment or an office by itself: once for each end.

    ``until``: the end it was told of; None: of no end.
    """

    __tablename__ = "satudata_told"
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    what: Mapped[str] = mapped_column(Text, primary_key=True)
    until: Mapped[datetime | None] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(Moment, nullable=False)


N = NoticeRecord


def first_time(
    session: Session, subject: str, what: str, at: datetime, until: datetime | None = None
) -> bool:
    """Note that a thing is told now; False when it was before, of this end, by whichever worker."""
    row = insert(ToldRecord).values(subject=subject, what=what, until=until, at=at)
    moved = row.on_conflict_do_update(
        index_elements=["subject", "what"],
        set_={"until": until, "at": at},
        where=ToldRecord.until.is_distinct_from(until),
    )
    return session.execute(moved.returning(ToldRecord.subject)).first() is not None


def told(session: Session, subjects: Iterable[str]) -> dict[tuple[str, str], datetime | None]:
    """What was told of these: ``{(subject, what): the end it was told of}``."""
    T = ToldRecord
    query = select(T.subject, T.what, T.until).where(T.subject.in_(list(subjects)))
    return {(subject, what): until for subject, what, until in session.execute(query)}


def channels(session: Session, user_ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """What these people have chosen: ``{(user, kind): channel}``."""
    query = select(PreferenceRecord).where(PreferenceRecord.user_id.in_(list(user_ids)))
    return {(row.user_id, row.kind): row.channel for row in session.execute(query).scalars()}


def choose(session: Session, user_id: str, kind: str, channel: str) -> None:
    """Keep a choice; the caller commits."""
    row = insert(PreferenceRecord).values(user_id=user_id, kind=kind, channel=channel)
    session.execute(
        row.on_conflict_do_update(index_elements=["user_id", "kind"], set_={"channel": channel})
    )


def open_to(user_id: str, grants: tuple[Grant, ...]) -> ColumnElement[bool]:
    """A person's notices of what they may read now: the table of visibility, as at writing."""
    # Asked for each notice: a list of all that may be read would be as long as the portal.
    readable = select(true()).where(SubmissionRecord.id == N.submission_id, desk.readable(grants))
    is_open = readable.limit(1).correlate(N).scalar_subquery()
    return (N.user_id == user_id) & or_(N.submission_id.is_(None), is_open)


def unread(session: Session, user_id: str, grants: tuple[Grant, ...]) -> int:
    """How many a person has not read. One statement."""
    query = select(func.count()).where(open_to(user_id, grants), N.read_at.is_(None))
    return int(session.execute(query).scalar_one())


def page(
    session: Session, seen: ColumnElement[bool], limit: int, after: int | None, new_only: bool
) -> list[NoticeRecord]:
    """Newest first; ``after``: the id the page before ended with."""
    query = select(N).where(seen)
    if after is not None:
        query = query.where(N.id < after)
    if new_only:
        query = query.where(N.read_at.is_(None))
    return list(session.execute(query.order_by(N.id.desc()).limit(limit)).scalars())


def waiting_for_mail(session: Session, at: datetime) -> list[str]:
    """People with mail whose turn it is, who waited longest first."""
    query = (
        select(N.user_id)
        .where(text(_WAITING), N.mail_after <= at)
        .group_by(N.user_id)
        .order_by(func.min(N.id))
    )
    return list(session.execute(query).scalars())


def mail_of(session: Session, user_id: str, at: datetime) -> list[NoticeRecord]:
    """A person's notices whose mail is due, oldest first."""
    query = select(N).where(text(_WAITING), N.user_id == user_id, N.mail_after <= at)
    query = query.order_by(N.id).execution_options(populate_existing=True)
    return list(session.execute(query).scalars())


def forget_read(session: Session, before: datetime) -> None:
    """Remove what was read ``before`` and has no letter to come."""
    query = delete(N).where(N.read_at < before, text(f"NOT ({_WAITING})"))
    session.execute(query.execution_options(synchronize_session=False))


def settle(session: Session, before: datetime) -> None:
    """What a demo played while no mail was set up: mailed to nobody, read if told ``before``."""
    played = N.mail_stopped_at.is_not(None) & (N.mail_error == NO_MAIL)
    session.execute(
        update(N)
        .where(played)
        .values(
            mail="",
            mail_error=None,
            mail_stopped_at=None,
            read_at=case((N.created_at < before, N.created_at), else_=N.read_at),
        )
    )


def not_mailed(session: Session) -> list[tuple[NoticeRecord, str | None]]:
    """Notices that will not be mailed, or that a server has refused so far, with the account."""
    query = (
        select(N, model.User.name)
        .outerjoin(model.User, model.User.id == N.user_id)
        .where(N.mail_error.is_not(None), N.mailed_at.is_(None))
        .order_by(N.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
