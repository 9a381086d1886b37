"""One CKAN site in a process: `python portal_site.py ours|plain`, told what to do line by line.

ours: the portal. plain: CKAN with the same other extensions, schema, database and index. Reads a
line of JSON, {"do": name, ...}, and writes one, the answer: seconds of each repetition mostly.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app

ROOT = Path(os.environ.get("BENCH_ROOT", Path(__file__).resolve().parents[1]))
OURS = ("satudatatrenggalek", "satudatatrenggalek_validation")
TEMPLATE = "templat-satu-data"
WAITING = "menunggu-satu-data"
FIELDS: dict[str, Any] = {}


def _site(name: str) -> Any:
    config: Any = load_config(str(ROOT / "test.ini"))
    if name == "plain":
        plugins = [p for p in config["ckan.plugins"].split() if p not in OURS]
        # ckanext-validation is not among them: without our adapter it does not start on 2.12.
        config["ckan.plugins"] = " ".join(plugins)
        config["ckanext.dcat.rdf.profiles"] = "euro_dcat_ap_3"
    config["WTF_CSRF_ENABLED"] = False
    app = make_app(config)
    if name == "plain":
        _know_the_validators_of_the_schema()
    return app


def _know_the_validators_of_the_schema() -> None:
    from ckan.logic import _validators_cache

    from ckanext.satudatatrenggalek.logic import validators

    tk.get_validator("not_empty")
    _validators_cache.update({name: getattr(validators, name) for name in validators.__all__})


def _context(user: str | None) -> Any:
    found = model.User.get(user) if user else None
    return {"user": user or "", "auth_user_obj": found or model.AnonymousUser()}


def _timed(work: Callable[[int], Any], times: int) -> list[float]:
    seconds = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        seconds.append(time.perf_counter() - start)
        model.Session.remove()
    return seconds


class Site:
    """What a site can be told to do."""

    def __init__(self, name: str) -> None:
        self.app = _site(name)
        self.name = name
        # Each asks for others, or the second would find warm what the first has read.
        self._random = random.Random(f"20261125 {name}")

    def prepare(self) -> dict[str, Any]:
        """An empty portal with the tests' regency and a dataset of each kind to copy."""
        import portal_world

        return portal_world.prepare()

    def fill(self, template: str, first: int, last: int, solr: str, record: int = 1) -> int:
        """Copies of a dataset, see `portal_fill`; gives how long the record is then."""
        import portal_fill

        portal_fill.fill(template, first, last, solr, record)
        query = sa.text("SELECT count(*) FROM satudata_audit")
        kept = model.Session.execute(query).scalar_one()
        model.Session.remove()
        return kept

    def show(self, many: int, times: int) -> list[float]:
        """`package_show` of any dataset, by nobody in particular."""
        names = [f"{TEMPLATE}-{self._random.randrange(many)}" for _ in range(times)]
        act = tk.get_action("package_show")
        return _timed(lambda n: act(_context(None), {"id": names[n]}), times)

    def search(self, many: int, times: int) -> list[float]:
        """`package_search` with facets, a page of twenty."""
        act = tk.get_action("package_search")
        asked = {"rows": 20, "facet.field": ["organization", "tags", "res_format"]}
        words = [f"posyandu {self._random.randrange(many)}" for _ in range(times)]
        return _timed(lambda n: act(_context(None), {**asked, "q": words[n]}), times)

    def create(self, fields: dict[str, Any], times: int, mark: str) -> list[float]:
        """`package_create` by the producer, metadata complete."""
        act = tk.get_action("package_create")

        def work(number: int) -> None:
            act(_context("produsen"), {**fields, "name": f"baru-{self.name}-{mark}-{number}"})

        return _timed(work, times)

    def update(self, fields: dict[str, Any], times: int, mark: str) -> list[float]:
        """`package_update` of what `create` made."""
        act = tk.get_action("package_update")

        def work(number: int) -> None:
            name = f"baru-{self.name}-{mark}-{number}"
            act(_context("produsen"), {**fields, "id": name, "name": name, "notes": f"Baru {mark}"})

        return _timed(work, times)

    def page(self, path: str, token: str, times: int) -> list[float]:
        """A page of the portal, in full."""
        client = self.app.test_client()
        headers = {"Authorization": token} if token else {}

        def work(_: int) -> None:
            answer = client.get(path, headers=headers, follow_redirects=True)
            assert answer.status_code == 200, (path, answer.status_code)
            assert answer.request.path == path.partition("?")[0], "sent elsewhere"

        # In a thread of its own: who called before is kept with the context of this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(_timed, work, times).result()

    def release(self, dataset_id: str) -> float:
        """An approved edition made the public one as the worker does, with its index."""
        from ckanext.satudatatrenggalek import jobs

        return _timed(lambda _: jobs.release(dataset_id), 1)[0]

    def copy(self, paths: list[str]) -> float:
        """The same files copied to another folder and written out."""
        with tempfile.TemporaryDirectory(dir=Path(paths[0]).parent) as folder:
            start = time.perf_counter()
            for number, path in enumerate(paths):
                shutil.copyfile(path, Path(folder) / str(number))
            return time.perf_counter() - start


def main() -> None:
    """Answer line by line until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing else may speak on it
    site = Site(sys.argv[1])
    with site.app.test_request_context("/"):
        for line in sys.stdin:
            asked = json.loads(line)
            answer = getattr(site, asked.pop("do"))(**asked)
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
