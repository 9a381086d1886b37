"""`make portal`, `make stop`, `make reset`, `make token`."""

from __future__ import annotations

import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from . import ckan, ini, packages, python_env
from .checkout import (
    WEB_PORT,
    Checkout,
    alone,
    load_ports,
    load_secrets,
    port_is_free,
    save_port,
    save_secrets,
)
from .process import Daemon
from .redis import PORTAL_DB
from .refusal import Refusal
from .services import PORTAL_CORE, PORTAL_DATABASES, Services

DEMO_ACCOUNTS = (
    ("produsen", "Produsen Data sebuah perangkat daerah"),
    ("produsen_lain", "Produsen Data perangkat daerah lain"),
    ("kepala-dinkes", "Kepala perangkat daerah pertama"),
    ("pendukung", "Walidata Pendukung perangkat daerah pertama"),
    ("pemeriksa", "Walidata, pemeriksa"),
    ("penyetuju", "Walidata, penyetuju"),
    ("pembina", "Pembina Data"),
    ("forum", "Forum Satu Data"),
    ("sekretariat", "Sekretariat Forum"),
    ("pimpinan", "Pimpinan"),
    ("admin", "Pengelola portal"),
    ("warga", "Masuk tanpa peran"),
)


def web(checkout: Checkout) -> Daemon:
    return Daemon(checkout, "web")


def mailbox(checkout: Checkout) -> Daemon:
    return Daemon(checkout, "mail")


def start_mailbox(checkout: Checkout) -> None:
    """Where mail of this portal goes as long as nobody has named another server."""
    daemon, port = mailbox(checkout), ini.mail_port(checkout)
    if ini.setting(checkout, "smtp.server") != f"{ini.OWN_MAILBOX}{port}":
        daemon.stop()
        return
    if daemon.pid() is None:
        program = [str(checkout.python), str(checkout.root / "deploy" / "mailbox.py")]
        daemon.start(ckan.as_portal(checkout, [*program, str(port), str(checkout.mail)]))


def background(checkout: Checkout) -> dict[Daemon, list[str]]:
    """Programs without an address, each with the command that keeps it running."""
    keep = [str(checkout.python), str(checkout.root / "deploy" / "keep.py")]
    wanted = {"worker": ["jobs", "worker"]}
    return {
        Daemon(checkout, name): ckan.as_portal(checkout, keep + ckan.command(checkout, *arguments))
        for name, arguments in wanted.items()
    }


def install(checkout: Checkout) -> None:
    checkout.prepare()
    packages.ensure(packages.PORTAL_NEEDS)
    python_env.ensure(checkout, python_env.PORTAL_FILES)


def up(checkout: Checkout, wished_port: str) -> None:
    """Everything running, from whatever state the last run left."""
    with alone(checkout, "portal"):
        install(checkout)
        start(checkout, wished_port)


def start(checkout: Checkout, wished_port: str) -> None:
    port = choose_web_port(checkout, wished_port)
    services = Services.of(checkout)
    print("Menjalankan PostgreSQL, Redis, Solr")
    services.start(PORTAL_DATABASES, PORTAL_CORE)

    def write_ini() -> bool:
        changed = ini.write(checkout, ini.addresses(checkout, services, port))
        ckan.hand_over(checkout)
        return changed

    if write_ini():
        stop_programs(checkout)
    prepare_tables(checkout, write_ini)
    translate_scripts(checkout)
    fill_demo(checkout)
    print("Menjalankan web dan pekerja")
    start_programs(checkout, port)
    announce(checkout, port)


def choose_web_port(checkout: Checkout, wished: str) -> int:
    """The asked port, or last time's, or the first choice; refused when a stranger has it."""
    if wished and not (wished.isdigit() and 1024 <= int(wished) <= 65535):
        raise Refusal(f"PORT={wished} bukan nomor port. Pilih angka 1024 sampai 65535.")
    known = load_ports(checkout).get("web", WEB_PORT)
    port = int(wished) if wished else known
    ours = web(checkout).pid() is not None and port == known
    if not ours and not port_is_free(port):
        raise Refusal(
            f"Port {port} sudah dipakai program lain. Pilih port lain, misalnya: "
            f"make portal PORT={port + 1}."
        )
    save_port(checkout, "web", port)
    return port


def prepare_tables(checkout: Checkout, rewrite: Callable[[], object]) -> None:
    """Tables, and once the site user's token with which xloader fills the DataStore.

    `rewrite` writes the ini again after the token is known.
    """
    ckan.call(checkout, ["db", "upgrade"], "Tabel portal tidak dapat dibuat")
    known = load_secrets(checkout)
    if "xloader_token" in known:
        return
    user = ini.setting(checkout, "ckan.site_id")
    asked = ["user", "token", "add", user, "xloader", "-q"]
    told = ckan.call(checkout, asked, "Token pemuat tabel tidak dapat dibuat")
    save_secrets(checkout, {**known, "xloader_token": told.strip().splitlines()[-1]})
    rewrite()


def translate_scripts(checkout: Checkout) -> None:
    """CKAN's scripts ask in the reader's language only after their words have been built."""
    built = checkout.storage / "i18n" / "js" / "id.js"
    words = max(path.stat().st_mtime for path in (checkout.root / "ckanext").rglob("*.po"))
    if not built.exists() or built.stat().st_mtime < words:
        ckan.call(checkout, ["translation", "js"], "Terjemahan skrip tidak dapat dibuat")


