"""The portal behind a real HTTP server, and the settings of a second CKAN that visits it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa
from ckan import model
from werkzeug.serving import make_server

# The second site keeps its tables in a schema of its own inside the tests' database, so that
# no second database has to be made; index and queue tell the sites apart by their site_id.
SCHEMA = "second_site"
_INI = """
[DEFAULT]
[app:main]
use = egg:ckan
SECRET_KEY = only-for-tests-of-harvesting-0123456789
api_token.jwt.encode.secret = string:only-for-tests-of-harvesting-0123456789
api_token.jwt.decode.secret = string:only-for-tests-of-harvesting-0123456789
ckan.site_id = second_site
ckan.site_url = http://second-site.example.org
ckan.plugins = harvest ckan_harvester dcat dcat_rdf_harvester
ckan.harvest.mq.type = redis
ckan.create_unowned_dataset = false
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = generic
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic
[formatter_generic]
format = %(asctime)s %(levelname)-5.5s [%(name)s] %(message)s
"""


@contextmanager
def served(portal: Any, settings: Any) -> Iterator[str]:
    """Serve the portal on a free port of this machine; gives its address.

    Enter before anything is published: addresses of files are written into the index.
    """
    server = make_server("127.0.0.1", 0, portal.app, threaded=True)
    before = settings["ckan.site_url"]
    settings["ckan.site_url"] = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield settings["ckan.site_url"]
    finally:
        server.shutdown()
        thread.join()
        settings["ckan.site_url"] = before


@contextmanager
def second_site(folder: Path) -> Iterator[Path]:
    """An empty, migrated second CKAN; gives the path of its ini."""
    ini = folder / "second.ini"
    ini.write_text(_INI)
    _schema("CREATE")
    try:
        for command in (["db", "init"], ["db", "upgrade"]):
            _run([str(Path(sys.executable).with_name("ckan")), "-c", str(ini), *command])
        yield ini
    finally:
        _schema("DROP")


def harvest(ini: Path, portal: str) -> dict[str, Any]:
    """What both harvesters bring over; see ``second_site.py``."""
    printed = _run([sys.executable, "-m", f"{__package__}.second_site", str(ini), portal])
    return json.loads(printed.splitlines()[-1])


def _schema(verb: str) -> None:
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        if verb == "CREATE":
            connection.execute(sa.text(f"CREATE SCHEMA {SCHEMA}"))


def _run(command: list[str]) -> str:
    environment = {**os.environ, "PGOPTIONS": f"-csearch_path={SCHEMA}"}
    environment.setdefault("CKAN_SQLALCHEMY_URL", _config("sqlalchemy.url"))
    environment.setdefault("CKAN_SOLR_URL", _config("solr_url"))
    environment.setdefault("CKAN_REDIS_URL", _config("ckan.redis.url"))
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _config(name: str) -> str:
    import ckan.plugins.toolkit as tk

    return str(tk.config[name])
