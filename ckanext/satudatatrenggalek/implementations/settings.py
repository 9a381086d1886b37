"""Puts the portal's templates, files and settings in place, and refuses to start unsafe."""

from pathlib import Path
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import yaml
from ckan.exceptions import CkanConfigurationException

from .. import config
from ..model import tripwire

_ROOT = Path(__file__).parent.parent

# Settings under which the gate would have a hole (gate rows A8, A10, C7, C11).
_MUST_BE_OFF = (
    "ckan.auth.user_create_organizations",
    "ckan.auth.user_create_groups",
    "ckan.auth.create_unowned_dataset",
    "ckan.auth.anon_create_dataset",
    "ckan.auth.allow_dataset_collaborators",
    "ckan.auth.create_dataset_if_not_in_organization",
    "ckan.datastore.sqlsearch.enabled",
)


def unsafe(settings: Any) -> list[str]:
    """Names of settings that would open the gate, as set now."""
    names = [name for name in _MUST_BE_OFF if tk.asbool(settings.get(name) or False)]
    if settings.get("ckan.datastore.public_table_search"):
        names.append("ckan.datastore.public_table_search")
    public = [
        name
        for name in settings
        if str(name).startswith("ckan.files.storage.")
        and str(name).endswith(".public")
        and "resource" in str(name)
        and tk.asbool(settings[name] or False)
    ]
    return names + public


class Settings(p.SingletonPlugin):
    """Configuration, declared and checked."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IConfigDeclaration)

    def update_config(self, config_: Any) -> None:
        """Our templates and files come before core's."""
        tk.add_template_directory(config_, str(_ROOT / "templates"))
        tk.add_public_directory(config_, str(_ROOT / "public"))
        tk.add_resource(str(_ROOT / "assets"), "satudatatrenggalek")

    def configure(self, config_: Any) -> None:
        """At start: refuse what would open the gate; arm the tripwire.

        :raises CkanConfigurationException: names the settings and what to write instead.
        """
        open_doors = unsafe(config_)
        if open_doors:
            raise CkanConfigurationException(
                f"Portal tidak dijalankan karena tidak aman: {', '.join(open_doors)}. "
                "Matikan (false, atau kosongkan) pengaturan itu di berkas ini CKAN."
            )
        config.check()
        tripwire.arm()

    def declare_config_options(self, declaration: Any, key: Any) -> None:
        """See ``config_declaration.yaml``."""
        text = (_ROOT / "config_declaration.yaml").read_text(encoding="utf-8")
        declaration.load_dict(yaml.safe_load(text))
