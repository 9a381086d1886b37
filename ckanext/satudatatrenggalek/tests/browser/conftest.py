"""A real portal for a real browser: gunicorn, RQ worker, mail, Chromium, tokens of forms.

Screenshots go to ``var/screenshots``, each as on a desk and as on a phone, for people to look at.
"""

from __future__ import annotations

import json
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

from ..access import post_office
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

    def __init__(self, folder: Path, post: post_office.PostOffice | None = None) -> None:
        self.post = post
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.ini = folder / "browser.ini"
        text = (ROOT / "test.ini").read_text(encoding="utf-8")
        # Browsers must send the token of every form; only in-process tests are spared it.
        text = text.replace("WTF_CSRF_ENABLED = false", "WTF_CSRF_ENABLED = true")
        text = text.replace("testing = true", "testing = false")
        if post:
            mail = f"smtp.server = 127.0.0.1:{post.server_address[1]}\nsmtp.mail_from = p@data.test"
            text = text.replace("[app:main]", f"[app:main]\n{mail}")
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

    def status(self, path: str) -> int:
        """How the portal answers somebody who is not signed in."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def api(self, path: str) -> Any:
        """The result of an action, asked by nobody."""
        with urllib.request.urlopen(f"{self.address}/api/3/action/{path}", timeout=30) as answer:
            return json.load(answer)["result"]

    def mail(self, to: str, words: str) -> str:
        """The text of the first mail to an address that has these words; waits for it."""
        assert self.post, "this site has no mail server"
        for _ in range(120):
            for mail in self.post.mails:
                text = str((mail.get_body(("plain",)) or mail).get_content())
                if to in str(mail["To"]) and words in f"{mail['Subject']}\n{text}":
                    return text
            time.sleep(0.25)
        pytest.fail(f"no mail to {to} says {words!r}")

    def end(self) -> None:
        """End everything once its work is done: a killed one's last commit may come later."""
        for process in self.processes.values():
            process.terminate()
        for name in list(self.processes):
            try:
                self.processes[name].wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.stop(name)
        self.log.close()

    def stop(self, name: str) -> None:
        """Kill a process and its children, at once."""
        process = self.processes.pop(name, None)
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def site(world: Any, tmp_path: Path) -> Iterator[Site]:
    """The portal running for real; accounts are those of ``world`` with ``PASSWORD``."""
    set_passwords(world)
    with post_office.opened() as post:
        running = Site(tmp_path, post)
        try:
            running.start_web()
            running.start_worker()
            yield running
        finally:
            running.end()


def checked(world: Any, key: str) -> None:
    """Until the worker has looked at every file of a submission."""
    from ckan import model

    for _ in range(240):
        model.Session.rollback()
        if not world.show(key)["machine"]["pending"]:
            return
        time.sleep(0.25)
    pytest.fail(f"the files of {key} are not checked")


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
        self.site, self.width = site, width
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

    def text(self) -> str:
        """What the page says."""
        return str(self.page.inner_text("body"))

    def press(self, selector: str) -> None:
        """Click, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def take(self, step: str) -> None:
        """Press the button of a step."""
        self.press(f"button[name=step][value={step}]")

    def fill(self, fields: dict[str, str]) -> None:
        """Fill in a form of CKAN's, whatever kind of box a field is."""
        self.page.locator("form details").evaluate_all("all => all.forEach(d => d.open = true)")
        for name, value in fields.items():
            box = self.page.locator(f"form [name={name}]").first
            if box.get_attribute("type") == "radio":
                self.page.check(f"form [name={name}][value={value}]")
            elif box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)

    def unfold(self, selector: str) -> None:
        """Open what is folded around something, as a click on its summary does."""
        self.page.locator(f"details:has({selector})").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )

    def until(self, path: str, words: str) -> None:
        """Open a page again and again until it says something."""
        for _ in range(120):
            self.go(path)
            if words in self.text():
                return
            time.sleep(0.5)
        self.picture("fail-until")
        pytest.fail(f"{path} does not say {words!r}")

    def picture(self, name: str) -> None:
        """Keep the whole page as it looks on a desk and on a phone, where nothing sticks out."""
        folder = ROOT / "var" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        for width, more in ((390, "-390"), (1280, "")):
            self.page.set_viewport_size({"width": width, "height": 900})
            path = str(folder / f"{name}{more}.png")
            # The bar of decisions floats over what one looks for.
            calm = ".sd-decide { position: static !important }"
            self.page.screenshot(path=path, full_page=True, style=calm)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name}: {wide} pixels on a screen of {width}"
        self.page.set_viewport_size({"width": self.width, "height": 900})
