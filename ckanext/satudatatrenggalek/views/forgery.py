"""Every form of somebody signed in by session must carry its token, whatever others did before.

CKAN exempts a view from this for the life of the process as soon as one request reaches it by
API token (``ckan_before_request``); any account could open a page or the API to forgery that way.
"""

import ckan.plugins.toolkit as tk
from ckan.config.middleware.flask_app import csrf
from flask import Blueprint, current_app, g

forgery = Blueprint("satudata_forgery", __name__)


@forgery.before_app_request
def ask_for_the_form_token() -> None:
    """Ask again, after CKAN has said who is there; a token in the header is no session."""
    if not current_app.config["WTF_CSRF_ENABLED"] or g.get("login_via_auth_header"):
        return
    if tk.current_user.is_authenticated:
        csrf.protect()
