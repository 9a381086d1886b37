"""Two at the same moment: one edition is begun, one release is made."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.satudatatrenggalek import jobs

from ..logic.test_at_once import _together
from ..world import World
from .book import approved, changed, rows_of


def test_two_releases_make_one_edition(world: World, portal: Any) -> None:
    first = world.at("published")
    ready = approved(world, first["dataset_id"])
    sent = {"id": ready["id"], "step": "release"}
    results = _together(
        portal,
        jobs.release_due,
        lambda: world.call("satudata_step_take", "penyetuju", **sent),
        lambda: world.call("satudata_step_take", "penyetuju_lain", **sent),
    )
    jobs.work()
    refusals = [result for result in results if isinstance(result, tk.ValidationError)]
    assert {refusal.error_dict["reason"] for refusal in refusals} <= {"wrong_state"}
    shown = world.show(ready["id"])
    assert [event["step"] for event in shown["history"]].count("release") == 1
    editions = world.call("satudata_edition_list", None, id=first["dataset_id"])
    assert [edition["number"] for edition in editions] == [2, 1]
    resource = world.call("package_show", None, id=first["dataset_id"])["resources"][0]
    assert rows_of(world, resource["id"]) == [80, 64, 59, 41]


def test_two_who_begin_an_edition_begin_one(world: World, portal: Any) -> None:
    first = world.at("published")
    sent = {"id": first["dataset_id"], "step": "revise"}
    results = _together(
        portal,
        lambda: world.call("satudata_step_take", "produsen", **sent),
        lambda: world.call("satudata_step_take", "produsen", **sent),
    )
    refusals = [result for result in results if isinstance(result, tk.ValidationError)]
    assert [refusal.error_dict["reason"] for refusal in refusals] == ["open_submission"]


def test_a_late_edit_and_an_approval_do_not_both_pass(world: World, portal: Any) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened)
    seen = world.step(opened["id"], "submit", "produsen")
    world.step(opened["id"], "conform", "pemeriksa")
    sent = {"id": opened["id"], "step": "approve", "content_hash": seen["content_hash"]}
    edit = {"id": opened["working_copy_id"], "notes": "Diam-diam."}
    _together(
        portal,
        lambda: world.call("package_patch", "produsen", **edit),
        lambda: world.call("satudata_step_take", "penyetuju", **sent),
    )
    jobs.work()
    package = world.call("package_show", None, id=first["dataset_id"])
    assert package["notes"] != "Diam-diam."


def test_harvesters_see_the_same_addresses_and_the_editions_date(world: World, portal: Any) -> None:
    from rdflib import Graph, URIRef
    from rdflib.namespace import DCAT, DCTERMS

    first = world.at("published")
    address = f"/dataset/{first['public_name']}.ttl"
    before = Graph().parse(data=portal.get(address).get_data(as_text=True), format="turtle")
    approved(world, first["dataset_id"])
    jobs.work()
    after = Graph().parse(data=portal.get(address).get_data(as_text=True), format="turtle")
    (dataset,) = before.subjects(predicate=None, object=DCAT.Dataset)
    assert set(before.objects(dataset, DCAT.distribution)) == set(
        after.objects(dataset, DCAT.distribution)
    )
    released = world.call("satudata_edition_list", None, id=first["dataset_id"])[0]["released"]
    (modified,) = after.objects(URIRef(str(dataset)), DCTERMS.modified)
    assert str(modified)[:19] == released[:19]
