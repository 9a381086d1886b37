"""A real portal for a real browser: gunicorn, RQ worker, Chromium, forms with their tokens.

Screenshots go to ``var/screenshots``, for people to look at.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rq
from ckan.lib.redis import connect_to_redis

from ..world_fixtures import loaded, portal, world

__all__ = ["loaded", "portal", "world"]

ROOT = Path(__file__).resolve().parents[4]
PASSWORD = "rahasia-contoh-2026"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """The portal's web and worker processes, on the databases of the tests."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.ini = folder / "browser.ini"
        text = (ROOT / "test.ini").read_text(encoding="utf-8")
        # Browsers must send the token of every form; only in-process tests are spared it.
        text = text.replace("WTF_CSRF_ENABLED = false", "WTF_CSRF_ENABLED = true")
        text = text.replace("testing = true", "testing = false")
        self.ini.write_text(text, encoding="utf-8")
        self.env = {**os.environ, "CKAN_INI": str(self.ini), "CKAN_SITE_URL": self.address}
        self.log = (folder / "site.log").open("w", encoding="utf-8")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start a process in a group of its own, so that it ends with its children."""
        self.processes[name] = subprocess.Popen(
            command,
            env=self.env,
            cwd=ROOT / "deploy",
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def start_web(self) -> None:
        """gunicorn, as in production."""
        bind = f"127.0.0.1:{self.port}"
        command = ["-m", "gunicorn", "-w", "2", "-b", bind, "--timeout", "120", "wsgi:application"]
        self.start("web", [sys.executable, *command])
        self._wait()

    def _wait(self) -> None:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.address}/api/3/action/status_show", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                assert self.processes["web"].poll() is None, self._said()
                time.sleep(0.5)
        pytest.fail(f"The web process does not answer: {self._said()}")

    def _said(self) -> str:
        self.log.flush()
        return Path(self.log.name).read_text(encoding="utf-8")[-3000:]

    def start_worker(self) -> None:
        """CKAN's RQ worker."""
        ckan = str(Path(sys.executable).parent / "ckan")
        self.start("worker", [ckan, "-c", str(self.ini), "jobs", "worker"])
        self._wait_for_worker()

    def _wait_for_worker(self) -> None:
        """Until it listens: how fast Python starts on a busy machine is nobody's promise."""
        connection = connect_to_redis()
        for _ in range(240):
            if any(w.pid == self.processes["worker"].pid for w in rq.Worker.all(connection)):
                return
            assert self.processes["worker"].poll() is None, self._said()
            time.sleep(0.25)
        pytest.fail(f"The worker does not listen: {self._said()}")

    def stop(self, name: str) -> None:
        """End a process and its children, at once."""
        process = self.processes.pop(name, None)
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def site(world: Any, tmp_path: Path) -> Iterator[Site]:
    """The portal running for real; accounts are those of ``world`` with ``PASSWORD``."""
    set_passwords(world)
    running = Site(tmp_path)
    try:
        running.start_web()
        running.start_worker()
        yield running
    finally:
        for name in list(running.processes):
            running.stop(name)
        running.log.close()


def set_passwords(world: Any) -> None:
    from ckan import model

    for user in world.users.values():
        row = model.User.get(user["id"])
        assert row is not None
        row.password = PASSWORD
    model.Session.commit()


@pytest.fixture
def browser() -> Iterator[Any]:
    """Debian's Chromium under Playwright; missing is a failure, not a skip."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: install the package 'chromium'."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


class Person:
    """Somebody at a browser of their own."""

    def __init__(
        self,
        browser: Any,
        site: Site,
        name: str | None,
        width: int = 1280,
        scripts: bool = True,
    ) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="id-ID",
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        if name:
            self.sign_in(name)

    def sign_in(self, name: str) -> None:
        """Through the login page."""
        self.go("/user/login")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("form:has(input[name=password]) button[type=submit]")
        self.page.wait_for_load_state()

    def go(self, path: str) -> Any:
        """Open an address of the portal; gives the response."""
        return self.page.goto(self.site.address + path)

    def picture(self, name: str) -> None:
        """Keep a screenshot of the whole page."""
        folder = ROOT / "var" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(folder / f"{name}.png"), full_page=True)
