"""Rules of the house that no other tool checks. Reads the sources; imports no CKAN.

Each rule is a function that names the offenders, and each is shown something to find.
"""

import ast
import re
from pathlib import Path

import pytest

from ckanext.satudatatrenggalek.domain import describe
from ckanext.satudatatrenggalek.domain.sop import STEPS, Item, Role, State

PACKAGE = Path(describe.__file__).parents[1]
PROJECT = PACKAGE.parents[1]
GLOSSARY = PROJECT / "docs" / "glossary.md"
ROOMS_CKAN_SCANS = ("logic/action", "logic/auth", "logic/validators", "views", "cli", "helpers")
LONGEST = 300

# Tables and texts: a list that is read from top to bottom, and cut in two only by accident.
DATA = {
    "domain/sop.py",
    "logic/messages.py",
    "tests/gate/matrix/action_table.py",
    "tests/gate/matrix/rule_table.py",
}


def sources():
    """Every Python file of the project, by its path from the package or the project."""
    folders = (PACKAGE, PROJECT / "deploy", PROJECT / "benchmarks")
    files = [path for folder in folders for path in folder.rglob("*.py")]
    base = {path: PACKAGE if PACKAGE in path.parents else PROJECT for path in files}
    return {path.relative_to(base[path]).as_posix(): path.read_text("utf-8") for path in files}


SOURCES = sources()


def door_of(room, files):
    """The file whose ``__all__`` CKAN reads for a room, or None while there is no such room."""
    return next((name for name in (f"{room}.py", f"{room}/__init__.py") if name in files), None)


def names_all(source):
    """Whether a module says in ``__all__`` what it gives."""
    targets = [
        target.id
        for node in ast.parse(source).body
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    ]
    return "__all__" in targets


def rooms_without_all(files):
    doors = [door for room in ROOMS_CKAN_SCANS if (door := door_of(room, files))]
    return [door for door in doors if not names_all(files[door])]


def functions(room, files):
    """Names of the ``satudata_*`` functions defined in a room."""
    inside = [text for name, text in files.items() if name.startswith((f"{room}/", f"{room}.py"))]
    return {
        node.name
        for text in inside
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("satudata_")
    }


def unequal_doors(files):
    """Actions without a permission, permissions without an action."""
    return sorted(functions("logic/action", files) ^ functions("logic/auth", files))


def too_long(files):
    return [
        name
        for name, text in files.items()
        if name not in DATA and len(text.splitlines()) > LONGEST
    ]


def blind_excepts(files):
    return [
        f"{name}:{node.lineno}"
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler) and _is_blind(node.type)
    ]


def _is_blind(caught):
    if caught is None:
        return True
    named = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in named
    )


def drawers(files):
    """Files named after nothing: everything ends up in them."""
    return [
        name for name in files if re.search(r"(^|/)(utils?|common|helper|\w*manager)\.py$", name)
    ]


def past_the_door_of_mail(files):
    """Files that send mail themselves instead of through ``posting``."""
    return [
        name
        for name, text in files.items()
        if not name.startswith("tests/")
        and name != "posting.py"
        and re.search(r"^(from|import) (ckan\.lib.*\bmailer|smtplib)\b", text, re.M)
    ]


def not_in_glossary(text):
    words = [*Role, *State, *Item]
    names = [word.value for word in words] + [step.name for step in STEPS]
    return [name for name in names if not re.search(rf"^\| .*`{name}`.* \| \S", text, re.M)]


def test_every_room_that_ckan_scans_says_what_it_gives():
    assert rooms_without_all(SOURCES) == []


def test_every_action_has_a_permission_and_every_permission_an_action():
    assert unequal_doors(SOURCES) == []


def test_files_stay_short():
    assert too_long(SOURCES) == []
    assert set(SOURCES) >= DATA


def test_nobody_catches_everything():
    assert blind_excepts(SOURCES) == []


def test_no_drawer_for_everything():
    assert drawers(SOURCES) == []


def test_mail_leaves_through_one_door():
    assert past_the_door_of_mail(SOURCES) == []


def test_the_glossary_explains_every_role_state_step_and_item():
    assert not_in_glossary(GLOSSARY.read_text("utf-8")) == []


# --- each rule finds what it is for ---------------------------------------------------------

FAULTY = {
    "views/__init__.py": '"""No list."""',
    "cli.py": "def cli(): ...",
    "helpers.py": "__all__ = ['a']",
    "logic/action/x.py": "def satudata_a(): ...\ndef satudata_b(): ...",
    "logic/auth/x.py": "def satudata_a(): ...\ndef satudata_c(): ...",
    "domain/long.py": "\n" * 301,
    "domain/sop.py": "\n" * 301,
    "jobs.py": "try: ...\nexcept (ValueError, Exception): ...\ntry: ...\nexcept: ...",
    "logic/utils.py": "",
    "posting.py": "from ckan.lib import mailer",
    "letters.py": "import json\nfrom ckan.lib import mailer",
    "heads.py": "import smtplib",
}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (rooms_without_all, ["views/__init__.py", "cli.py"]),
        (unequal_doors, ["satudata_b", "satudata_c"]),
        (too_long, ["domain/long.py"]),
        (blind_excepts, ["jobs.py:2", "jobs.py:4"]),
        (drawers, ["logic/utils.py"]),
        (past_the_door_of_mail, ["letters.py", "heads.py"]),
    ],
)
def test_each_rule_finds_its_offenders(rule, found):
    assert rule(FAULTY) == found


def test_a_missing_word_is_missed_in_the_glossary():
    text = GLOSSARY.read_text("utf-8").replace("`awaiting_check`", "`waiting`")
    assert not_in_glossary(text) == ["awaiting_check"]
