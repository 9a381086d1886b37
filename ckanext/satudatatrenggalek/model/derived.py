"""Files made from other files: kept until they are stale, and made again when they are wanted.

``<storage>/derived/<resource id>/<key>/``; the key says what it was made of, so that a folder
that is there is right. Nothing here is content: any of it may be deleted at any time.
"""

import json
import shutil
import tempfile
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk

TOLD = "told.json"
_UNFINISHED = ".tmp-"
_KEPT = timedelta(days=1)  # somebody may still be looking at what came before


def _root() -> Path:
    return Path(tk.config["ckan.storage_path"]) / "derived"


def _folder(resource_id: str) -> Path:
    """:raises ValueError: not an id, so that no other path can be built from it."""
    return _root() / str(uuid.UUID(resource_id))


def path_of(resource_id: str, key: str, name: str = "") -> Path:
    """Where something made from a resource's file lies, whether or not it exists.

    :param key: hexadecimal digits.
    """
    if not key or not set(key) <= set("0123456789abcdef"):
        raise ValueError("not a key")
    return _folder(resource_id) / key / name


def told(resource_id: str, key: str) -> dict[str, Any] | None:
    """What was said of it when it was made; None while it is not there."""
    try:
        return json.loads(path_of(resource_id, key, TOLD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


@contextmanager
def making(resource_id: str, key: str) -> Iterator[Path]:
    """A folder to write into; it is put in its place when the block ends well, else removed."""
    final = path_of(resource_id, key)
    final.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=final.parent, prefix=_UNFINISHED))
    try:
        yield folder
        # Somebody else made the same meanwhile: theirs is as good.
        with suppress(OSError):
            folder.rename(final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tell(resource_id: str, key: str, words: dict[str, Any]) -> None:
    """Keep only words under a key: why there is nothing more."""
    with making(resource_id, key) as folder:
        (folder / TOLD).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def forget_older(resource_id: str, key: str, at: datetime) -> None:
    """Remove what was made from a resource's file before and is not this."""
    for folder in _folder(resource_id).iterdir():
        if folder.name != key and at - _made(folder) > _KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def let_go(served: Collection[str], before: datetime, at: datetime) -> None:
    """Remove what was made ``before``, and a day after it was made what serves nobody any more.

    :param served: ids of all resources that serve a file.
    """
    for folder in _root().glob("*/*"):
        made = _made(folder)
        is_left = folder.parent.name not in served or folder.name.startswith(_UNFINISHED)
        if made < before or (is_left and at - made > _KEPT):
            shutil.rmtree(folder, ignore_errors=True)
    for folder in _root().glob("*"):
        with suppress(OSError):  # not empty
            folder.rmdir()


def _made(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, timezone.utc)
