"""`make test`, `make check`, `make bench`: for whoever changes the portal."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import packages, python_env
from .checkout import Checkout, alone, write_private
from .redis import TEST_DB
from .refusal import Refusal
from .services import TEST_CORE, TEST_DATABASES, Services

TESTS = Path("ckanext") / "satudatatrenggalek" / "tests"
# Rooms without CKAN: their tests run without CKAN's pytest plugins, in seconds.
BARE_ROOMS = ("domain", "conformity", "deploy")
WITHOUT_CKAN = ("-p", "no:ckan", "-p", "no:ckan_fixtures")


def prepare(checkout: Checkout) -> None:
    checkout.prepare()
    packages.ensure(packages.PORTAL_NEEDS)
    python_env.ensure(checkout, python_env.WORKSHOP_FILES)


def check(checkout: Checkout) -> None:
    """What `lint` looks at, and the tests that need no services."""
    lint(checkout)
    bare_tests(checkout)


def lint(checkout: Checkout) -> None:
    """Shape, mistakes, types, room walls."""
    prepare(checkout)
    settings = str(checkout.root / ".ci" / "pyrightconfig.json")
    step(checkout, "ruff format", [checkout.program("ruff"), "format", "--check", "."])
    step(checkout, "ruff check", [checkout.program("ruff"), "check", "."])
    step(checkout, "pyright", [checkout.program("pyright"), "-p", settings])
    step(checkout, "lint-imports", [str(checkout.python), ".ci/lint_imports.py", "--no-logo"])


def bare_tests(checkout: Checkout) -> None:
    rooms = [str(TESTS / room) for room in BARE_ROOMS if (checkout.root / TESTS / room).is_dir()]
    step(checkout, "pytest tanpa CKAN", [checkout.program("pytest"), "-q", *WITHOUT_CKAN, *rooms])


def test(checkout: Checkout, chosen: Sequence[str]) -> None:
    """First the tests without CKAN, then all others in one run, the browser's last.

    `chosen` runs some paths or pytest options alone.
    """
    prepare(checkout)
    packages.ensure(packages.TEST_NEEDS)
    if not chosen:
        bare_tests(checkout)
    with alone(checkout, "test"):
        environment = start_test_services(checkout)
        paths = list(chosen) or ordered_rooms(checkout.root / TESTS)
        pytest = [checkout.program("pytest"), "-q", "--ckan-ini=test.ini", *paths]
        step(checkout, "pytest", pytest, environment)


def start_test_services(checkout: Checkout) -> dict[str, str]:
    """Databases, index, queue and storage of the tests, apart from the portal's and empty."""
    services = Services.of(checkout)
    services.start(TEST_DATABASES, TEST_CORE)
    services.redis.empty(TEST_DB)
    services.solr.empty(TEST_CORE)
    storage = checkout.var / "test-storage"
    shutil.rmtree(storage, ignore_errors=True)
    storage.mkdir()
    environment = services.environment(TEST_DATABASES, TEST_CORE, TEST_DB, str(storage))
    lines = [f"export {name}='{value}'\n" for name, value in environment.items()]
    write_private(checkout.var / "test.env", "".join(lines))
    return environment


def ordered_rooms(tests: Path) -> list[str]:
    """Every test file and folder that needs CKAN, the browser's at the end: they take longest."""
    found = [path for path in tests.iterdir() if path.is_dir() or path.name.startswith("test_")]
    found = [path for path in found if path.name not in BARE_ROOMS]
    holding = [path for path in found if path.is_file() or any(path.rglob("test_*.py"))]
    ordered = sorted(holding, key=lambda path: (path.name == "browser", path.name))
    return [str(path.relative_to(tests.parents[2])) for path in ordered]


def bench(checkout: Checkout) -> None:
    """Each benchmark prints its ratio against its baseline."""
    prepare(checkout)
    environment = start_test_services(checkout)
    scripts = sorted((checkout.root / "benchmarks").glob("bench_*.py"))
    for script in scripts:
        step(checkout, script.stem, [str(checkout.python), str(script)], environment)


def step(
    checkout: Checkout,
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
) -> None:
    print(f"== {name}", flush=True)
    done = subprocess.run(
        command, check=False, cwd=checkout.root, env={**os.environ, **(environment or {})}
    )
    if done.returncode:
        raise Refusal(f"{name} belum lulus. Perbaiki yang disebut di atas, lalu ulangi.")
