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
    "ckan.files.authenticated_uploads.allow",
)
_STORAGE = "ckan.files.storage."


def unsafe(settings: Any) -> list[str]:
    """Names of settings that would open the gate, as set now."""
    names = [name for name in _MUST_BE_OFF if tk.asbool(settings.get(name) or False)]
    if settings.get("ckan.datastore.public_table_search"):
        names.append("ckan.datastore.public_table_search")
    return names + _public_storages(settings)


def _public_storages(settings: Any) -> list[str]:
    """Storages open to everybody that hold, or lie around, the files of datasets."""
    kept = {settings.get(f"ckan.files.default_storages.{use}") for use in ("resource", "default")}
    found = []
    for name in map(str, settings):
        if not (name.startswith(_STORAGE) and name.endswith(".public")):
            continue
        storage = name[len(_STORAGE) : -len(".public")]
        path = settings.get(f"{_STORAGE}{storage}.path")
        held = storage in kept or "resource" in storage or _around(path, settings)
        if held and tk.asbool(settings[name] or False):
            found.append(name)
    return found


def _around(path: Any, settings: Any) -> bool:
    """Whether a storage's folder is, holds or lies in the folder of our files."""
    if not path or not settings.get("ckan.storage_path"):
        return False
    ours, theirs = Path(settings["ckan.storage_path"], "blobs").resolve(), Path(path).resolve()
    return ours == theirs or theirs in ours.parents or ours in theirs.parents


def refuse_unsafe(settings: Any) -> None:
    """Do not start with a door open.

    :raises CkanConfigurationException: names the settings and what to write instead.
    """
    open_doors = unsafe(settings)
    if open_doors:
        raise CkanConfigurationException(
            f"Portal tidak dijalankan karena tidak aman: {', '.join(open_doors)}. "
            "Matikan (false, atau kosongkan) pengaturan itu di berkas ini CKAN."
        )


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
        refuse_unsafe(config_)
        config.check()
        tripwire.arm()

    def declare_config_options(self, declaration: Any, key: Any) -> None:
        """See ``config_declaration.yaml``."""
        text = (_ROOT / "config_declaration.yaml").read_text(encoding="utf-8")
        declaration.load_dict(yaml.safe_load(text))
