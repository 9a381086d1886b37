"""Each layer of the gate for *Terbatas* and *Tertutup*: alone it refuses, without it all is red.

What gets through is looked at in transactions that are rolled back, rows that are put back, and
permissions that are only asked: the datasets stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import logic, model
from ckan.logic.action import update as core_update

from ckanext.satudatatrenggalek.implementations.visibility import Visibility
from ckanext.satudatatrenggalek.logic.auth import dataset as our_permissions
from ckanext.satudatatrenggalek.model import tripwire
from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from ..test_layers import _plain
from .asking import ask
from .place import Entry, Matrix

_YES = {"success": True}


def _at(matrix: Matrix, level: str) -> Entry:
    return next(e for e in matrix.entries if (e.state, e.level) == ("published", level))


@contextmanager
def _written(statement: str, back: str, **values: Any) -> Iterator[None]:
    """Rows written past every session; undone afterwards."""
    model.Session.remove()
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(statement), values)
    try:
        yield
    finally:
        model.Session.remove()
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text(back), values)


def _read_by_strangers(matrix: Matrix, action: str, key: str) -> list[str]:
    return [f"{by}" for by in ("warga", None) if ask(matrix, by, action, {"id": key}).is_ok]


def _closed_dataset_read(matrix: Matrix) -> list[str]:
    """Who reads a closed dataset whose row somebody made public."""
    key = _at(matrix, "tertutup").package
    row = "UPDATE package SET private = {} WHERE id = :key"
    with _written(row.format("false"), row.format("true"), key=key):
        return _read_by_strangers(matrix, "package_show", key)


def test_labels_hide_a_closed_dataset_made_public_by_hand(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _closed_dataset_read(matrix) == []
    monkeypatch.setattr(Visibility, "get_dataset_labels", lambda self, dataset: ["public"])
    assert _closed_dataset_read(matrix) == ["warga", "None"], "without the layer"


def _flushed(matrix: Matrix, level: str, **columns: Any) -> bool:
    """Whether a package row can be written straight through the session."""
    package = model.Package.get(_at(matrix, level).package)
    assert package is not None
    for name, value in columns.items():
        setattr(package, name, value)
    try:
        model.Session.flush()
    except GateBroken:
        return False
    finally:
        model.Session.rollback()
    return True


@pytest.mark.parametrize(
    ("level", "columns"),
    [("tertutup", {"private": False}), ("terbatas", {"title": "x"}), ("terbatas", {"notes": "x"})],
)
def test_the_tripwire_stops_rows_of_every_level(
    matrix: Matrix, level: str, columns: dict[str, Any]
) -> None:
    assert not _flushed(matrix, level, **columns)
    tripwire.disarm()
    try:
        assert _flushed(matrix, level, **columns), "without the layer"
    finally:
        tripwire.arm()


def _refusal(entry: Entry, **sent: Any) -> str:
    """How the machine is refused: by the action, or only by the tripwire behind it."""
    context: Any = {"ignore_auth": True, "user": "admin"}
    whole = tk.get_action("package_show")({**context}, {"id": entry.package})
    try:
        tk.get_action("package_update")(context, {**whole, **sent})
    except (tk.ValidationError, GateBroken) as refusal:
        return type(refusal).__name__
    finally:
        model.Session.rollback()
    return "done"


@pytest.mark.parametrize(
    ("level", "sent"), [("tertutup", {"private": False}), ("terbatas", {"title": "x"})]
)
def test_the_actions_stop_writes_of_every_level(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, level: str, sent: dict[str, Any]
) -> None:
    entry = _at(matrix, level)
    assert _refusal(entry, **sent) == "ValidationError"
    monkeypatch.setitem(logic._actions, "package_update", _plain(core_update.package_update))
    assert _refusal(entry, **sent) == "GateBroken", "without the layer the next one stops it"


def _hands_on_rows(matrix: Matrix, entry: Entry) -> list[str]:
    found = []
    for by in ("produsen", "admin", "penyetuju"):
        for name in ("datastore_create", "datastore_upsert", "datastore_delete"):
            try:
                tk.check_access(name, matrix.world.context(by), {"resource_id": entry.resource})
            except (tk.NotAuthorized, tk.ObjectNotFound):
                continue
            found.append(f"{by} {name}")
    return found


def test_nobody_has_a_hand_on_the_rows_of_a_closed_dataset(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = _at(matrix, "tertutup")
    assert _hands_on_rows(matrix, entry) == []
    monkeypatch.setattr(our_permissions, "_no_hand_on_datastore", lambda *_: _YES)
    assert len(_hands_on_rows(matrix, entry)) == 9, "without the layer"
