"""The record on its page and as CSV: who may read it, what they read, and no cell that runs."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.reconcile import nightly
from ckanext.satudatatrenggalek.views import record_page

from ..world import World
from .meja_visitor import Visitor, content, text_of

READERS = ("pemeriksa", "penyetuju", "sekretariat", "admin")
OTHERS = ("produsen", "pendukung", "pembina", "forum", "pimpinan", "warga")


def test_the_list_is_for_who_answers_for_the_procedure(portal: Any, world: World) -> None:
    for by in READERS:
        assert world.call("satudata_audit_list", by)["results"], by
        Visitor(portal, world, by).open("/meja/catatan")
    for by in OTHERS:
        with pytest.raises(tk.NotAuthorized):
            world.call("satudata_audit_list", by)
        for url in ("/meja/catatan", "/meja/catatan/unduh.csv"):
            Visitor(portal, world, by).open(url, 403)
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_audit_list", None)
    Visitor(portal, world, None).answer("/meja/catatan/unduh.csv", 302)


def test_the_way_to_it_is_shown_to_who_may_go_there(portal: Any, world: World) -> None:
    for by in (*READERS, *OTHERS):
        page = Visitor(portal, world, by).open("/dataset/")
        there = {a["href"] for a in page.select("a[href^='/meja/']")}
        assert ("/meja/catatan" in there) is (by in READERS), by
        assert ("/meja/pencocokan" in there) is (by == "admin"), by


def test_the_comparison_is_the_keepers_page(portal: Any, world: World) -> None:
    admin = Visitor(portal, world, "admin")
    assert "Belum pernah dicocokkan" in content(admin.open("/meja/pencocokan"))
    found = nightly.run(model.Session, clock.now(), None, mend=False)
    page = admin.open("/meja/pencocokan")
    assert "diminta operator" in content(page)
    for one in found:
        assert one.text in content(page)
    for by in ("penyetuju", "sekretariat", "warga"):
        Visitor(portal, world, by).open("/meja/pencocokan", 403)


def test_nobody_reads_there_what_they_may_not_read_elsewhere(portal: Any, world: World) -> None:
    world.dataset("draf-rahasia")
    world.at("needs_correction", "dikembalikan")
    seen = {by: _datasets(world, by) for by in READERS}
    assert seen["admin"] == {"draf-rahasia", "dikembalikan"}
    assert seen["pemeriksa"] == seen["penyetuju"] == {"dikembalikan"}
    assert seen["sekretariat"] == set()
    for by in ("pemeriksa", "sekretariat"):
        for url in (
            "/meja/catatan",
            "/meja/catatan/unduh.csv",
            "/meja/catatan?dataset=draf-rahasia",
        ):
            shown = Visitor(portal, world, by).answer(url).get_data(as_text=True)
            for typed in ('value="draf-rahasia"', "dataset=draf-rahasia"):
                shown = shown.replace(typed, "")
            assert "draf-rahasia" not in shown, (by, url)


def _datasets(world: World, by: str) -> set[str]:
    """Names of datasets on the record; it also holds those of tests before, which are gone."""
    found = world.call("satudata_audit_list", by, limit=1000)["results"]
    return {row["dataset"]["name"] for row in found if row["dataset"] and row["dataset"]["name"]}


def test_filters_and_pages_reach_every_row_once(world: World) -> None:
    published = world.at("published", "posyandu")
    whole = world.call("satudata_audit_list", "admin", limit=1000)
    assert whole["next"] == ""
    rows, after = [], ""
    while True:
        page = world.call("satudata_audit_list", "admin", limit=3, after=after)
        rows += page["results"]
        after = page["next"]
        if not after:
            break
    assert rows == whole["results"]
    assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)
    steps = world.call("satudata_audit_list", "penyetuju", dataset="posyandu")["results"]
    assert {"create", "submit", "conform", "approve", "release"} <= {row["step"] for row in steps}
    by_checker = world.call("satudata_audit_list", "admin", actor="pemeriksa")["results"]
    assert {row["step"] for row in by_checker} == {"conform"}
    assert by_checker[0]["role"] == "checker"
    assert by_checker[0]["from"] == "awaiting_check"
    assert by_checker[0]["content_hash"] == published["content_hash"]
    assert world.call("satudata_audit_list", "admin", dataset="tidak-ada")["results"] == []
    assert world.call("satudata_audit_list", "admin", to="2020-01-01")["results"] == []
    with pytest.raises(tk.ValidationError):
        world.call("satudata_audit_list", "admin", **{"from": "kemarin"})


def test_the_page_says_how_somebody_signed_in_and_keeps_what_was_typed(
    portal: Any, world: World
) -> None:
    world.at("needs_correction", "dikembalikan")
    visitor = Visitor(portal, world, "pemeriksa")
    page = visitor.open("/meja/catatan?dataset=dikembalikan&oleh=pemeriksa")
    row = text_of(page.select("tbody tr")[0])
    assert "Tidak sesuai" in row
    assert "Menunggu pemeriksaan menjadi Perlu perbaikan" in row
    event = world.call("satudata_audit_list", "pemeriksa", dataset="dikembalikan")["results"][0]
    assert event["auth_method"] in ("cli", "token")
    assert f"Pemeriksa (Walidata), {event['auth_label']}" in row
    refused = visitor.open("/meja/catatan?dari=kemarin&oleh=pemeriksa", 409)
    assert "tidak terbaca" in content(refused)
    assert refused.select_one("#f-oleh")["value"] == "pemeriksa"  # type: ignore[index]


def test_the_csv_is_whole_and_no_cell_runs(
    portal: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_page, "_AT_ONCE", 2)
    world.at("published", "posyandu")
    world.step("posyandu", "retract", "penyetuju", comment="=HYPERLINK(1)")
    answer = Visitor(portal, world, "admin").answer("/meja/catatan/unduh.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "catatan-kejadian.csv" in answer.headers["Content-Disposition"]
    model.Session.remove()
    lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    whole = world.call("satudata_audit_list", "admin", limit=1000)["results"]
    assert [line[0] for line in lines[1:]] == [str(row["seq"]) for row in whole]
    assert lines[1][13] == "'=HYPERLINK(1)"
    assert lines[1][-1] == whole[0]["hash"]


def test_the_timeline_says_role_and_way_in(portal: Any, world: World) -> None:
    shown = world.at("awaiting_approval", "posyandu")
    page = Visitor(portal, world, "penyetuju").open(f"/meja/dataset/{shown['id']}")
    newest = text_of(page.select(".sd-time li")[0])
    assert f"Pemeriksa (Walidata), {shown['history'][0]['auth_label']}" in newest
    assert "Menunggu pemeriksaan menjadi Menunggu validasi" in newest
