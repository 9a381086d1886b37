"""Accounts of CKAN beside the appointments: who has one and may do nothing with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ..domain.deadlines import WIB
from .tables import AppointmentRecord


@dataclass(frozen=True)
class Account:
    """An account, the offices CKAN lets it into (name, title, capacity), when it last served."""

    user: model.User
    memberships: tuple[tuple[str, str, str], ...]
    last_day: date | None


def without(
    session: Session, appointed: Collection[str], members_only: bool, after: str, limit: int
) -> list[Account]:
    """Accounts that are not among the appointed, by name; three statements for any number."""
    query = (
        select(model.User)
        .where(
            model.User.state.in_(("active", "pending")),
            model.User.id.not_in(list(appointed)),
            model.User.name != tk.config["ckan.site_id"],
            model.User.name > after,
        )
        .order_by(model.User.name)
        .limit(limit)
    )
    if members_only:
        query = query.where(model.User.id.in_(_members().with_only_columns(model.Member.table_id)))
    users = list(session.execute(query).scalars())
    ids = [user.id for user in users]
    offices = _memberships(session, ids)
    last = _last_days(session, ids)
    return [Account(user, tuple(offices.get(user.id, ())), last.get(user.id)) for user in users]


def administrators(session: Session) -> list[str]:
    """Ids of the sysadmins who are people: CKAN's own account is none."""
    query = select(model.User.id).where(
        model.User.sysadmin.is_(True),
        model.User.state == "active",
        model.User.name != tk.config["ckan.site_id"],
    )
    return list(session.execute(query).scalars())


def has_address(session: Session, email: str) -> bool:
    """Whether an account that is not deleted has this mail address, in whatever letter case."""
    query = select(model.User.id).where(
        func.lower(model.User.email) == email.lower(), model.User.state != "deleted"
    )
    return session.execute(query.limit(1)).first() is not None


def _members() -> Any:
    return (
        select(model.Member.table_id, model.Group.name, model.Group.title, model.Member.capacity)
        .join(model.Group, model.Group.id == model.Member.group_id)
        .where(
            model.Member.table_name == "user",
            model.Member.state == "active",
            model.Group.is_organization.is_(True),
            model.Group.state == "active",
        )
    )


def _memberships(session: Session, ids: list[str]) -> dict[str, list[tuple[str, str, str]]]:
    query = _members().where(model.Member.table_id.in_(ids)).order_by(model.Group.title)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for user_id, name, title, capacity in session.execute(query):
        found.setdefault(user_id, []).append((name, title, capacity))
    return found


def _last_days(session: Session, ids: list[str]) -> dict[str, date]:
    """The last day each was appointed for, or on which the appointment was revoked."""
    query = select(AppointmentRecord).where(AppointmentRecord.user_id.in_(ids))
    found: dict[str, date] = {}
    for row in session.execute(query).scalars():
        revoked = row.revoked_at.astimezone(WIB).date() if row.revoked_at else None
        ends = [day for day in (row.valid_until, revoked) if day]
        if ends:
            found[row.user_id] = max(min(ends), found.get(row.user_id, date.min))
    return found


def appointments_around(
    session: Session, user_id: str
) -> tuple[list[AppointmentRecord], list[AppointmentRecord]]:
    """A person's own appointments, newest first, and those of who stands in for them."""
    table, held = AppointmentRecord, aliased(AppointmentRecord)
    newest = table.created_at.desc()
    own = select(table).where(table.user_id == user_id).order_by(newest)
    standing_in = (
        select(table)
        .join(held, held.id == table.stands_for)
        .where(held.user_id == user_id)
        .order_by(newest)
    )
    return list(session.execute(own).scalars()), list(session.execute(standing_in).scalars())


def aware(moment: datetime | None) -> datetime | None:
    """CKAN keeps UTC without saying so."""
    return moment.replace(tzinfo=timezone.utc) if moment else None
