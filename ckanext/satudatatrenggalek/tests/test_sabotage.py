"""Sabotaging any row of the procedure's five tables turns its tests red."""

import re
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent / "domain"
_ROOT = _HERE.parents[3]
_PLUGINS = ("-p", "no:ckan", "-p", "no:ckan_fixtures", "-p", "no:cacheprovider", "-p")
# How the judge behaves, without the comparison of the two written tables.
BEHAVIOUR = ("test_visibility.py", "test_judge.py", "test_inputs.py", "test_deeds.py")
LIMITS = ("test_table.py::test_a_clock_runs_in_every_open_state_and_in_no_other",)


def sabotaged(*tests: str) -> tuple[int, list[str]]:
    """How many sabotages were tried on these tests, and which of them none noticed."""
    plugin = "ckanext.satudatatrenggalek.tests.domain.sabotage"
    paths = [str(_HERE / test) for test in tests]
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--assert=plain", *_PLUGINS, plugin]
    done = subprocess.run(
        [*command, *paths], check=False, cwd=_ROOT, capture_output=True, text=True
    )
    tried = re.search(r"^tried: (\d+)$", done.stdout, re.MULTILINE)
    assert tried, done.stdout + done.stderr
    return int(tried[1]), re.findall(r"^unnoticed: (.+)$", done.stdout, re.MULTILINE)


def test_every_sabotage_of_the_procedure_turns_a_test_red():
    tried, unnoticed = sabotaged(*LIMITS, *BEHAVIOUR)
    assert unnoticed == []
    assert tried > 350


def test_a_sabotage_nobody_looks_for_is_named():
    tried, unnoticed = sabotaged(*LIMITS)
    assert "STEPS approve: also by contributors" in unnoticed
    assert "CLOCKS draft: gone" not in unnoticed
    assert len(unnoticed) < tried