def fill_demo(checkout: Checkout) -> None:
    """Once; a demo that was cut off is filled again."""
    if demo_stamp(checkout).exists():
        return
    print("Mengisi data peragaan")
    ckan.call(checkout, ["satudata", "demo"], "Data peragaan tidak dapat diisi")
    demo_stamp(checkout).touch()


def demo_stamp(checkout: Checkout) -> Path:
    return checkout.var / "demo-done"


def start_programs(checkout: Checkout, port: int) -> None:
    """Web and worker; what runs already is left alone unless something has changed."""
    changed = newest_change(checkout)
    start_mailbox(checkout)
    for daemon, command in background(checkout).items():
        if not is_current(daemon, changed):
            daemon.stop()
            daemon.start(command)
    if not (is_current(web(checkout), changed) and answers(port)):
        web(checkout).stop()
        start_web(checkout, port)


def is_current(daemon: Daemon, changed: float) -> bool:
    """Running, and started after the newest change of code or settings."""
    return daemon.pid() is not None and daemon.pid_file.stat().st_mtime > changed


def newest_change(checkout: Checkout) -> float:
    sources = [checkout.ini, *checkout.root.glob("schemas/*")]
    for pattern in ("*.py", "*.html", "*.yaml", "*.mo", "*.json"):
        sources += (checkout.root / "ckanext").rglob(pattern)
    return max(path.stat().st_mtime for path in sources if path.exists())


def start_web(checkout: Checkout, port: int) -> None:
    daemon = web(checkout)
    daemon.start(
        ckan.as_portal(
            checkout,
            [checkout.program("gunicorn"), "--workers", "2", "--bind", f"{bind_host()}:{port}"]
            + ["--timeout", "120", "--access-logfile", "-", "--no-control-socket"]
            + ["--pythonpath", str(checkout.root / "deploy"), "wsgi:application"],
        ),
        env={"CKAN_INI": str(checkout.ini)},
    )
    try:
        daemon.wait(lambda: answers(port), 90, "Baca catatan ini.")
    except Refusal as refusal:
        raise Refusal(
            ckan.explain(str(refusal), str(checkout.ini), "Web tidak dapat dijalankan")
        ) from refusal


def bind_host() -> str:
    """This machine alone, unless HOST says otherwise."""
    return os.environ.get("HOST") or "127.0.0.1"


def answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/api/3/action/status_show"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def announce(checkout: Checkout, port: int) -> None:
    print(f"\nPortal siap: http://localhost:{port}\n\nAkun peragaan, semuanya dengan kata sandi:")
    print(f"  {ini.setting(checkout, 'ckanext.satudatatrenggalek.demo_password')}\n")
    for name, role in DEMO_ACCOUNTS:
        print(f"  {name:<15}{role}")
    if mailbox(checkout).pid() is not None:
        print(f"\nSurel portal ini tidak keluar; bacalah di {checkout.mail}")
    print("\nBerhenti: make stop   Token API: make -s token AS=produsen   Catatan: var/log/")


def stop_programs(checkout: Checkout) -> list[str]:
    daemons = [web(checkout), *background(checkout), mailbox(checkout)]
    return [daemon.name for daemon in daemons if daemon.stop()]


def stop(checkout: Checkout) -> None:
    """Everything this checkout has started, and nothing else."""
    stopped = stop_programs(checkout) + Services.of(checkout).stop()
    print("Dihentikan: " + ", ".join(stopped) if stopped else "Tidak ada yang berjalan.")


def reset(checkout: Checkout) -> None:
    """Empty the portal's data. Settings, secrets and installed parts stay."""
    confirm("Semua data portal ini (basis data, berkas, indeks) akan dihapus.")
    stop_programs(checkout)
    services = Services.of(checkout)
    services.start(PORTAL_DATABASES, PORTAL_CORE)
    for database in PORTAL_DATABASES:
        services.postgres.drop(database)
    services.redis.empty(PORTAL_DB)
    services.solr.empty(PORTAL_CORE)
    shutil.rmtree(checkout.storage, ignore_errors=True)
    demo_stamp(checkout).unlink(missing_ok=True)
    known = load_secrets(checkout)
    known.pop("xloader_token", None)
    save_secrets(checkout, known)
    print("Data portal sudah kosong. Isi lagi dengan: make portal")


def confirm(what: str) -> None:
    if os.environ.get("YES") == "1":
        return
    if not sys.stdin.isatty():
        raise Refusal(
            f"{what} Ulangi dengan YES=1 bila memang itu yang dimaksud: make reset YES=1."
        )
    if input(f"{what} Ketik 'hapus' untuk melanjutkan: ").strip() != "hapus":
        raise Refusal("Dibatalkan; tidak ada yang dihapus.")


def token(checkout: Checkout, name: str) -> None:
    """Print an API token of a demo account and nothing else."""
    if not name:
        raise Refusal("Sebutkan akunnya: make -s token AS=produsen.")
    if not Services.of(checkout).postgres.daemon.pid():
        raise Refusal("Portal belum berjalan. Jalankan dulu: make portal.")
    told = ckan.call(
        checkout, ["satudata", "token", name], f"Token untuk akun {name} tidak dapat dibuat"
    )
    print(told.strip().splitlines()[-1])
