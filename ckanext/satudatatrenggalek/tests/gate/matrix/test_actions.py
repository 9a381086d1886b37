"""Every action x every account x every dataset, against ``action_table``.

What writes is really called by everybody it must refuse, of every dataset; by whoever may do it,
its permission alone is asked, as the datasets have to stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import logic, model

from . import action_table as table
from .asking import NOWHERE, ask, filled, leaks, own, sees, serves
from .expected import ACCOUNTS, TOMBSTONE, edits
from .place import Entry, Matrix


def _asked(
    matrix: Matrix, actions: dict[str, table.Sent]
) -> Iterator[tuple[str, Entry, table.Sent]]:
    """Each action with each dataset, and what it is sent."""
    for name, template in actions.items():
        for entry in own(matrix):
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


@pytest.mark.parametrize("by", ACCOUNTS)
def test_who_sees_a_dataset_is_answered_and_nobody_else(matrix: Matrix, by: str | None) -> None:
    wrong = _answered(matrix, by)
    assert not wrong, "\n".join(wrong)


def _answered(matrix: Matrix, by: str | None) -> list[str]:
    wrong: list[str] = []
    for part, actions in (("m", table.READS_DATASET), ("f", table.READS_FILE)):
        for name, entry, sent in _asked(matrix, actions):
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
    return wrong


@pytest.mark.parametrize("by", ACCOUNTS)
def test_what_is_for_staff_is_not_there_for_who_sees_nothing(
    matrix: Matrix, by: str | None
) -> None:
    wrong = _as_if_not_there(matrix, by)
    assert not wrong, "\n".join(wrong)


def _as_if_not_there(matrix: Matrix, by: str | None) -> list[str]:
    wrong: list[str] = []
    actions = {**table.READS_AS_STAFF, **table.WRITES}
    of_none = {
        name: ask(matrix, by, name, filled(template, matrix, NOWHERE)).kind
        for name, template in actions.items()
    }
    for name, entry, sent in _asked(matrix, actions):
        seen = sees(by, entry)
        if seen and name in table.WRITES:
            continue
        answer = ask(matrix, by, name, sent)
        wrong += leaks(matrix, by, name, answer.text, sent)
        told = answer.kind == "NotAuthorized" or name == "satudata_tombstone_show"
        if told and (entry.state, entry.level) in TOMBSTONE:
            continue  # everybody may know of it: not theirs to do, rather than not there
        if not seen and answer.kind != of_none[name]:
            wrong.append(f"{name} {entry}: {answer.kind}, of none {of_none[name]}")
    return wrong


@pytest.mark.parametrize("by", ACCOUNTS)
def test_content_is_changed_by_nobody_but_its_editors(matrix: Matrix, by: str | None) -> None:
    wrong = _refused_to_change(matrix, by)
    assert not wrong, "\n".join(wrong)


def _refused_to_change(matrix: Matrix, by: str | None) -> list[str]:
    wrong: list[str] = []
    for name, entry, sent in _asked(matrix, {name: table.WRITES[name] for name in table.CONTENT}):
        if not sees(by, entry) or edits(by, entry.state):
            continue
        if by == "admin" and not serves(entry):
            continue  # core knows its keeper's way to what was removed, and stumbles over it
        answer = ask(matrix, by, name, sent)
        # Into the office it is in: core lets its sysadmin, and nothing is changed.
        if answer.is_ok and (by, name) != ("admin", "package_owner_org_update"):
            wrong.append(f"{name} {entry}: done")
        wrong += leaks(matrix, by, name, answer.text, sent)
    return wrong


def test_editors_may_change_what_is_in_their_hands(matrix: Matrix) -> None:
    for entry in own(matrix):
        if edits("produsen", entry.state):
            for name in ("package_update", "resource_update", "resource_create"):
                sent = filled(table.WRITES[name], matrix, entry)
                assert tk.check_access(name, matrix.world.context("produsen"), sent), str(entry)


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
