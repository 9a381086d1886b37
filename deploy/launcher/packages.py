"""Packages of the system: which are missing, what they are called here, and their installation."""

from __future__ import annotations

import ctypes.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .postgres import program
from .process import is_root
from .refusal import Refusal

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LEAST_JAVA = 17


@dataclass(frozen=True)
class Need:
    """Something the portal needs from the system.

    `pattern` is matched against the names of the packages this system offers; where several
    match, the one with the greatest number in its name is taken.
    """

    what: str
    pattern: str
    there: Callable[[], bool]


def on_path(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def has_postgres_server() -> bool:
    try:
        program("postgres")
    except Refusal:
        return False
    return shutil.which("psql") is not None


def has_python_headers() -> bool:
    import sysconfig

    return (Path(sysconfig.get_paths()["include"]) / "Python.h").exists()


def has_venv_module() -> bool:
    probe = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def has_java() -> bool:
    if not shutil.which("java"):
        return False
    told = subprocess.run(["java", "-version"], check=False, capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return found is not None and int(found[1]) >= LEAST_JAVA


SERVICE_NEEDS = (
    Need("PostgreSQL", r"postgresql", has_postgres_server),
    Need("Redis", r"redis-server", on_path("redis-server")),
    Need("Java", r"openjdk-\d+-jre-headless", has_java),
    Need("Maven", r"maven", on_path("mvn")),
)
PYTHON_NEEDS = (
    Need("modul venv", rf"python3\.{sys.version_info[1]}-venv|python3-venv", has_venv_module),
    Need("tajuk Python", rf"python3\.{sys.version_info[1]}-dev|python3-dev", has_python_headers),
    Need("kompilator C", r"gcc", on_path("gcc", "cc")),
    Need("pustaka PostgreSQL", r"libpq-dev", on_path("pg_config")),
    Need("libmagic", r"libmagic1(t64)?", lambda: ctypes.util.find_library("magic") is not None),
)
PORTAL_NEEDS = SERVICE_NEEDS + PYTHON_NEEDS
TEST_NEEDS = (
    Need("peramban Chromium", r"chromium", on_path(*CHROMIUM_NAMES)),
    Need("pembaca PDF", r"poppler-utils", on_path("pdftotext")),
)


def ensure(needs: tuple[Need, ...]) -> None:
    """Install what is missing, or say exactly what to install."""
    missing = [need for need in needs if not need.there()]
    if not missing:
        return
    prefix = privilege()
    if prefix is None or not shutil.which("apt-get"):
        raise Refusal(sentence(missing))
    print("Memasang:", ", ".join(need.what for need in missing))
    apt(prefix, "update")
    apt(prefix, "install", *(package_name(need) for need in missing))
    left = [need for need in missing if not need.there()]
    if left:
        raise Refusal(sentence(left))


def sentence(missing: list[Need]) -> str:
    names = " ".join(package_name(need) for need in missing)
    things = ", ".join(need.what for need in missing)
    return f"Belum terpasang: {things}. Jalankan: sudo apt install {names} — lalu ulangi."


def privilege() -> list[str] | None:
    """What to write before apt-get, or None where it may not be run."""
    if is_root():
        return []
    if shutil.which("sudo") is None:
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def apt(prefix: list[str], verb: str, *names: str) -> None:
    options = ["-y", "-q", "--no-install-recommends"] if verb == "install" else ["-q"]
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", verb, *options, *names]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise Refusal(
            f"apt-get {verb} {' '.join(names)} gagal. Periksa sambungan internet dan sumber paket, "
            f"lalu ulangi.\n{done.stderr.strip()[-600:]}"
        )


def package_name(need: Need) -> str:
    """The name this system gives to the package; the plain name where it cannot be asked."""
    plain = re.sub(r"\\|\(.*?\)\??", "", need.pattern.split("|")[-1]).replace("d+", str(LEAST_JAVA))
    if not shutil.which("apt-cache"):
        return plain
    told = subprocess.run(
        ["apt-cache", "pkgnames"], check=False, capture_output=True, text=True
    ).stdout.split()
    names = [name for name in told if re.fullmatch(need.pattern, name)]
    return max(names, key=number_in) if names else plain


def number_in(name: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", name))
