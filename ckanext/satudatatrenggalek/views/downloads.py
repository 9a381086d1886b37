"""How files leave the portal: as attachments, under their own name, never guessed at."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, send_file

downloads = Blueprint("satudata_downloads", __name__)

_ENDPOINTS = {"dataset_resource.download", "resource.download"}


def hand_out(found: Mapping[str, Any], path: str) -> Response:
    """A file kept by its hash, as an attachment under its own name.

    :param found: its ``filename``; ``mimetype`` and ``sha256`` where they are known.
    """
    answer = send_file(
        path,
        found.get("mimetype") or "application/octet-stream",
        as_attachment=True,
        download_name=found["filename"],
        etag=found.get("sha256") or True,
        conditional=True,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


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
