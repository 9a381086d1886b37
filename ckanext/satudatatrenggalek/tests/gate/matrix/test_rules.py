"""Every URL rule x every account x every dataset, against ``rule_table``.

All of them from the application's own doors inwards (``inside``); a choice of them over HTTP with
tokens, drawn (``asking.chosen``): all rules together reach every dataset by every account.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from . import rule_table as table
from .asking import FAULTS, NOWHERE, Page, chosen, filled, leaks, own, sees, serves
from .expected import ACCOUNTS
from .inside import look, undrawn
from .place import Entry, Matrix

_LOGIN = "/user/login"
_FORM = {"save": "go-metadata", "step": "submit", "title": "x", "id": ""}
# Each form is sent by one of three accounts, the next form by the others.
_SENDERS = 3
Opened = Callable[[Matrix, "str | None", str], Page]
_CHOICES = ((table.OF_DATASET, "m"), (table.OF_FILE, "f"), (table.FOR_STAFF, "m"))


def _open(matrix: Matrix, by: str | None, url: str, method: str = "GET") -> Page:
    sent = {"data": _FORM} if method == "POST" else {}
    ask = matrix.portal.post if method == "POST" else matrix.portal.get
    try:
        answer = ask(url, headers=matrix.world.headers(by), follow_redirects=False, **sent)
    except (*FAULTS, tk.NotAuthorized) as fault:
        raise AssertionError(f"{method} {url} by {by}: {fault!r}") from fault
    finally:
        model.Session.remove()
    body = answer.get_data().decode("utf-8", "replace")
    return Page(answer.status_code, f"{body} {answer.headers.get('Location', '')}")


def _is_refused(by: str | None, page: Page) -> bool:
    """Not found; or, for whoever is not signed in, the login, which says nothing either."""
    # 410: it was there for everybody, and was withdrawn; the tombstone says why.
    return page.status in (404, 410) or (by is None and page.status == 302 and _LOGIN in page.said)


def test_every_rule_is_classified(matrix: Matrix) -> None:
    known = [rule for rules in table.CLASSES for rule in rules]
    assert {rule for rule in known if known.count(rule) > 1} == set(), "in two classes"
    served = {rule.rule for rule in matrix.portal.flask_app.url_map.iter_rules()}
    assert served - set(known) == set(), "new: give each its line in rule_table.py"
    assert set(known) - served == set(), "gone: take the line out of rule_table.py"


def test_the_choice_reaches_every_dataset_by_every_account(matrix: Matrix) -> None:
    for by in ACCOUNTS:
        reached = {
            entry.number
            for rules, part in _CHOICES
            for turn in range(len(rules))
            for entry in chosen(matrix, turn, by, part, 1)
        }
        assert reached == {entry.number for entry in own(matrix)}, by


def _wrong(
    matrix: Matrix, by: str | None, opened: Opened, entries: Callable[[int, str], list[Entry]]
) -> list[str]:
    """What is wrong with the pages of these datasets, whichever way they are opened.

    :param entries: the datasets a rule is asked of, by its place in its table and its part.
    """
    wrong: list[str] = []
    for rules, part in _CHOICES:
        for turn, template in enumerate(rules.values()):
            of_none: list[int] = []
            for entry in entries(turn, part):
                if by == "admin" and "{resource}" in template and not serves(entry):
                    continue  # core knows its keeper's way to what was removed, and stumbles
                url = filled(template, matrix, entry)
                answer = opened(matrix, by, url)
                at = f"{by} {url} ({entry}): {answer.status}"
                seen = part in sees(by, entry)
                seen = seen and (part != "f" or serves(entry))
                if seen and rules is not table.FOR_STAFF and answer.status != 200:
                    wrong.append(at)
                if not seen and not _is_refused(by, answer):
                    # As a dataset that does not exist, then.
                    nowhere = filled(template, matrix, NOWHERE)
                    of_none = of_none or [opened(matrix, by, nowhere).status]
                    if answer.status != of_none[0] or answer.status == 200:
                        wrong.append(f"{at} instead of not found")
                if answer.status >= 500:
                    wrong.append(at)
                wrong += [f"{by} {leak}" for leak in leaks(matrix, by, url, answer.said)]
    return wrong


@pytest.mark.parametrize("by", ACCOUNTS)
def test_every_page_of_every_dataset_by_every_account(matrix: Matrix, by: str | None) -> None:
    with undrawn():
        wrong = _wrong(matrix, by, look, lambda turn, part: own(matrix))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_pages_as_drawn_are_for_who_sees_the_dataset(matrix: Matrix, by: str | None) -> None:
    wrong = _wrong(matrix, by, _open, lambda turn, part: chosen(matrix, turn, by, part, 1))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_writing_pages_are_not_there_for_who_sees_nothing(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    forms = {
        rule: url
        for rule, url in {**table.FOR_STAFF, **table.WRITES}.items()
        if "POST" in _methods(matrix)[rule]
    }
    place = list(ACCOUNTS).index(by)
    for turn, template in enumerate(forms.values()):
        if (turn + place) % _SENDERS:
            continue
        hidden = [e for e in chosen(matrix, turn, by, "m", 1) if not sees(by, e)]
        for entry in hidden[:1]:
            url = filled(template, matrix, entry)
            answer = _open(matrix, by, url, "POST")
            none = _open(matrix, by, filled(template, matrix, NOWHERE), "POST")
            if answer.status != none.status or answer.status in (200, 500):
                wrong.append(f"POST {url} ({entry}): {answer.status}/{none.status}")
            wrong += leaks(matrix, by, url, answer.said)
    assert not wrong, "\n".join(wrong)


def _methods(matrix: Matrix) -> dict[str, set[str]]:
    return _methods_of(matrix.portal.flask_app)


@cache
def _methods_of(app: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update(rule.methods or ())
    return found


@pytest.mark.parametrize("by", ACCOUNTS)
def test_pages_of_many_hold_nothing_hidden(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    for template in table.LISTS.values():
        url = filled(template, matrix, None)
        answer = _open(matrix, by, url)
        if answer.status >= 500:
            wrong.append(f"{url}: {answer.status}")
        wrong += leaks(matrix, by, url, answer.said)
    for url in table.CLOSED.values():
        answer = _open(matrix, by, url)
        is_shown = answer.status == 200
        if is_shown is not (by == "admin"):
            wrong.append(f"{url}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_public_pages_show_what_is_public(matrix: Matrix) -> None:
    public = [e for e in matrix.entries if (e.state, e.level) == ("published", "terbuka")]
    assert public
    for url in ("/dataset/", "/catalog.ttl", "/feeds/dataset.atom"):
        shown = _open(matrix, None, url).said
        assert all(entry.word("t") in shown for entry in public), url
