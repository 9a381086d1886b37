"""ckanext-validation on CKAN 2.12: its face (actions, badge, report page) over our engine.

2.2.0 fails to load as it is (``Table.exists()`` is gone from SQLAlchemy 2) and would replace
``resource_create`` and ``resource_update`` by copies of CKAN 2.9's. Nothing of it is patched.
"""

from pathlib import Path
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from flask import Blueprint
from markupsafe import Markup

import ckanext.validation as theirs
from ckanext.validation.plugin import ValidationPlugin

from .logic.action import validation, validation_batch
from .model import checks
from .model.tidied import ORIGINAL
from .views import validation_page

_COPIES = ("resource_create", "resource_update")
_HOME = Path(theirs.__file__).parent


_BADGES = {
    "success": ("is-good", "Lolos pemeriksaan mesin"),
    "failure": ("is-fix", "Ada temuan mesin"),
    "error": ("is-bad", "Tidak bisa diperiksa mesin"),
    "skipped": ("", "Tidak diperiksa mesin"),
}


def get_validation_badge(resource: dict[str, Any], in_listing: bool = False) -> Markup:
    """The badge of a file, from the check itself: no field of the resource can pretend."""
    if in_listing and not tk.config["ckanext.validation.show_badges_in_listings"]:
        return Markup()
    if resource.get("tidied_role") == ORIGINAL:
        return Markup()  # it is judged by its tidied copy
    row = checks.of_resources(model.Session, [resource["id"]]).get(resource["id"])
    if row is None or row.status not in _BADGES:
        return Markup()
    style, words = _BADGES[row.status]
    href = tk.h.url_for("validation.read", id=resource["package_id"], resource_id=resource["id"])
    return Markup('<a class="sd-state {} sd-plain" href="{}">{}</a>').format(style, href, words)


class SatuDataValidationPlugin(ValidationPlugin):
    """ckanext-validation with our table, our job and our engine."""

    p.implements(p.IConfigDeclaration)

    def declare_config_options(self, declaration: Any, key: Any) -> None:
        """The settings of theirs that count here; docs/api.md says of each whether and how."""
        options = key.ckanext.validation
        declaration.annotate("ckanext-validation")
        declaration.declare(options.formats, "").set_description(
            "Formats that the machine checks; empty means all it can read."
        )
        declaration.declare(options.default_validation_options, "").set_description(
            "JSON: the sheet to check in workbooks that do not name one themselves."
        )
        declaration.declare_bool(options.show_badges_in_listings, True).set_description(
            "Whether lists of files show the badge."
        )

    def update_config(self, config_: Any) -> None:
        """Its templates and files; the table comes with our migration."""
        tk.add_template_directory(config_, str(_HOME / "templates"))
        tk.add_resource(str(_HOME / "webassets"), "ckanext-validation")

    def get_actions(self) -> dict[str, Any]:
        """Its actions, less the copies of core's; running a check is ours."""
        kept = {k: v for k, v in super().get_actions().items() if k not in _COPIES}
        modules = (validation, validation_batch)
        return {**kept, **{name: getattr(room, name) for room in modules for name in room.__all__}}

    def get_helpers(self) -> dict[str, Any]:
        """Its helpers, with a badge in our words."""
        return {**super().get_helpers(), "get_validation_badge": get_validation_badge}

    def get_blueprint(self) -> list[Blueprint]:
        """Its report page, ours."""
        return [validation_page.validation]

    def after_dataset_show(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Its two fields of a resource, from the check itself: never stored, so never stale."""
        resources = [r for r in pkg_dict.get("resources", ()) if r.get("id")]
        finals = checks.finals(model.Session, [r["id"] for r in resources]) if resources else {}
        for resource in resources:
            for name in ("validation_status", "validation_timestamp"):
                resource.pop(name, None)
            if resource["id"] in finals:
                status, at = finals[resource["id"]]
                resource["validation_status"] = status
                resource["validation_timestamp"] = at.isoformat()

    def after_resource_create(self, context: Any, data_dict: dict[str, Any]) -> None:
        """Checks are noted by the commit itself (outbox)."""

    def after_resource_update(self, context: Any, data_dict: dict[str, Any]) -> None:
        """Checks are noted by the commit itself (outbox)."""

    def after_dataset_create(self, context: Any, data_dict: dict[str, Any]) -> None:
        """Checks are noted by the commit itself (outbox)."""

    def after_dataset_update(self, context: Any, data_dict: dict[str, Any]) -> None:
        """Checks are noted by the commit itself (outbox)."""

    def before_resource_create(self, context: Any, data_dict: dict[str, Any]) -> None:
        """The schema field has a validator of its own."""

    def before_resource_update(
        self, context: Any, current_resource: dict[str, Any], updated_resource: dict[str, Any]
    ) -> None:
        """The schema field has a validator of its own."""
