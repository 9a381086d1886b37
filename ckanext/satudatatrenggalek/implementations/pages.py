"""Our pages, commands, template helpers, and how files are handed out."""

from collections.abc import Callable
from typing import Any

import ckan.plugins as p
from flask import Blueprint

from .. import cli, helpers, views


class Pages(p.SingletonPlugin):
    """Views, command line, helpers."""

    p.implements(p.IBlueprint)
    p.implements(p.IClick)
    p.implements(p.ITemplateHelpers)

    def get_blueprint(self) -> list[Blueprint]:
        """Every blueprint of ``views``."""
        return list(views.BLUEPRINTS)

    def get_commands(self) -> list[Any]:
        """``ckan satudata ...``"""
        return [cli.satudata]

    def get_helpers(self) -> dict[str, Callable[..., Any]]:
        """Helpers for templates, all prefixed ``satudata_``."""
        return {name: getattr(helpers, name) for name in helpers.__all__}
