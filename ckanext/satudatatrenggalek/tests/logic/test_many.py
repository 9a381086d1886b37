"""One decision on many submissions: each by its own hash and checklist, none for another's sake."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ..world import BAD_CSV, CHECKLIST, World


def submitted(world: World, name: str, text: str = "") -> dict[str, Any]:
    package = world.dataset(name, title=f"Data {name}")
    world.file(package["id"], *([text] if text else []))
    return world.step(package["id"], "submit", "produsen")


def keep(world: World, submission: dict[str, Any], by: str = "pemeriksa", **more: Any) -> Any:
    sent = {"content_hash": submission["content_hash"], "checklist": CHECKLIST, **more}
    return world.call("satudata_checklist_keep", by, id=submission["id"], **sent)


def rows_of(*submissions: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": row["id"], "content_hash": row["content_hash"]} for row in submissions]


def many(world: World, step: str, by: str, rows: Any) -> dict[str, Any]:
    return world.call("satudata_step_take_many", by, step=step, rows=rows)


def test_a_kept_checklist_is_what_conform_for_many_needs(world: World) -> None:
    full, half, bare = (submitted(world, name) for name in ("penuh", "separuh", "kosong"))
    assert keep(world, full)["complete"] is True
    some = {item: CHECKLIST[item] for item in ("standard", "metadata")}
    kept = keep(world, half, checklist=some)
    assert kept["complete"] is False
    assert "Interoperabilitas" in kept["message"]
    listed = world.call("satudata_desk_list", "pemeriksa")["results"]
    assert {row["title"]: row["kept_answers"] for row in listed} == {
        "Data penuh": 6,
        "Data separuh": 2,
        "Data kosong": 0,
    }
    # What one checker has answered is not another's.
    theirs = world.call("satudata_desk_list", "pendukung")["results"]
    assert {row["kept_answers"] for row in theirs} == {0}
    assert world.show(full["id"], "pendukung")["kept_checklist"] == {}

    done = many(world, "conform", "pemeriksa", rows_of(full, half, bare))
    assert [row["ok"] for row in done["results"]] == [True, False, False]
    assert (done["taken"], done["refused"]) == (1, 2)
    assert done["results"][0]["state"] == "awaiting_approval"
    assert [row["reason"] for row in done["results"][1:]] == ["missing_checklist"] * 2
    assert done["results"][1]["title"] == "Data separuh"
    assert "Interoperabilitas" in done["results"][1]["message"]
    states = [world.show(row["id"])["state"] for row in (full, half, bare)]
    assert states == ["awaiting_approval", "awaiting_check", "awaiting_check"]
    # A complete list sent along counts as well.
    rows = [{**rows_of(bare)[0], "checklist": CHECKLIST}]
    assert many(world, "conform", "pemeriksa", rows)["taken"] == 1


def test_answers_are_about_one_content_and_one_round(world: World) -> None:
    first = submitted(world, "posyandu")
    keep(world, first)
    assert (
        world.show(first["id"], "pemeriksa")["kept_checklist"]["standard"]["verdict"] == "conform"
    )
    world.step(first["id"], "return", "pemeriksa")
    again = world.step(first["id"], "submit", "produsen")
    assert again["content_hash"] == first["content_hash"]
    assert world.show(first["id"], "pemeriksa")["kept_checklist"] == {}
    done = many(world, "conform", "pemeriksa", rows_of(again))
    assert done["results"][0]["reason"] == "missing_checklist"
    with pytest.raises(tk.ValidationError) as refusal:
        keep(world, again, content_hash="lain")
    assert refusal.value.error_dict["reason"] == "stale_hash"


def test_every_row_is_judged_by_itself(world: World) -> None:
    good = world.at("awaiting_approval", "baik")
    stale, gone, early = (world.at("awaiting_approval", name) for name in ("basi", "pergi", "dini"))
    world.step(gone["id"], "return", "penyetuju")
    world.step(early["id"], "send_back", "penyetuju", comment="Sekali lagi.")
    mine = submitted(world, "sendiri")
    keep(world, mine)
    rows = [
        *rows_of(good),
        {"id": stale["id"], "content_hash": "bukan-ini"},
        *rows_of(gone, early),
        {"id": "tidak-ada", "content_hash": "x"},
    ]
    done = many(world, "approve", "penyetuju", rows)
    reasons = [row["reason"] for row in done["results"]]
    assert reasons == [None, "stale_hash", "wrong_state", "wrong_state", "not_found"]
    assert all(row["message"] for row in done["results"])
    assert world.show(good["id"])["state"] == "awaiting_release"
    assert world.show(stale["id"])["state"] == "awaiting_approval"
    # Another's task in one row is that row's refusal, with no title for who may not read it.
    done = many(world, "conform", "penyetuju", rows_of(mine))
    assert done["results"][0]["reason"] == "wrong_role"
    draft = world.dataset("rahasia", title="Judul rahasia")
    hidden = many(world, "approve", "penyetuju", [{"id": draft["id"], "content_hash": "x"}])
    assert hidden["results"][0]["reason"] == "not_found"
    assert "rahasia" not in str(hidden)


def test_what_the_machine_found_is_not_waved_through(world: World) -> None:
    faulty = submitted(world, "keliru", BAD_CSV)
    kept = keep(world, faulty)
    assert kept["complete"] is False
    done = many(world, "conform", "pemeriksa", rows_of(faulty))
    assert done["results"][0]["reason"] == "override_needed"
    assert world.show(faulty["id"])["state"] == "awaiting_check"


def test_only_some_steps_are_for_many_and_not_without_end(world: World) -> None:
    one = {"id": "x", "content_hash": "y"}
    for step, rows in (
        ("return", [one]),
        ("retract", [one]),
        ("approve", []),
        ("approve", "x"),
        ("approve", [one, one]),
        ("approve", [{"id": str(number)} for number in range(51)]),
        ("approve", ["x"]),
    ):
        with pytest.raises(tk.ValidationError) as refusal:
            many(world, step, "penyetuju", rows)
        assert refusal.value.error_dict["reason"] == "bad_input"
    for nobody in ("produsen", "sekretariat", "admin", "warga"):
        with pytest.raises(tk.NotAuthorized):
            many(world, "approve", nobody, [one])
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_checklist_keep", "produsen", id="x", checklist={})
    assert model.Session.query(model.User).count() > 5


def test_it_is_the_same_over_http(portal: Any, world: World) -> None:
    approval = world.at("awaiting_approval")
    answer = portal.post(
        "/api/3/action/satudata_step_take_many",
        json={"step": "approve", "rows": rows_of(approval)},
        headers=world.headers("penyetuju"),
    )
    assert answer.json["result"]["results"][0]["state"] == "awaiting_release"
    answer = portal.post(
        "/api/3/action/satudata_step_take_many",
        json={"step": "approve", "rows": rows_of(approval)},
        headers=world.headers("warga"),
        status=403,
    )
    assert answer.json["error"]["message"]
