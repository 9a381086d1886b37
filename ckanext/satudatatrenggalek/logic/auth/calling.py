"""Who asks, and in which roles they are appointed: what the portal's own permissions go by."""

from typing import Any

from ckan import model

from ... import clock
from ...domain.sop import Role
from ...domain.workflow import Actor, Grant
from ...model import appointments

OK = {"success": True}
NOT_STAFF = "Halaman ini untuk petugas yang ditunjuk."


def refused(message: str) -> Any:
    """A refusal in words for people."""
    return {"success": False, "msg": message}


def user(context: Any) -> Any:
    """The account that asks; None for nobody signed in."""
    found = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    return None if getattr(found, "is_anonymous", False) else found


def actor(context: Any) -> Actor:
    """The caller in their appointments; a letter for one dataset opens no room."""
    found = user(context)
    if found is None:
        return Actor(None)
    return Actor(found.id, tuple(appointments.appointed(model.Session, found.id, clock.now())))


def grants(context: Any) -> tuple[Grant, ...]:
    """What the caller is appointed to now."""
    return actor(context).grants


def signed_in(context: Any) -> Any:
    """Whether the caller is anybody at all, as CKAN asks it."""
    return OK if context.get("user") else refused("Masuk dulu dengan akun Anda.")


def holds(context: Any, *roles: Role, otherwise: str = NOT_STAFF) -> Any:
    """Whether the caller is appointed to one of the roles, for whichever office.

    :param otherwise: what is said to who is not.
    """
    held = any(grant.role in roles for grant in grants(context))
    return OK if held else refused(otherwise)
