"""What is not there and what one may not know of look the same on every page: a plain 404.

Core's own views let a refusal through as HTTP 500 where they ask a permission without catching
"not found" (``/datastore/dump`` does).
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, current_app
from werkzeug.exceptions import NotFound

missing = Blueprint("satudata_missing", __name__)


@missing.app_errorhandler(tk.ObjectNotFound)
def not_found(_error: Any) -> Any:
    """As if the address did not exist."""
    return current_app.handle_http_exception(NotFound())
