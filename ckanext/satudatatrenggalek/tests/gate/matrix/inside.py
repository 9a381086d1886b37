"""Asks a page as the application answers it, from its own doors inwards.

Everything that judges is run: the doors before a view, the view, the actions it asks, what makes an
answer of a refusal. Left out is what costs most and judges nothing: the token (its account is known
already) and the drawing of the page, of which its words are kept: what its template was given.
``test_rules`` asks over HTTP with tokens, and draws.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import base
from flask import g

from .asking import FAULTS, Page
from .place import Matrix


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages are not drawn: their words are those their template was given."""
    drawing = base.flask_render_template
    base.flask_render_template = _words
    try:
        yield
    finally:
        base.flask_render_template = drawing


def _words(name: str, /, **given: Any) -> str:
    return f"{name} {json.dumps(given, default=str, ensure_ascii=False)}"


def look(matrix: Matrix, by: str | None, url: str) -> Page:
    """The answer to one address, for ``undrawn`` pages."""
    app = matrix.portal.flask_app
    environ = {"CKAN_LANG": "id", "CKAN_CURRENT_URL": url}
    try:
        with app.test_request_context(url, environ_overrides=environ):
            user = model.User.get(matrix.world.users[by]["id"]) if by else None
            g._login_user = user or model.AnonymousUser()
            g.login_via_auth_header = True
            answer = app.full_dispatch_request()
            answer.direct_passthrough = False
            body = answer.get_data().decode("utf-8", "replace")
            return Page(answer.status_code, f"{body} {answer.headers.get('Location', '')}")
    except (*FAULTS, tk.NotAuthorized) as fault:
        raise AssertionError(f"{url} by {by}: {fault!r}") from fault
    finally:
        model.Session.remove()
