"""The Solr of this checkout: jars from Maven, a small Jetty launcher, one core a CKAN."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from pathlib import Path

from .checkout import Checkout, choose_port, load_ports
from .process import Daemon, as_service, free_bytes, give_to_service, run, state_folder
from .refusal import Refusal

# Jars (70 MB), an index and its growth while segments merge.
NEEDED_BYTES = 600 * 1024 * 1024
PORTAL_CORE = "ckan"
TEST_CORE = "ckan_test"


class Solr:
    """Fetches, starts and stops it, and makes cores."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.folder = state_folder(checkout) / "solr"
        self.sources = checkout.root / "deploy" / "solr"
        self.daemon = Daemon(checkout, "solr", home=self.folder / "home")

    @property
    def port(self) -> int:
        return load_ports(self.checkout)["solr"]

    def url(self, core: str) -> str:
        return f"http://127.0.0.1:{self.port}/solr/{core}"

    def fetch(self) -> None:
        """The jars, once. A download cut off half way leaves no `complete` and is done again."""
        lib, complete = self.folder / "lib", self.folder / "complete"
        stamp = (self.sources / "pom.xml").read_text()
        if complete.exists() and complete.read_text() == stamp:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        require_space(self.folder, free_bytes(self.folder))
        shutil.rmtree(lib, ignore_errors=True)
        run(
            ["mvn", "-q", "-B", "-f", str(self.sources / "pom.xml"), "dependency:copy-dependencies"]
            + [f"-DoutputDirectory={lib}", "-DincludeScope=runtime"],
            why="Solr tidak dapat diunduh; periksa sambungan internet, lalu ulangi",
        )
        complete.write_text(stamp)

    def start(self, cores: tuple[str, ...]) -> None:
        """Running, with these cores. Newly made cores of a running Solr are loaded at once."""
        self.fetch()
        running = self.daemon.pid() is not None
        new = [core for core in cores if self._write_core(core, running)]
        if not running:
            self._launch()
        else:
            for core in new:
                self._ask(f"admin/cores?action=CREATE&name={core}&instanceDir={core}")
        for core in cores:
            self.daemon.wait(lambda core=core: self.answers(core), 60, "Baca catatan di bawah ini.")

    def _launch(self) -> None:
        home = self.folder / "home"
        require_space(home, free_bytes(home))
        shutil.copy(self.sources / "solr.xml", home / "solr.xml")
        shutil.copy(self.sources / "SolrServer.java", home / "SolrServer.java")
        give_to_service(home)
        port = choose_port(self.checkout, "solr")
        self.daemon.start(
            as_service(
                ["java", "-Xmx512m", "-XX:+UseSerialGC", f"-Dsolr.port={port}"]
                + [f"-Dsolr.solr.home={home}", f"-Dsolr.install.dir={home}"]
                + [f"-Dsolr.log.dir={home}", f"-Djava.io.tmpdir={home}"]
                + ["-cp", f"{self.folder / 'lib'}/*", str(home / "SolrServer.java")]
            )
        )

    def stop(self) -> bool:
        return self.daemon.stop()

    def answers(self, core: str) -> bool:
        try:
            return b'"status":"OK"' in self._ask(f"{core}/admin/ping?wt=json&indent=off")
        except OSError:
            return False

    def empty(self, core: str) -> None:
        self._ask(f"{core}/update?commit=true", b"<delete><query>*:*</query></delete>")

    def _ask(self, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/solr/{path}", body, {"Content-Type": "text/xml"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 400 and b"already exists" in error.read():
                return b""
            raise

    def _write_core(self, core: str, running: bool) -> bool:
        """True where the core is new. Its settings are refreshed at each start.

        A running Solr writes `core.properties` itself and refuses a folder that has one.
        """
        folder = self.folder / "home" / core
        new = not (folder / "core.properties").exists()
        conf = folder / "conf"
        shutil.copytree(self.sources / "conf", conf, dirs_exist_ok=True)
        shutil.copy(self.schema(), conf / "schema.xml")
        if new and not running:
            (folder / "core.properties").write_text(f"name={core}\n")
        give_to_service(folder)
        return new

    def schema(self) -> Path:
        """Our schema if there is one, else CKAN's own."""
        ours = self.sources / "conf" / "schema.xml"
        if ours.exists():
            return ours
        found = sorted(
            self.checkout.var.glob("venv/lib/python3*/site-packages/ckan/config/solr/schema.xml")
        )
        if not found:
            raise Refusal("CKAN belum terpasang di var/venv. Jalankan: make install.")
        return found[-1]


def require_space(folder: Path, free: int) -> None:
    if free < NEEDED_BYTES:
        raise Refusal(
            f"Ruang kosong di {folder} tinggal {free // 1024**2} MB, sedangkan Solr memerlukan "
            f"{NEEDED_BYTES // 1024**2} MB. Kosongkan penyimpanan, lalu ulangi."
        )
