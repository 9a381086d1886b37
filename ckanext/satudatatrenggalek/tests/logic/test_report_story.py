"""The report counts what people really did: one dataset through the steps, once returned."""

from typing import Any

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.domain.periods import month_of

from ..world import World

FINDINGS = [
    {"item": "standard", "text": "Perbaiki satuannya."},
    {"item": "reference_codes", "text": "Kode wilayah 35.03.3 tidak ada."},
]


def period() -> dict[str, str]:
    today = clock.now().astimezone(WIB).date()
    month = month_of(today)
    return {"from": month.first.isoformat(), "to": month.last.isoformat()}


def figures(world: World, by: str = "pemeriksa", **more: Any) -> dict[str, Any]:
    return world.call("satudata_report_figures", by, office=world.office["id"], **period(), **more)


def drilled(world: World, figure: str) -> list[dict[str, Any]]:
    asked = {**period(), "office": world.office["id"], "figure": figure}
    return world.call("satudata_report_drill", "pemeriksa", **asked)["results"]


def test_a_dataset_once_returned_then_published(world: World) -> None:
    key = world.draft()["dataset_id"]
    world.step(key, "submit", "produsen")
    world.step(key, "return", "pemeriksa", findings=FINDINGS)
    returned = figures(world)
    assert returned["total"]["submitted"] == 1
    assert returned["total"]["returned"] == 1
    reasons = {row["item"]: (row["returns"], row["findings"]) for row in returned["reasons"]}
    assert reasons["standard"] == (1, 1)
    assert reasons["reference_codes"] == (1, 1)
    assert reasons["metadata"] == (0, 0)
    assert [row["who"] for row in drilled(world, "reason.standard")] == ["Pemeriksa"]

    for finding in world.show(key)["findings"]:
        world.call("satudata_finding_mend", "produsen", id=finding["id"])
    for step, by in (
        ("submit", "produsen"),
        ("conform", "pemeriksa"),
        ("approve", "penyetuju"),
        ("release", "penyetuju"),
    ):
        world.step(key, step, by)
    total = figures(world)["total"]
    assert (total["submitted"], total["approved"], total["published"]) == (1, 1, 1)
    assert (total["first_time_right"], total["published_returns"]) == (0, 1)
    assert figures(world)["rounds"] == [{"rounds": 1, "published": 1}]
    assert total["metadata_filled"] == total["metadata_fields"] > 10
    ended = {row["state"]: row["ended"] for row in figures(world)["steps"]}
    assert ended == {
        "draft": 1,
        "needs_correction": 1,
        "awaiting_check": 2,
        "awaiting_supervisor": 0,
        "awaiting_approval": 1,
        "awaiting_release": 1,
    }
    assert [row["title"] for row in drilled(world, "published")] == ["Jumlah Posyandu"]


def test_figures_by_producers_are_their_own(world: World) -> None:
    world.at("published")
    mine = world.call("satudata_report_figures", "produsen", **period())
    theirs = world.call("satudata_report_figures", "produsen_lain", **period())
    assert (mine["total"]["published"], theirs["total"]["published"]) == (1, 0)
    assert [row["id"] for row in mine["choices"]] == [world.office["id"]]
