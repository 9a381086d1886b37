"""By what people narrow down the list of datasets."""

from typing import Any

import ckan.plugins as p


class Facets(p.SingletonPlugin):
    """Office, theme, kind, frequency, format: the questions of people who look for data."""

    p.implements(p.IFacets, inherit=True)

    def dataset_facets(self, facets_dict: dict[str, Any], package_type: str) -> dict[str, Any]:
        """Facets of the search page, in this order; those of other extensions follow."""
        ours = {
            "organization": "Produsen Data",
            "theme": "Tema",
            "jenis": "Jenis data",
            "accrualPeriodicity": "Frekuensi",
            "res_format": "Format",
        }
        core = {"organization", "groups", "tags", "res_format", "license_id"}
        others = {name: title for name, title in facets_dict.items() if name not in core}
        return {**ours, **others}

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: str | None
    ) -> dict[str, Any]:
        """The same on an office's page, where the office itself is no question."""
        facets = self.dataset_facets(facets_dict, package_type or "dataset")
        return {name: title for name, title in facets.items() if name != "organization"}
