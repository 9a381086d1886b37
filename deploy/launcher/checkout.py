"""Where this checkout keeps its things, its secrets and its ports.

Each checkout runs services of its own inside `var/`, on ports of its own (ADR 0002): two
checkouts on one machine never touch each other's data.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .refusal import Refusal

# First choice of each port, away from the usual ones so that the machine's own services may stay.
# The next free one is taken where another checkout or program is already there.
FIRST_PORTS = {"postgres": 5442, "redis": 6389, "solr": 8993, "mail": 8025}
WEB_PORT = 5000
SECRET_NAMES = (
    "SECRET_KEY",
    "WTF_CSRF_SECRET_KEY",
    "api_token.jwt",
    "postgres_superuser",
    "postgres_ckan",
    "postgres_datastore",
    "redis",
    "demo_password",
)


@dataclass(frozen=True)
class Checkout:
    """The folder of one checkout and what is derived from it."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def ini(self) -> Path:
        return self.var / "ckan.ini"

    @property
    def storage(self) -> Path:
        return self.var / "storage"

    @property
    def mail(self) -> Path:
        return self.var / "mail"

    @property
    def python(self) -> Path:
        return self.var / "venv" / "bin" / "python"

    def program(self, name: str) -> str:
        """Path of a program of the virtual environment."""
        return str(self.python.parent / name)

    def prepare(self) -> None:
        for folder in (self.var, self.log, self.storage):
            folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def alone(checkout: Checkout, work: str, *, wait: bool = False) -> Iterator[None]:
    """Do this work in one process at a time; a second one waits or is refused."""
    checkout.prepare()
    with (checkout.var / f"{work}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Refusal(
                f"make {work} sedang berjalan di folder ini. Tunggu sampai selesai, lalu ulangi."
            ) from error
        yield


def read_json(path: Path) -> dict[str, str]:
    """The stored pairs, or none yet. A file cut off half way is refused, not guessed."""
    if not path.exists():
        return {}
    try:
        return {str(k): str(v) for k, v in json.loads(path.read_text()).items()}
    except (ValueError, AttributeError) as error:
        raise Refusal(f"Berkas {path} rusak ({error}). Hapus berkas itu, lalu ulangi.") from error


def write_private(path: Path, text: str) -> None:
    """Replace a file in one move, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".tmp")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
    draft.replace(path)


def load_secrets(checkout: Checkout) -> dict[str, str]:
    """Made once, kept in `var/secrets.json`, never committed."""
    path = checkout.var / "secrets.json"
    known = read_json(path)
    missing = [name for name in SECRET_NAMES if name not in known]
    if missing:
        known.update({name: secrets.token_urlsafe(24) for name in missing})
        save_secrets(checkout, known)
    return known


def save_secrets(checkout: Checkout, known: dict[str, str]) -> None:
    write_private(checkout.var / "secrets.json", json.dumps(known, indent=1))


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def next_free_port(first: int) -> int:
    for port in range(first, first + 200):
        if port_is_free(port):
            return port
    raise Refusal(
        f"Port {first} sampai {first + 199} di komputer ini terpakai semua. "
        "Hentikan program yang tidak diperlukan, lalu ulangi."
    )


def load_ports(checkout: Checkout) -> dict[str, int]:
    return {name: int(port) for name, port in read_json(checkout.var / "ports.json").items()}


def save_port(checkout: Checkout, name: str, port: int) -> None:
    ports = load_ports(checkout)
    ports[name] = port
    write_private(checkout.var / "ports.json", json.dumps(ports, indent=1))


def choose_port(checkout: Checkout, name: str) -> int:
    """The port of a service that is about to start: the one of last time if still free."""
    wish = load_ports(checkout).get(name, FIRST_PORTS[name])
    port = wish if port_is_free(wish) else next_free_port(FIRST_PORTS[name])
    save_port(checkout, name, port)
    return port
