"""Every action x every account, over datasets of every state and level, against ``action_table``.

What everything leans on is asked of every dataset, the rest of a choice (``asking.chosen``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import logic, model

from . import action_table as table
from .asking import NOWHERE, ask, chosen, filled, leaks, own, sees, serves
from .expected import ACCOUNTS, TOMBSTONE
from .place import Entry, Matrix


def _asked(
    matrix: Matrix, actions: dict[str, table.Sent], by: str | None, part: str
) -> Iterator[tuple[str, Entry, table.Sent]]:
    """Each action with the datasets it is asked of, and what it is sent."""
    for turn, (name, template) in enumerate(actions.items()):
        everywhere = name in table.EVERYWHERE
        for entry in own(matrix) if everywhere else chosen(matrix, turn, by, part):
            yield name, entry, filled(template, matrix, entry)


def test_every_action_is_classified(matrix: Matrix) -> None:
    tk.get_action("package_show")
    known = [name for names in table.CLASSES for name in names]
    twice = {name for name in known if known.count(name) > 1}
    assert twice == set(), "in two classes"
    registered = set(logic._actions)
    new = registered - set(known) - table.STRAYS
    assert new == set(), "new: give each its line in action_table.py"
    assert set(known) - registered == set(), "gone: take the line out of action_table.py"


def test_the_choice_reaches_every_dataset_by_every_account(matrix: Matrix) -> None:
    actions = {**table.READS_AS_STAFF, **table.WRITES}
    for by in ACCOUNTS:
        reached = {entry.number for _, entry, _ in _asked(matrix, actions, by, "m")}
        assert reached == {entry.number for entry in own(matrix)}, by


@pytest.mark.parametrize("by", ACCOUNTS)
def test_who_sees_a_dataset_is_answered_and_nobody_else(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    for part, actions in (("m", table.READS_DATASET), ("f", table.READS_FILE)):
        for name, entry, sent in _asked(matrix, actions, by, part):
            answer = ask(matrix, by, name, sent)
            wrong += leaks(matrix, by, name, answer.text, sent)
            if part == "f" and by == "admin" and not serves(entry):
                continue  # core shows its keeper what was removed
            seen = part in sees(by, entry)
            seen = seen and (part != "f" or serves(entry))
            if answer.is_ok is not seen:
                wrong.append(f"{name} {entry}: {answer.kind} {answer.text[:80]}")
            if not seen and answer.kind != "NotFound":
                wrong.append(f"{name} {entry}: {answer.kind} instead of not found")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_what_is_for_staff_is_not_there_for_who_sees_nothing(
    matrix: Matrix, by: str | None
) -> None:
    wrong: list[str] = []
    actions = {**table.READS_AS_STAFF, **table.WRITES}
    of_none = {
        name: ask(matrix, by, name, filled(template, matrix, NOWHERE)).kind
        for name, template in actions.items()
    }
    for name, entry, sent in _asked(matrix, actions, by, "m"):
        seen = sees(by, entry)
        if seen and name in table.WRITES:
            continue
        answer = ask(matrix, by, name, sent)
        wrong += leaks(matrix, by, name, answer.text, sent)
        if answer.kind == "NotAuthorized" and (entry.state, entry.level) in TOMBSTONE:
            continue  # everybody may know of it: not theirs to do, rather than not there
        if not seen and answer.kind != of_none[name]:
            wrong.append(f"{name} {entry}: {answer.kind}, of none {of_none[name]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_a_submission_says_what_its_reader_may_know(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    for name, template in table.READS_TOMBSTONE.items():
        for entry in own(matrix):
            sent = filled(template, matrix, entry)
            answer = ask(matrix, by, name, sent)
            wrong += leaks(matrix, by, name, answer.text, sent)
            if "i" in sees(by, entry):
                assert entry.word("t") in answer.text, (by, str(entry), answer)
                assert entry.state == "draft" or entry.word("i") in answer.text, str(entry)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_lists_hold_what_is_public_and_nothing_hidden(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    public = [e for e in matrix.entries if (e.state, e.level) == ("published", "terbuka")]
    for name, (shown, template) in table.LISTS.items():
        sent = filled(template, matrix, None)
        answer = ask(matrix, by, name, sent)
        wrong += leaks(matrix, by, name, answer.text, sent)
        missing = [
            e.word(part) for e in public for part in shown if e.word(part) not in answer.text
        ]
        wrong += [f"{name} ({answer.kind}): {word} is not there" for word in missing]
    for name, template in table.PLAIN.items():
        for entry in matrix.entries if "{package}" in str(template) else [NOWHERE]:
            sent = filled(template, matrix, entry)
            answer = ask(matrix, by, name, sent)
            wrong += leaks(matrix, by, name, answer.text, sent)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", ACCOUNTS)
def test_search_holds_all_that_its_reader_sees(matrix: Matrix, by: str | None) -> None:
    sent = filled(table.LISTS["package_search"][1], matrix, None)
    found = ask(matrix, by, "package_search", sent).text
    for entry in own(matrix):
        assert (entry.word("m") in found) is ("m" in sees(by, entry)), (by, str(entry))


@pytest.mark.parametrize("by", ACCOUNTS)
def test_activities_of_a_dataset_are_for_who_sees_it(matrix: Matrix, by: str | None) -> None:
    from ckanext.activity.model import Activity

    wrong: list[str] = []
    for entry in own(matrix):
        rows = model.Session.query(Activity).filter_by(object_id=entry.package).all()
        for key in [row.id for row in rows][:2]:
            more: dict[str, Any] = {"object_type": "package", "diff_type": "unified"}
            more["include_data"] = True
            for name in table.ACTIVITIES:
                answer = ask(matrix, by, name, {"id": key, **more})
                wrong += leaks(matrix, by, name, answer.text)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("by", [name for name in ACCOUNTS if name != "admin"])
def test_what_only_keepers_do_is_refused(matrix: Matrix, by: str | None) -> None:
    wrong: list[str] = []
    for name, template in table.CLOSED.items():
        if name == "satudata_report_issue" and by in ("pemeriksa", "penyetuju", "sekretariat"):
            continue
        sent = filled(template, matrix, matrix.entries[0])
        answer = ask(matrix, by, name, sent)
        if answer.is_ok:
            wrong.append(f"{name}: answered {answer.text[:80]}")
        wrong += leaks(matrix, by, name, answer.text, sent)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", table.NO_ACTIONS)
def test_what_harvest_registers_by_accident_cannot_be_called(name: str) -> None:
    with pytest.raises(TypeError):
        tk.get_action(name)({"user": ""}, {})


def test_nothing_was_changed_by_asking(matrix: Matrix) -> None:
    for entry in own(matrix):
        package = model.Package.get(entry.package)
        assert package is not None
        assert entry.word("t") in package.title, str(entry)
        resource = model.Resource.get(entry.resource)
        assert resource is not None
        assert resource.name == f"Berkas {entry.word('f')}", str(entry)
