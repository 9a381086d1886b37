"""`var/ckan.ini`: written once, afterwards only its addresses are refreshed."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping

from .checkout import Checkout, choose_port, load_ports, load_secrets, write_private
from .process import Daemon
from .refusal import Refusal
from .services import PORTAL_CORE, PORTAL_DATABASES, Services

# Setting in the ini -> name in the template deploy/ckan.ini.
REFRESHED = {
    "ckan.site_url": "site_url",
    "sqlalchemy.url": "sqlalchemy_url",
    "ckan.datastore.write_url": "datastore_write_url",
    "ckan.datastore.read_url": "datastore_read_url",
    "ckan.redis.url": "redis_url",
    "solr_url": "solr_url",
    "ckan.storage_path": "storage_path",
    "ckanext.xloader.jobs_db.uri": "xloader_jobs_url",
    "ckanext.xloader.api_token": "xloader_token",
    "smtp.server": "mail_server",
}
# A mail server somebody has put in place of this checkout's own mailbox stays.
OWN_MAILBOX = "127.0.0.1:"


def write(checkout: Checkout, values: Mapping[str, str]) -> bool:
    """Make or refresh the ini with these addresses. True where its text has changed."""
    old = checkout.ini.read_text() if checkout.ini.exists() else ""
    new = refreshed(old, values) if old else fresh(checkout, values)
    if new != old:
        write_private(checkout.ini, new)
    return new != old


def addresses(checkout: Checkout, services: Services, port: int) -> dict[str, str]:
    main, datastore = PORTAL_DATABASES
    return {
        "site_url": f"http://localhost:{port}",
        "sqlalchemy_url": services.postgres.url(main),
        "datastore_write_url": services.postgres.url(datastore),
        "datastore_read_url": services.postgres.url(datastore, reader=True),
        "redis_url": services.redis.url(0),
        "solr_url": services.solr.url(PORTAL_CORE),
        "storage_path": str(checkout.storage),
        "xloader_jobs_url": services.postgres.url(main),
        "xloader_token": load_secrets(checkout).get("xloader_token", "NOT_SET"),
        "mail_server": f"{OWN_MAILBOX}{mail_port(checkout)}",
    }


def mail_port(checkout: Checkout) -> int:
    """The port of this checkout's mailbox: the one it is at, or one that is free."""
    if Daemon(checkout, "mail").pid() is not None:
        return load_ports(checkout)["mail"]
    return choose_port(checkout, "mail")


def fresh(checkout: Checkout, values: Mapping[str, str]) -> str:
    secrets = load_secrets(checkout)
    text = (checkout.root / "deploy" / "ckan.ini").read_text()
    filled = {
        "mail_server": "",
        "mail_from": "portal@localhost" if "mail_server" in values else "",
        **values,
        "secret_key": secrets["SECRET_KEY"],
        "csrf_secret": secrets["WTF_CSRF_SECRET_KEY"],
        "jwt_secret": secrets["api_token.jwt"],
        "demo_password": secrets["demo_password"],
    }
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    return text


def refreshed(text: str, values: Mapping[str, str]) -> str:
    """The same text with today's addresses; an address line that is gone is put back."""
    for setting, name in REFRESHED.items():
        if name not in values or (name == "mail_server" and not _is_own_mailbox(text)):
            continue
        line = f"{setting} = {values[name]}"
        pattern = re.compile(rf"^{re.escape(setting)}[ \t]*=.*$", re.MULTILINE)
        if pattern.search(text):
            text = pattern.sub(lambda _, line=line: line, text)
        else:
            text = text.replace("[app:main]\n", f"[app:main]\n{line}\n", 1)
    return text


def _is_own_mailbox(text: str) -> bool:
    written = re.search(r"^smtp\.server[ \t]*=[ \t]*(.*)$", text, re.MULTILINE)
    return bool(written and written[1].startswith(OWN_MAILBOX))


def setting(checkout: Checkout, name: str) -> str:
    """One value of `[app:main]`, empty where it is not set."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(checkout.ini)
    except configparser.Error as error:
        raise Refusal(
            f"Berkas {checkout.ini} tidak terbaca ({error}). Perbaiki baris itu, atau hapus "
            "berkasnya agar ditulis ulang, lalu jalankan: make portal."
        ) from error
    return parser.get("app:main", name, fallback="")
