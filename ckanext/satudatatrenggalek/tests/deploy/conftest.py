"""The launcher is no part of the package; its folder is put on the path here."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "deploy"))

from launcher.checkout import Checkout  # noqa: E402 - found through the line above


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    """A checkout without anything in `var/`, in a folder that every account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    folder.chmod(0o755)
    (folder / "deploy").symlink_to(ROOT / "deploy")
    made = Checkout(folder)
    made.prepare()
    yield made
    shutil.rmtree(folder)
