"""What the reader of a page may know; everything comes from an action.

A refusal ("not there for you") reaches the template as ``None``.
"""

from typing import Any

import ckan.plugins.toolkit as tk

from .. import invitation

__all__ = [
    "ask",
    "satudata_conformity",
    "satudata_edition",
    "satudata_editions",
    "satudata_home",
    "satudata_invitation",
    "satudata_max_size",
    "satudata_me",
    "satudata_office",
    "satudata_offices",
    "satudata_plugins",
    "satudata_submission",
]


def satudata_me() -> dict[str, Any] | None:
    """The signed-in person's roles, offices and open work; None for a visitor.

    Asked once a request: the header, the work navigation and the page all need it.
    """
    if not tk.current_user.is_authenticated:
        return None
    if not hasattr(tk.g, "satudata_me"):
        tk.g.satudata_me = ask("satudata_me_show", {})
    return tk.g.satudata_me


def satudata_invitation() -> invitation.Invitation | None:
    """What the invitation being written says of the appointment; None when CKAN invites alone."""
    return invitation.said()


_BATCH = 25  # what CKAN gives at once when asked for whole organizations


def satudata_offices() -> list[dict[str, Any]]:
    """All offices as CKAN lists them, by title, for a form to choose from."""
    found: list[dict[str, Any]] = []
    while True:
        asked = {
            "all_fields": True,
            "include_dataset_count": False,
            "sort": "title asc",
            "limit": _BATCH,
            "offset": len(found),
        }
        batch = ask("organization_list", asked) or []
        found += batch
        if len(batch) < _BATCH:
            return found


def satudata_plugins() -> list[str]:
    """The plugins this portal runs: a page links only to what is there."""
    return tk.config["ckan.plugins"]


def satudata_submission(id: str) -> dict[str, Any] | None:
    """``satudata_submission_show`` of a dataset, working copy or submission."""
    return ask("satudata_submission_show", {"id": id})


def satudata_editions(id: str) -> list[dict[str, Any]]:
    """The editions of a dataset the reader may open, newest first."""
    return ask("satudata_edition_list", {"id": id}) or []


def satudata_edition(id: str, number: int) -> dict[str, Any] | None:
    """One edition with its files and its check report."""
    return ask("satudata_edition_show", {"id": id, "number": number})


def satudata_home() -> dict[str, Any]:
    """Figures and lists of the front page."""
    return ask("satudata_home_show", {}) or {}


def satudata_office(id: str) -> dict[str, Any] | None:
    """From when to when an office exists, and which offices came before and after it."""
    return ask("satudata_office_show", {"id": id})


def satudata_conformity(resource_id: str) -> dict[str, Any] | None:
    """The last check of a file."""
    return ask("satudata_conformity_show", {"resource_id": resource_id})


def satudata_max_size() -> int:
    """The largest file this portal takes, in MB."""
    return tk.config["ckan.max_resource_size"]


def ask(action: str, data: dict[str, Any]) -> Any:
    try:
        return tk.get_action(action)({}, data)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
