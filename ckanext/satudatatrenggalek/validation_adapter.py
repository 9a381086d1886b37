"""ckanext-validation on CKAN 2.12: its face (actions, badge, report page) over our engine.

2.2.0 fails to load as it is (``Table.exists()`` is gone from SQLAlchemy 2) and would replace
``resource_create`` and ``resource_update`` by copies of CKAN 2.9's. Nothing of it is patched.
"""

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk

import ckanext.validation as validation
from ckanext.validation.plugin import ValidationPlugin

from .logic.action import validation as ours

_HOME = Path(validation.__file__).parent


class SatuDataValidationPlugin(ValidationPlugin):
    """ckanext-validation with our table, our job and our engine."""

    def update_config(self, config_: Any) -> None:
        """Its templates and files; the table comes with our migration."""
        tk.add_template_directory(config_, str(_HOME / "templates"))
        tk.add_resource(str(_HOME / "webassets"), "ckanext-validation")

    def get_actions(self) -> dict[str, Any]:
        """Its actions, less the copies of core's; running a check is ours."""
        theirs = super().get_actions()
        kept = {k: v for k, v in theirs.items() if k not in ("resource_create", "resource_update")}
        return {**kept, **{name: getattr(ours, name) for name in ours.__all__}}

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
