"""Who is calling, in which grants, signed in how."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from flask import has_request_context

from ..domain.sop import Role
from ..domain.workflow import SYSTEM, Actor
from ..model import appointments, passage, submissions
from ..model.tables import SubmissionRecord
from .messages import conflict


@dataclass(frozen=True)
class Person:
    """The caller as the record names them. ``id`` None: the portal itself or nobody."""

    id: str | None
    name: str
    auth_method: str


def caller(context: Any) -> Person:
    """The person behind a context; never trusts anything a request can put into it."""
    if passage.is_system():
        return Person(None, "Portal", "system")
    user = context.get("auth_user_obj") or (
        model.User.get(context["user"]) if context.get("user") else None
    )
    if user is None or getattr(user, "is_anonymous", False):
        return Person(None, "", auth_method())
    return Person(user.id, user.fullname or user.name, auth_method())


def auth_method() -> str:
    """How the caller is signed in: session (browser), token (API) or cli (no request)."""
    if not has_request_context():
        return "cli"
    header = tk.config.get("apitoken_header_name", "Authorization")
    return "token" if tk.request.headers.get(header) else "session"


def actor(context: Any) -> Actor:
    """The caller as the domain judges them."""
    person = caller(context)
    if passage.is_system():
        return SYSTEM
    return appointments.actor_now(context["session"], person.id, person.auth_method)


def display(user_id: str | None) -> dict[str, str] | None:
    """A user as pages show them: id, name, title; None for nobody."""
    user = model.Session.get(model.User, user_id) if user_id else None
    if user is None:
        return None
    return {"id": user.id, "name": user.name, "title": user.fullname or user.name}


def displays(user_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Many users as ``display``, by id, in one statement; those who are gone are left out."""
    users = model.Session.query(model.User).filter(model.User.id.in_(list(user_ids)))
    return {
        user.id: {"id": user.id, "name": user.name, "title": user.fullname or user.name}
        for user in users
    }


def named(name: str, pending: bool = False) -> model.User:
    """An account by its name or id.

    :param pending: also one that was invited and has not signed in yet.
    :raises ValidationError: 409, there is none that may sign in.
    """
    user = model.User.get(name)
    states = ("active", "pending") if pending else ("active",)
    if user is None or user.state not in states:
        raise conflict("unknown_user", f"Akun '{name}' tidak ada. Periksa nama akunnya.")
    return user


def actor_by_id(session: Session, user_id: str) -> Actor:
    """Somebody else as the domain judges them, now."""
    return appointments.actor_now(session, user_id)


def contribute(
    session: Session,
    record: SubmissionRecord,
    user_id: str,
    kind: str,
    at: datetime,
    role: Role = Role.PRODUCER,
) -> str | None:
    """Remember for the four eyes who uploaded, edited, submitted or signed off; in whose name.

    What a substitute (Plh.) does counts for the one they replace as well; also what they do by
    an office's letter, since it may be the Plh. that lets them.

    :returns: the user it was done in the name of; None: in their own.
    """
    submissions.contribute(session, record.id, user_id, kind, at)
    actor = actor_by_id(session, user_id)
    place = (record.office_id, record.kind, record.dataset_id)
    by_letter = actor.on_behalf(role, *place)
    own = () if by_letter else actor.names(role, *place)
    names = own or actor.replaced
    replaced = sorted(name for name in names if name)
    for name in replaced:
        submissions.contribute(session, record.id, name, "in_name", at)
    return replaced[0] if replaced else None
