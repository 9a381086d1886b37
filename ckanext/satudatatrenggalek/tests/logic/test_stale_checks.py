"""A check result is of these bytes in this dataset: what it hangs on makes it stale."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import World

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
