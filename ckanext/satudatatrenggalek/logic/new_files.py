"""What a file that takes another one's place brings with it: its format."""

from pathlib import PurePath
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ..model import files


def take_format(resource: model.Resource | None, data: dict[str, Any]) -> None:
    """Let the format follow a new file of another kind, in the fields of a resource to be written.

    Forms and ``resource_patch`` send the old file's format along: that is no claim of anybody
    about the new one. A format that differs from the old one is.
    """
    name = str(getattr(data.get("upload"), "filename", "") or "")
    kind = _kind(name)
    if resource is None or not kind:
        return
    sent = str(data.get("format") or "")
    if sent and sent.lower() != str(resource.format or "").lower():
        return
    old = files.of_resource(model.Session, resource.id)
    if old is None or kind != _kind(old.filename):
        data["format"] = tk.h.unified_resource_format(kind)


def _kind(filename: str) -> str:
    return PurePath(filename).suffix.lstrip(".").lower()
