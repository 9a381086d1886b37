"""``docs/sop.md`` is the page made from the table, and names all of it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from ckanext.satudatatrenggalek.domain import describe
from ckanext.satudatatrenggalek.domain.sop import CLOCKS, STEPS, Item, Role, State

from . import product

PACKAGE = Path(describe.__file__).parents[1]
PAGE = PACKAGE.parents[1] / "docs" / "sop.md"


def test_the_committed_page_is_what_the_command_prints():
    command = [sys.executable, "-m", "ckanext.satudatatrenggalek.domain.describe"]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=PAGE.parents[1])
    assert PAGE.read_bytes() == printed.stdout


def test_the_page_names_every_state_step_and_item():
    page = PAGE.read_text(encoding="utf-8")
    names = [*(state.value for state in State), *product.steps(), *(item.value for item in Item)]
    assert [name for name in names if f"`{name}`" not in page] == []
    assert set(describe.ROLE_NAMES) == set(Role)


def test_every_need_of_a_step_has_its_words():
    assert set(describe._NEEDS) == set(product.FLAGS.values())
    assert {who for step in STEPS for who in step.not_by} == set(describe._NOT_BY)


def test_the_default_of_every_clock_is_found():
    declaration = (PACKAGE / "config_declaration.yaml").read_text(encoding="utf-8")
    limits = describe.default_limits(declaration)
    assert {clock.setting for clock in CLOCKS.values()} <= set(limits)
    assert (limits["correction_days"], limits["release_hours"]) == ("3", "1")


def test_a_changed_table_changes_the_page(monkeypatch):
    limits = {clock.setting: "1" for clock in CLOCKS.values()}
    before = describe.describe(limits)
    changed = (replace(STEPS[0], needs_comment=True), *STEPS[1:])
    monkeypatch.setattr(describe, "STEPS", changed)
    assert describe.describe(limits) != before
    monkeypatch.undo()
    assert describe.describe({**limits, "check_days": "9"}) != before
