"""Prepare the portal inside its container: settings once, tables, DataStore permissions, demo."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from launcher import ckan, ini, portal
from launcher.checkout import Checkout, load_secrets
from launcher.process import run
from launcher.refusal import Refusal

ADDRESS_VARIABLES = {
    "site_url": "CKAN_SITE_URL",
    "sqlalchemy_url": "CKAN_SQLALCHEMY_URL",
    "datastore_write_url": "CKAN_DATASTORE_WRITE_URL",
    "datastore_read_url": "CKAN_DATASTORE_READ_URL",
    "redis_url": "CKAN_REDIS_URL",
    "solr_url": "CKAN_SOLR_URL",
    "storage_path": "CKAN_STORAGE_PATH",
    "xloader_jobs_url": "CKAN_SQLALCHEMY_URL",
}


def addresses(checkout: Checkout) -> dict[str, str]:
    missing = sorted({name for name in ADDRESS_VARIABLES.values() if not os.environ.get(name)})
    if missing:
        raise Refusal(f"Variabel {', '.join(missing)} belum diisi. Lengkapi di deploy/compose.env.")
    values = {key: os.environ[name] for key, name in ADDRESS_VARIABLES.items()}
    return {**values, "xloader_token": load_secrets(checkout).get("xloader_token", "NOT_SET")}


def prepare(checkout: Checkout) -> None:
    checkout.prepare()
    ini.write(checkout, addresses(checkout))
    portal.prepare_tables(checkout, lambda: ini.write(checkout, addresses(checkout)))
    run(
        ["psql", "-q", "-v", "ON_ERROR_STOP=1", os.environ["SUPERUSER_URL"]],
        why="Izin DataStore tidak dapat dipasang",
        give=ckan.call(checkout, ["datastore", "set-permissions"], "Izin DataStore tidak tersusun"),
    )
    ckan.call(checkout, ["translation", "js"], "Terjemahan skrip tidak dapat dibuat")
    if os.environ.get("DEMO") == "1":
        portal.fill_demo(checkout)


if __name__ == "__main__":
    try:
        prepare(Checkout(Path(__file__).resolve().parents[1]))
    except Refusal as refusal:
        sys.exit(str(refusal))
