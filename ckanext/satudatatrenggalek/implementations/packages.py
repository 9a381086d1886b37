"""CKAN's package hooks: our tables follow in the same transaction."""

from typing import Any

import ckan.plugins as p
from ckan import model

from ..domain import visibility
from ..logic import registration
from ..model import catalogue


def _is_called_public(row: dict[str, Any]) -> bool:
    """Whether the index says so: of a whole dataset, or of the fields somebody chose."""
    return row.get("private") is False or row.get("capacity") == "public"


class Packages(p.SingletonPlugin):
    """Creation and change of packages, seen from the procedure."""

    p.implements(p.IPackageController, inherit=True)

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        """Labels say which office holds what in which role; nobody counts or fetches them."""
        for name in ("facet.field", "fl"):
            asked = search_params.get(name)
            words = asked.replace(",", " ").split() if isinstance(asked, str) else asked
            if words and "permission_labels" in str(asked):
                kept = [word for word in words if "permission_labels" not in str(word)]
                search_params[name] = kept if isinstance(asked, list) else ",".join(kept) or "id"
        if asked := search_params.get("fl"):
            # What follows the search has to know which dataset a row is.
            words = asked.replace(",", " ").split() if isinstance(asked, str) else list(asked)
            search_params["fl"] = [*words, *sorted({"id", "capacity"} - set(words))]
        return search_params

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        """The index follows a commit by moments, or by minutes where Solr was away.

        What it still calls public is looked up: gone from the public, gone from the answer;
        restricted meanwhile, without files.
        """
        found = search_results["results"]
        open_ones = [row["id"] for row in found if row.get("id") and _is_called_public(row)]
        levels = catalogue.levels_of_public(model.Session, open_ones) if open_ones else {}
        left = [row for row in found if row.get("id") not in open_ones or row["id"] in levels]
        for row in left:
            if visibility.lies_in_edition(levels.get(row.get("id", ""), "")) and "resources" in row:
                row.update(resources=[], num_resources=0)
        search_results["results"] = left
        search_results["count"] -= len(found) - len(left)
        return search_results

    def after_dataset_create(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Before CKAN commits: open the first submission."""
        registration.on_create(context, pkg_dict)

    def after_dataset_update(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Before CKAN commits: remember who changed what, look at the files again."""
        registration.on_update(context, pkg_dict)
