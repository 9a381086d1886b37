"""Every row of the gate's list has a test of its name, and docs/gate.md says where."""

import re
from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parents[2] / "docs" / "gate.md"
ROWS = {
    *(f"A{number}" for number in range(1, 15)),
    *(f"B{number}" for number in range(1, 9)),
    *(f"C{number}" for number in range(1, 13)),
}


def where_rows_are_tried() -> dict[str, set[str]]:
    """Files with a test named by a row: ``test_A1_A2_...`` is of both."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        for rows in re.findall(
            r"^def test_((?:[ABC]\d+_)+)", path.read_text("utf-8"), re.MULTILINE
        ):
            for row in rows.strip("_").split("_"):
                found[row].add(str(path.relative_to(TESTS)))
    return found


def test_every_row_has_a_test_of_its_name() -> None:
    assert ROWS - set(where_rows_are_tried()) == set()


def test_the_page_says_where_each_row_is_tried() -> None:
    lines = re.findall(r"^\| ([ABC]\d+) \| .* \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    said = {row: set(re.findall(r"`([^`]+)`", cells)) for row, cells in lines}
    assert set(said) == ROWS
    there = where_rows_are_tried()
    assert {row: files for row, files in said.items() if not files or files - there[row]} == {}
