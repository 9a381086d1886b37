"""Scans of decrees and letters."""

from typing import Any

import ckan.plugins.toolkit as tk

from .downloads import hand_out
from .meja import meja


@meja.route("/surat/<id>", methods=["GET"])
def paper(id: str) -> Any:
    """The scan as it was sent, for whoever may read the paper."""
    try:
        found = tk.get_action("satudata_paper_show")({"for_view": True}, {"id": id})
    except tk.ValidationError as error:
        raise tk.ObjectNotFound from error  # an address nobody was given
    if "path" not in found:
        raise tk.ObjectNotFound
    return hand_out(found, found["path"])
