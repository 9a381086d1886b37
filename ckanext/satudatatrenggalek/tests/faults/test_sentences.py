"""What people read while a part is away: a sentence, by the portal as gunicorn serves it."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from ..browser.conftest import PASSWORD, Site, set_passwords
from ..world import World
from .parts import Parts, wait_for


@pytest.fixture
def site(world: World, parts: Parts, tmp_path: Path) -> Iterator[Site]:
    """The portal's web processes, with sessions in Redis as in production."""
    set_passwords(world)
    running = Site(tmp_path)
    first = "use = egg:ckan\n"
    text = running.ini.read_text().replace(first, f"{first}SESSION_TYPE = redis\n", 1)
    running.ini.write_text(text)
    try:
        running.start_web()
        yield running
    finally:
        running.stop("web")
        running.log.close()


class Browser:
    """Keeps its cookies, follows no script."""

    def __init__(self, site: Site) -> None:
        self.site = site
        keep = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(keep)

    def open(self, path: str, sent: bytes | None = None) -> tuple[int, str]:
        """Status and body."""
        try:
            with self.opener.open(self.site.address + path, sent, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, name: str) -> None:
        """By the form."""
        _, page = self.open("/user/login")
        found = re.search(r'name="_csrf_token" content="([^"]+)"', page)
        assert found, page
        fields = {"login": name, "password": PASSWORD, "_csrf_token": found[1]}
        status, _ = self.open("/user/login", urllib.parse.urlencode(fields).encode())
        assert status == 200


def test_every_part_that_is_away_is_told_and_comes_back_by_itself(
    world: World, site: Site, parts: Parts
) -> None:
    draft = world.draft()
    clerk, stranger = Browser(site), Browser(site)
    clerk.sign_in("produsen")
    mine = f"/meja/dataset/{draft['id']}"
    assert clerk.open(mine)[0] == 200
    for part, why, asked in (
        (parts.postgres, "basis data tidak menjawab", ("/", mine, "/dataset/")),
        (parts.redis, "antrean pekerjaan tidak menjawab", (mine, "/meja/tugas")),
        (parts.solr, "mesin pencari tidak menjawab", ("/dataset/",)),
    ):
        with part.away():
            for path in asked:
                for who in (clerk, stranger):
                    status, page = who.open(path)
                    if who is clerk or status == 503:
                        assert status == 503, (why, path, status, page[:500])
                        assert why in page, (why, path)
                        assert "Yang sudah tersimpan tidak hilang" in page
        wait_for(lambda: clerk.open(mine)[0] == 200)
        assert clerk.open("/dataset/")[0] == 200
    with parts.postgres.away():
        status, body = stranger.open("/api/3/action/status_show")
        assert (status, json.loads(body)["success"]) == (503, False)
