"""ckanext-validation's promises, through its own names: actions, settings, hooks, fields."""

from __future__ import annotations

import io
import json
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import openpyxl
import pytest
from ckan import model
from ckan.plugins import core

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek import validation_adapter as ours
from ckanext.satudatatrenggalek.model.tables import OutboxRecord
from ckanext.validation.interfaces import IDataValidation, IPipeValidation

from ..world import BAD_CSV, CSV, World, upload

HEARD: list[dict[str, Any]] = []


class Choosy(p.SingletonPlugin):
    """An extension that wants some files unchecked, and hears of each that was checked."""

    p.implements(IDataValidation)
    p.implements(IPipeValidation)

    def can_validate(self, context: Any, data_dict: dict[str, Any]) -> bool:
        return "tanpa periksa" not in (data_dict.get("description") or "")

    def receive_validation_report(self, validation_report: dict[str, Any]) -> None:
        HEARD.append(validation_report)


@pytest.fixture
def choosy(monkeypatch: pytest.MonkeyPatch) -> None:
    """That extension, there for one test."""
    HEARD.clear()
    plugin = Choosy()
    plugin.name = "choosy"
    monkeypatch.setitem(core._PLUGINS_SERVICE, "choosy", plugin)


def _shown(world: World, resource: dict[str, Any]) -> dict[str, Any]:
    return world.call("resource_validation_show", "produsen", resource_id=resource["id"])


def test_run_show_and_delete(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    assert _shown(world, resource)["status"] == "failure"
    assert set(_shown(world, resource)) == {
        "id",
        "resource_id",
        "status",
        "report",
        "error",
        "created",
        "finished",
    }
    for action in ("resource_validation_run", "resource_validation_delete"):
        world.call(action, "produsen", resource_id=resource["id"])
        assert (_shown(world, resource)["status"], _shown(world, resource)["report"]) == (
            "created",
            None,
        )
        jobs.work()
        report = json.loads(_shown(world, resource)["report"])
        assert (report["valid"], report["tasks"][0]["errors"][0]["rowNumber"]) == (False, 4)


def test_many_at_once(world: World) -> None:
    packages = [world.dataset(name) for name in ("satu", "dua")]
    resources = [world.file(package["id"]) for package in packages]
    with pytest.raises(tk.NotAuthorized):
        world.call("resource_validation_run_batch", "produsen")
    answer = world.call("resource_validation_run_batch", "admin", dataset_ids=["satu"])
    assert answer == {"output": "Done. 1 resources sent to the validation queue"}
    assert [_shown(world, r)["status"] for r in resources] == ["created", "success"]
    answer = world.call("resource_validation_run_batch", "admin", dataset_ids='["satu", "dua"]')
    assert answer["output"].startswith("Done. 2 ")
    jobs.work()
    assert world.call("resource_validation_run_batch", "admin")["output"].startswith("Done. 2 ")
    asked = {"fq": 'name:"dua"'}
    answer = world.call("resource_validation_run_batch", "admin", query=asked)
    assert answer["output"].startswith("Done. 1 ")
    answer = world.call("resource_validation_run_batch", "admin", dataset_ids="tiada")
    assert answer == {"output": "No suitable datasets for validation"}
    jobs.work()
    assert [_shown(world, r)["status"] for r in resources] == ["success", "success"]


def test_the_two_fields_of_a_resource_come_from_the_check(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    shown = world.call("resource_show", "produsen", id=resource["id"])
    assert shown["validation_status"] == "failure"
    assert shown["validation_timestamp"] == _shown(world, resource)["finished"]
    with_lies = {"validation_status": "success", "validation_timestamp": "2030-01-01T00:00:00"}
    world.call("resource_patch", "produsen", id=resource["id"], description="x", **with_lies)
    jobs.work()
    shown = world.call("resource_show", "produsen", id=resource["id"])
    assert shown["validation_status"] == "failure"
    world.call("resource_validation_run", "produsen", resource_id=resource["id"])
    assert "validation_status" not in world.call("resource_show", "produsen", id=resource["id"])


def test_statuses_are_found_by_search(world: World) -> None:
    world.at("published")
    jobs.work()
    found = world.call("package_search", None, fq="vocab_validation_status:success")
    assert found["count"] == 1
    assert world.call("package_search", None, fq="vocab_validation_status:failure")["count"] == 0


@pytest.mark.ckan_config("ckanext.validation.formats", "xlsx")
def test_only_the_formats_named_are_checked(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert (check["status"], check["errors"], check["warnings"]) == ("skipped", 0, 1)
    assert check["message"].startswith("Berkas ini tidak diperiksa mesin")
    assert _shown(world, resource)["status"] == "unknown"
    # It can be submitted all the same: whoever checks is told to read it.
    assert world.step(package["id"], "submit", "produsen")["state"] == "awaiting_check"


@pytest.mark.usefixtures("choosy")
def test_an_extension_decides_and_hears(world: World) -> None:
    package = world.dataset()
    seen = world.file(package["id"])
    unseen = world.file(package["id"], description="Berkas tanpa periksa.")
    statuses = {r["id"]: _shown(world, r)["status"] for r in (seen, unseen)}
    assert statuses == {seen["id"]: "success", unseen["id"]: "unknown"}
    assert {(told["resource_id"], told["status"]) for told in HEARD} == set(statuses.items())


def test_the_sheet_named_in_the_options_is_checked(world: World) -> None:
    package = world.dataset()
    resource = world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="Buku",
        format="XLSX",
        upload=upload(_workbook(), "buku.xlsx"),
        validation_options=json.dumps({"dialect": {"excel": {"sheet": "Kedua"}}}),
    )
    jobs.work()
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert (check["stats"]["sheet"], check["labels"]) == ("Kedua", ["kode", "nilai"])


@pytest.mark.ckan_config("ckanext.xloader.validation.requires_successful_report", True)
def test_only_conforming_files_are_loaded_where_xloader_wants_it_so(world: World) -> None:
    package = world.dataset()
    good, bad = world.file(package["id"], CSV), world.file(package["id"], BAD_CSV)
    found = world.call("datastore_search", "produsen", resource_id=good["id"])
    assert found["total"] == 3
    with pytest.raises(tk.ObjectNotFound):
        world.call("datastore_search", "produsen", resource_id=bad["id"])
    assert model.Session.query(OutboxRecord).filter_by(done_at=None).count() == 0


@pytest.mark.ckan_config("ckanext.validation.show_badges_in_listings", False)
def test_badges_can_be_left_out_of_lists(world: World) -> None:
    package = world.dataset()
    resource = world.call("resource_show", "admin", id=world.file(package["id"])["id"])
    assert ours.get_validation_badge(resource, in_listing=True) == ""


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["tahun", "jumlah"])
    book.worksheets[0].append([2025, 1])
    second = book.create_sheet("Kedua")
    for row in (["kode", "nilai"], ["a", 1], ["b", 2]):
        second.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
