"""What is not there and what one may not know of look the same on every page: a plain 404.

Core's own views let a refusal through as HTTP 500 where they ask a permission without catching "not
found" (``/datastore/dump`` does) or "not yours" (``/api/2/util/user/autocomplete`` does).
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, current_app
from werkzeug.exceptions import Forbidden, NotFound

missing = Blueprint("satudata_missing", __name__)


@missing.app_errorhandler(tk.ObjectNotFound)
def not_found(_error: Any) -> Any:
    """As if the address did not exist."""
    return current_app.handle_http_exception(NotFound())


@missing.app_errorhandler(tk.NotAuthorized)
def not_yours(error: Any) -> Any:
    """What may be known of and not be done."""
    return current_app.handle_http_exception(Forbidden(str(error) or None))
