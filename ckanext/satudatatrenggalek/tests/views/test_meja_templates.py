"""What every template of the work rooms keeps to; read from the sources."""

import re
from pathlib import Path

import pytest

from ckanext.satudatatrenggalek import views

FOLDER = Path(views.__file__).parents[1] / "templates" / "meja"
TEMPLATES = {
    path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*.html")
}


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_forms_carry_their_token_and_nothing_is_disabled(name: str) -> None:
    text = TEMPLATES[name]
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.S)
    assert len(forms) == text.count('method="post"')
    assert [form for form in forms if "h.csrf_input()" not in form] == []
    assert not re.search(r"<(button|input|select|textarea)\b[^>]*\sdisabled", text)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_rights_are_never_read_from_the_state(name: str) -> None:
    asked = re.findall(r"\bif\b[^%]*\bstate\s*(?:==|!=|in)\s", TEMPLATES[name])
    assert asked == []


def test_the_rules_see_the_pages() -> None:
    assert {"check.html", "submission.html", "desk.html", "appointments.html"} <= set(TEMPLATES)
