"""How files leave the portal: as attachments, under their own name, never guessed at."""

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

downloads = Blueprint("satudata_downloads", __name__)

_ENDPOINTS = {"dataset_resource.download", "resource.download"}


@downloads.after_app_request
def as_attachment(response: Response) -> Response:
    """Core serves inline, and under whatever name the address ends with."""
    if tk.request.endpoint not in _ENDPOINTS or response.status_code not in (200, 206):
        return response
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.set("Content-Disposition", "attachment", filename=_stored_name())
    return response


def _stored_name() -> str:
    resource_id = (tk.request.view_args or {})["resource_id"]
    resource = tk.get_action("resource_show")({}, {"id": resource_id})
    return str(resource["url"]).rsplit("/", 1)[-1]
