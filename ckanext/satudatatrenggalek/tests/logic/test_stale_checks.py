"""A check result is of these bytes in this dataset: what it hangs on makes it stale."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import checks
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..views.meja_visitor import Visitor, content, controls
from ..world import NEEDS, SCHEMA, World, upload

PERSONAL = (
    "nama,nik,jumlah\n"
    "Siti Aminah,3503014107850001,1\n"
    "Budi Santoso,3503010101900002,2\n"
    "Wahyu Utomo,3503011203880003,3\n"
)


def test_personal_data_found_while_closed_is_judged_again_when_opened(world: World) -> None:
    package = world.dataset(accessRights="tertutup")
    world.file(package["id"], PERSONAL)
    assert world.show(package["id"])["machine"]["items"]["personal_data"]["errors"] == 0

    world.call("package_patch", "produsen", id=package["id"], accessRights="terbuka")
    assert world.show(package["id"])["machine"]["pending"] == 1
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(package["id"], "submit", "produsen")
    assert refusal.value.error_dict["reason"] == "check_unfinished"

    jobs.work()
    machine = world.show(package["id"])["machine"]
    assert machine["items"]["personal_data"]["errors"] > 0


def test_another_period_is_judged_again(world: World) -> None:
    package = world.dataset(periode="2025")
    world.file(package["id"])
    assert world.show(package["id"])["machine"]["errors"] == 0
    world.call("package_patch", "produsen", id=package["id"], periode="2019")
    jobs.work()
    machine = world.show(package["id"])["machine"]
    assert (machine["pending"], machine["errors"] + machine["warnings"] > 0) == (0, True)


def _noted() -> int:
    """How many checks were ever noted."""
    query = sa.select(sa.func.count()).where(OutboxRecord.kind == "check")
    return model.Session.execute(query).scalar_one()


# What describes a dataset and its files, and is no part of any judgement.
WORDS = {
    "title": "Posyandu menurut kecamatan",
    "notes": "Banyaknya posyandu di tiap kecamatan.",
    "tag_string": "kesehatan,posyandu",
    "maintainer": "Bidang Kesehatan Masyarakat",
    "tanggal_pengumpulan": "2026-12-30",
}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_no_check_reads_need_no_new_one(world: World, name: str) -> None:
    package = world.dataset()
    world.file(package["id"])
    before, noted = world.show(package["id"])["machine"], _noted()
    world.call("package_patch", "produsen", id=package["id"], **{name: WORDS[name]})
    assert world.show(package["id"])["machine"] == before
    assert _noted() == noted
    assert world.step(package["id"], "submit", "produsen")["state"] == "awaiting_check"


def test_the_form_of_metadata_needs_no_new_check_either(portal: Any, world: World) -> None:
    package = world.dataset()
    world.file(package["id"])
    noted = _noted()
    producer = Visitor(portal, world, "produsen")
    address = f"/dataset/edit/{package['id']}"
    page = producer.open(address)
    form = page.select_one("form.dataset-form, form#dataset-edit")
    assert form is not None
    sent = {**controls(form, page), "title": ["Posyandu menurut kecamatan"], "save": ["save"]}
    portal.post(
        address, data=sent, headers=world.headers("produsen"), status=302, follow_redirects=False
    )
    shown = world.show(package["id"])
    assert (shown["title"], shown["machine"]["pending"]) == ("Posyandu menurut kecamatan", 0)
    assert _noted() == noted
    page = producer.open(f"/meja/dataset/{shown['id']}")
    assert "menunggu pemeriksaan" in content(producer.press(page, "Ajukan"))


def test_words_about_a_file_need_no_new_check(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    noted = _noted()
    world.call("resource_patch", "produsen", id=resource["id"], name="Nama lain", description="X")
    assert world.show(package["id"])["machine"]["pending"] == 0
    assert _noted() == noted


# A value of each field of the dataset that a verdict hangs on, other than the world's.
JUDGED = {
    "periode": "2019",
    "accessRights": "tertutup",
    "accrualPeriodicity": "bulanan",
    "satuan": "kilometer",
}


def test_every_field_a_verdict_hangs_on_has_a_value_here() -> None:
    assert set(JUDGED) == set(checks.JUDGED_BY)


@pytest.mark.parametrize("name", sorted(JUDGED))
def test_what_a_verdict_hangs_on_is_judged_again_at_once(world: World, name: str) -> None:
    package = world.dataset()
    world.file(package["id"])
    assert package[name] != JUDGED[name]
    changed = {name: JUDGED[name], **NEEDS.get(JUDGED[name], {})}
    world.call("package_patch", "produsen", id=package["id"], **changed)
    assert world.show(package["id"])["machine"]["pending"] == 1
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(package["id"], "submit", "produsen")
    assert refusal.value.error_dict["reason"] == "check_unfinished"
    # What was found under the former value is none of this one, however often it is changed.
    world.call("package_patch", "produsen", id=package["id"], title="Judul lain")
    assert world.show(package["id"])["machine"]["pending"] == 1
    jobs.work()
    assert world.show(package["id"])["machine"]["pending"] == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "XLSX"},
        {"schema": {"fields": [*SCHEMA["fields"][:-1], {"name": "jumlah", "type": "number"}]}},
        {"validation_options": {"sheet": "Lembar 2"}},
        {"upload": None},
    ],
)
def test_what_changes_in_a_file_is_judged_again(world: World, changed: dict[str, Any]) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    sent = {**changed, "upload": upload(PERSONAL)} if "upload" in changed else changed
    world.call("resource_patch", "produsen", id=resource["id"], **sent)
    assert world.show(package["id"])["machine"]["pending"] == 1
