"""CKAN's package hooks: our tables follow in the same transaction."""

from typing import Any

import ckan.plugins as p

from ..logic import registration


class Packages(p.SingletonPlugin):
    """Creation and change of packages, seen from the procedure."""

    p.implements(p.IPackageController, inherit=True)

    def after_dataset_create(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Before CKAN commits: open the first submission."""
        registration.on_create(context, pkg_dict)

    def after_dataset_update(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Before CKAN commits: remember who changed what, look at the files again."""
        registration.on_update(context, pkg_dict)
