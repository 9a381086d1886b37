"""Calls actions over HTTP with a person's API token, as a script outside does."""

from __future__ import annotations

import io
import json
from typing import Any

from ckan.tests import factories

from ..world import FOUNDED, World

PDF = b"%PDF-1.4\n%test\n"


def post(portal: Any, world: World, by: str | None, action: str, **data: Any) -> tuple[int, Any]:
    """HTTP status, and the result or the error's body."""
    sent = portal.post(
        f"/api/3/action/{action}",
        data=json.dumps(data),
        headers={**world.headers(by), "Content-Type": "application/json"},
    )
    body = sent.json
    return sent.status_code, body.get("result") if body["success"] else body["error"]


def post_file(
    portal: Any,
    world: World,
    by: str,
    action: str,
    file: tuple[str, str, bytes],
    **data: Any,
) -> tuple[int, Any]:
    """As ``post`` with a file (field, name, bytes), as a form sends it."""
    field, name, content = file
    sent = portal.post(
        f"/api/3/action/{action}",
        data={**data, field: (io.BytesIO(content), name)},
        headers=world.headers(by),
        content_type="multipart/form-data",
    )
    body = sent.json
    return sent.status_code, body.get("result") if body["success"] else body["error"]


def appoint(
    world: World, name: str, role: str, office: str | None, kind: str | None = None
) -> None:
    """One more account, appointed before every moment a test sets the clock to."""
    from ckanext.satudatatrenggalek import clock

    if name not in world.users:
        world.users[name] = factories.User(name=name, fullname=name.replace("_", " ").title())
    with clock.at(FOUNDED):
        world.call(
            "satudata_appointment_grant",
            "admin",
            user=name,
            role=role,
            office=office,
            kind=kind,
            decree="SK 1/2026",
        )
