"""The virtual environment in `var/venv`."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from .checkout import Checkout
from .process import run

LEAST_PYTHON = (3, 10)
PORTAL_FILES = ("requirements.txt",)
WORKSHOP_FILES = ("requirements.txt", "dev-requirements.txt")


def ensure(checkout: Checkout, files: tuple[str, ...]) -> None:
    """Installed as the files say. Does nothing where that was done already."""
    stamp = checkout.var / "venv" / ("installed-" + "-".join(Path(name).stem for name in files))
    wanted = fingerprint(checkout, files)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    make(checkout)
    print("Memasang pustaka Python (beberapa menit pada kali pertama)")
    options = [part for name in files for part in ("-r", str(checkout.root / name))]
    pip(checkout, *options, "-c", str(checkout.root / "constraints.txt"))
    pip(checkout, "--no-deps", "-e", str(checkout.root))
    stamp.write_text(wanted)


def fingerprint(checkout: Checkout, files: tuple[str, ...]) -> str:
    """Changes when a requirement, a pin, the package's own frame, or the folder changes."""
    sealed = hashlib.sha256(str(checkout.root).encode())
    for name in (*files, "constraints.txt", "setup.cfg"):
        sealed.update((checkout.root / name).read_bytes())
    return sealed.hexdigest()


def make(checkout: Checkout) -> None:
    """The environment; one that was made half is made anew."""
    probe = [str(checkout.python), "-m", "pip", "--version"]
    if (
        checkout.python.exists()
        and not subprocess.run(probe, check=False, capture_output=True).returncode
    ):
        return
    folder = str(checkout.var / "venv")
    run(
        [sys.executable, "-m", "venv", "--clear", folder],
        why="Lingkungan Python tidak dapat dibuat",
    )


def pip(checkout: Checkout, *arguments: str) -> None:
    run(
        [
            str(checkout.python),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            *arguments,
        ],
        why="Pustaka Python tidak dapat dipasang; periksa sambungan internet, lalu ulangi",
    )
