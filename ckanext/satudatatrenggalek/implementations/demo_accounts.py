"""Demo accounts are refused wherever the site's address is not a local one.

Asked at each request and not once at start: the address may be changed between two starts, and
then neither a password, a session nor an API token of such an account may open anything.
"""

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from flask import Response

from ..demo.accounts import is_demo
from ..demo.address import is_local

_REFUSAL = (
    "Akun peragaan hanya berlaku di portal yang alamatnya lokal. Masuk dengan akun Anda sendiri."
)


def refused(user: Any) -> bool:
    """Whether this account may do nothing here."""
    return is_demo(user) and not is_local(tk.config["ckan.site_url"])


class DemoAccounts(p.SingletonPlugin):
    """Refuses them at login, and whoever is one of them at every request."""

    p.implements(p.IAuthenticator, inherit=True)

    def login(self) -> Any:
        """Before the password is looked at."""
        if tk.request.method != "POST":
            return None
        name = tk.request.form.get("login", "")
        if not refused(model.User.by_name(name) or model.User.by_email(name)):
            return None
        tk.h.flash_error(_REFUSAL)
        return tk.render("user/login.html", {})

    def identify(self) -> Response | None:
        """After CKAN knows who is asking, by session or API token: ends the request."""
        if not refused(tk.current_user):
            return None
        tk.logout_user()
        return Response(_REFUSAL, status=403, mimetype="text/plain")
