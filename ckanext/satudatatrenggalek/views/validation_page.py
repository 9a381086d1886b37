"""ckanext-validation's report page at its own address, by the dataset's name as well as its id.

Theirs compares the address with the id alone (a name gives 404) and needs JavaScript.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint

validation = Blueprint("validation", __name__)


@validation.route("/dataset/<id>/resource/<resource_id>/validation")
def read(id: str, resource_id: str) -> Any:
    """The machine's report on one file, for whoever may read the file."""
    try:
        report = tk.get_action("resource_validation_show")({}, {"resource_id": resource_id})
        resource = tk.get_action("resource_show")({}, {"id": resource_id})
        dataset = tk.get_action("package_show")({}, {"id": resource["package_id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404)
    if id not in (dataset["id"], dataset["name"]):
        return tk.abort(404)
    return tk.render(
        "validation/validation_read.html",
        {
            "validation": report,
            "resource": resource,
            "res": resource,
            "pkg_dict": dataset,
            "pkg": dataset,
            "dataset": dataset,
        },
    )
