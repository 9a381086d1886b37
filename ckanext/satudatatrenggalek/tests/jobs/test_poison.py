"""A poisonous file costs one limit's time and is told so; the others go on. Nothing is mocked."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import checking, clock, config, jobs
from ckanext.satudatatrenggalek.model import blobs, files, outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..conformity import poison
from ..world import CSV, World, upload

LIMIT = "ckanext.satudatatrenggalek.check."


@pytest.fixture
def little_time(ckan_config: Any) -> None:
    """So little time that a file of millions of rows needs more."""
    ckan_config[LIMIT + "max_seconds"] = "1"


@pytest.fixture
def little_memory(ckan_config: Any) -> None:
    """So little memory that a middling file needs more."""
    ckan_config[LIMIT + "max_memory_mb"] = "64"


def _put(world: World, package_id: str, path: Path, **more: Any) -> dict[str, Any]:
    """Upload a file whose bytes pass the gate, without working yet."""
    name = f"{path.stem}{path.suffix}"
    return world.call(
        "resource_create",
        "produsen",
        package_id=package_id,
        name=path.stem,
        format=path.suffix[1:].upper(),
        upload=upload(path.read_bytes(), name),
        **more,
    )


def _check(world: World, resource_id: str) -> dict[str, Any]:
    return world.call("satudata_conformity_show", "produsen", resource_id=resource_id)


@pytest.mark.usefixtures("little_time")
def test_a_heavy_file_gets_its_sentence_and_the_next_one_its_report(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heavy, light = world.dataset("berat"), world.dataset("ringan")
    path = poison.long(tmp_path / "panjang.csv", 8_000_000)
    secret = "3503010101900001"
    path.write_text(path.read_text() + f"2025,{secret}\n")
    first = _put(world, heavy["id"], path)
    posyandu = tmp_path / "posyandu.csv"
    posyandu.write_text(CSV)
    second = _put(world, light["id"], posyandu)
    with caplog.at_level(logging.INFO):
        jobs.work()
    check = _check(world, first["id"])
    assert check["status"] == "error"
    assert check["message"].startswith("Berkas ini terlalu berat diperiksa: sesudah 1 detik")
    assert "Kemudian unggah lagi." in check["message"]
    assert _check(world, second["id"])["status"] in ("success", "failure")
    assert secret not in caplog.text
    rows = model.Session.query(OutboxRecord).filter_by(kind="check").all()
    assert [(row.done_at is not None, row.attempts) for row in rows] == [(True, 1), (True, 1)]
    bound = files.of_resource(model.Session, first["id"])
    assert bound is not None
    assert blobs.path_of(bound.sha256).read_bytes() == path.read_bytes()


@pytest.mark.usefixtures("little_memory")
def test_a_file_that_swells_meets_the_memory_limit(world: World, tmp_path: Path) -> None:
    package = world.dataset()
    path = poison.zip_bomb(tmp_path / "bom.xlsx", 18)  # below what the gate refuses at the door
    resource = _put(world, package["id"], path)
    jobs.work()
    check = _check(world, resource["id"])
    assert check["status"] in ("error", "failure")
    assert check["message"] or check["findings"]
    assert world.show(package["id"])["machine"]["pending"] == 0


def test_a_worker_killed_over_and_over_is_not_waited_for_for_ever(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    session = model.Session
    outbox.add(session, package["id"], "check", clock.now(), resource_id=resource["id"])
    session.commit()
    row = session.query(OutboxRecord).filter_by(kind="check", done_at=None).one()
    for ago in (3, 2, 1):  # three workers began and were never heard of again
        outbox.start(session, row.id, clock.now() - timedelta(hours=ago))
        session.commit()
    jobs.work()
    check = _check(world, resource["id"])
    assert (check["status"], session.get(OutboxRecord, row.id).attempts) == ("error", 4)
    assert "unggah lagi" in check["message"]


def test_attempts_that_ended_in_words_are_not_kills(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    session = model.Session
    outbox.add(session, package["id"], "check", clock.now(), resource_id=resource["id"])
    session.commit()
    row = session.query(OutboxRecord).filter_by(kind="check", done_at=None).one()
    for ago in (5, 4, 3, 2, 1):
        outbox.start(session, row.id, clock.now() - timedelta(hours=ago))
        outbox.fail(row, "OperationalError: the database was away")
        session.commit()
    jobs.work()
    assert _check(world, resource["id"])["status"] == "success"


@pytest.mark.usefixtures("little_time")
def test_a_heavy_file_is_looked_at_once_however_often_its_dataset_changes(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    package = world.dataset("berat")
    spin = tmp_path / "berulang.csv"
    spin.write_text("a\n" + ("a" * 40 + "!\n") * 9)
    column = {"name": "a", "type": "string", "constraints": {"pattern": "(a|aa|a)+$"}}
    heavy = _put(world, package["id"], spin, schema=json.dumps({"fields": [column]}))
    for number in range(3):
        path = tmp_path / f"ringan{number}.csv"
        path.write_text(CSV)
        _put(world, package["id"], path)
    with caplog.at_level(logging.WARNING, logger=checking.__name__):
        jobs.work()
    assert _check(world, heavy["id"])["status"] == "error"
    assert len([r for r in caplog.records if heavy["id"] in r.getMessage()]) == 1


def test_a_small_file_gets_little_time(tmp_path: Path) -> None:
    small, large = tmp_path / "kecil", tmp_path / "besar"
    small.write_bytes(b"a\n1\n")
    large.write_bytes(b"0" * 20_000_000)
    assert checking.bounds(small).seconds < 40
    assert checking.bounds(large).seconds == config.check_limits()["seconds"]
