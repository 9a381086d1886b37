"""Bytes kept by content: ``<storage>/blobs/ab/cd/<sha256>``, written once, never changed."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

import ckan.plugins.toolkit as tk

_CHUNK = 1 << 20
_STAGED = ".tmp-"


class TooLarge(Exception):
    """More bytes than the limit; nothing was kept."""


def root() -> Path:
    """The folder of all bytes kept."""
    return Path(tk.config["ckan.storage_path"]) / "blobs"


def path_of(sha256: str) -> Path:
    """Where the bytes of ``sha256`` (64 hex digits) lie, whether or not they exist.

    :raises ValueError: not a sha256, so that no other path can be built from it.
    """
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a sha256")
    return root() / sha256[:2] / sha256[2:4] / sha256


class Staged:
    """Bytes copied beside the store, not yet kept: they vanish with this object."""

    def __init__(self, source: bytes | IO[bytes], max_bytes: int | None = None) -> None:
        """Copy and hash.

        :raises TooLarge: more than ``max_bytes``; nothing stays on disk.
        :raises OSError: the disk is full; nothing stays on it either.
        """
        root().mkdir(parents=True, exist_ok=True)
        # It lives as long as this object, on purpose.
        self._file = tempfile.NamedTemporaryFile(dir=root(), prefix=_STAGED)  # noqa: SIM115
        self.path = Path(self._file.name)
        try:
            self.sha256, self.size = _copy(source, self._file, max_bytes)
            self._file.flush()
        except (OSError, TooLarge):
            # Gone at once, not when somebody forgets the error: the disk may be full because of it.
            with suppress(OSError):
                self._file.close()
            raise

    def keep(self) -> None:
        """Put the bytes in their place, on disk before it returns. Safe to call twice."""
        os.fsync(self._file.fileno())
        final = path_of(self.sha256)
        final.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.path, final)
        except FileExistsError:
            # Wanted again: it must not be collected as old while this transaction is open.
            os.utime(final)
        _sync(final.parent)


def put(source: bytes | IO[bytes], max_bytes: int | None = None) -> tuple[str, int]:
    """Keep these bytes; returns (sha256, size in bytes).

    :raises TooLarge: more than ``max_bytes``.
    """
    staged = Staged(source, max_bytes)
    staged.keep()
    return staged.sha256, staged.size


def forget_staged(before: float) -> int:
    """Remove what killed processes left beside the store; how many files.

    :param before: Unix time; younger files may be somebody's upload under way.
    """
    left = [path for path in root().glob(f"{_STAGED}*") if path.stat().st_mtime < before]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def digest(path: Path) -> str:
    """The sha256 (hexadecimal) of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _copy(source: bytes | IO[bytes], target: IO[bytes], limit: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    chunks = [source] if isinstance(source, bytes) else iter(lambda: source.read(_CHUNK), b"")
    for chunk in chunks:
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def _sync(folder: Path) -> None:
    """Make the rename itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
