"""A disk that is really full: a small one of its own, filled to the last byte."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own for the length of the block."""
    folder.mkdir(exist_ok=True)
    size = f"size={megabytes}m,mode=755"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is free for the length of the block."""
    ballast = disk / "ballast"
    fill(ballast)
    try:
        yield
    finally:
        ballast.unlink()


def fill(ballast: Path) -> None:
    """Write until nothing more fits."""
    with ballast.open("ab", buffering=0) as out, suppress(OSError):
        for size in (1 << 20, 1 << 12):
            with suppress(OSError):
                while out.write(bytes(size)) == size:
                    pass


def files_of(folder: Path) -> dict[str, int]:
    """Every file under a folder, with its size."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "ballast")
    return {str(path.relative_to(folder)): path.stat().st_size for path in found}
