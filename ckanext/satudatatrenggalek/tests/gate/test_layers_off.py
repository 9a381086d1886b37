"""Each layer switched off besides the three others: the test of that layer goes red.

The attacks of ``test_layers`` are run again where nothing is left to stop them, on datasets made
for it. What is asserted is that they fail: a test that cannot fail would be found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib import search

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.logic.auth import dataset as our_permissions

from . import test_layers as layers
from .test_layers import _raw, no_actions, no_labels, no_permissions, no_tripwire
from .town import Town, rows

__all__ = ["no_actions", "no_labels", "no_permissions", "no_tripwire"]

_FORGET = (
    "UPDATE package SET private = true, state = 'deleted', name = :id WHERE id = :id",
    "DELETE FROM satudata_stay WHERE dataset_id = :id",
    "DELETE FROM satudata_contribution WHERE submission_id IN"
    " (SELECT id FROM satudata_submission WHERE dataset_id = :id)",
    "DELETE FROM satudata_submission WHERE dataset_id = :id",
    "DELETE FROM satudata_dataset WHERE dataset_id = :id",
)


@contextmanager
def goes_red() -> Iterator[None]:
    """An assertion of the test fails, or it waits in vain for a refusal."""
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        yield
    model.Session.rollback()


def _with_fresh(town: Town, *states: str) -> Town:
    """The same town with datasets of these states that no other test looks at."""
    return replace(town, placed={**town.placed, **{state: town.fresh(state) for state in states}})


def test_without_layer_1_its_test_is_red(town: Town, request: pytest.FixtureRequest) -> None:
    other = _with_fresh(town, "draft")
    _switch_off(request, "no_labels", "no_tripwire", "no_permissions", "no_actions")
    with _raw(other.placed["draft"].id, private=True), goes_red():
        layers.test_layer_1_alone_refuses_every_write(other)


def test_without_layer_2_its_test_is_red(town: Town, request: pytest.FixtureRequest) -> None:
    other = _with_fresh(town, "draft")
    _switch_off(request, "no_actions", "no_tripwire", "no_labels")
    with goes_red():
        layers.test_layer_2_alone_hides_a_row_made_public_by_hand(other)


def test_without_layer_3_its_tests_are_red(town: Town, request: pytest.FixtureRequest) -> None:
    other = _with_fresh(town, "awaiting_approval")
    _switch_off(request, "no_actions", "no_labels", "no_permissions", "no_tripwire")
    try:
        with goes_red():
            layers.test_layer_3_alone_stops_cores_own_actions(other)
    finally:
        _forget("lewat-core")
    waiting = other.placed["awaiting_approval"]
    with _raw(waiting.id, private=True), goes_red():
        layers.test_layer_3_alone_wants_an_approval_even_from_the_workflow(other)
    assert rows(waiting.id)["package"][0]["private"] is True


def test_without_layer_4_its_test_is_red(
    town: Town, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _with_fresh(town, "published")
    jobs.work()
    _switch_off(request, "no_actions", "no_labels", "no_tripwire")
    yes = {"success": True}
    monkeypatch.setattr(our_permissions, "_no_hand_on_datastore", lambda *_: yes)
    with goes_red():
        layers.test_layer_4_alone_keeps_the_datastore(other)


def _switch_off(request: pytest.FixtureRequest, *layers: str) -> None:
    """Only now: the datasets to attack are made while everything stands."""
    for layer in layers:
        request.getfixturevalue(layer)


def _forget(name: str) -> None:
    """Take away what got through, past every session."""
    model.Session.remove()
    package = model.Package.get(name)
    assert package is not None, "it was to get through"
    key = package.id
    model.Session.remove()
    with model.meta.engine.begin() as connection:
        for statement in _FORGET:
            connection.execute(sa.text(statement), {"id": key})
    search.clear(key)
