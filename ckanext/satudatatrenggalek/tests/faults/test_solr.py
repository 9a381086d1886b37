"""Solr gone, or there and silent: a step is answered as taken, and the index follows later."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model.journal import Boundary

from ..editions.book import SET_ASIDE, approved
from ..editions.passages import Witness, begun, listening, public
from ..gate.town import indexed
from ..views.meja_visitor import Visitor, controls, text_of
from ..world import World
from .cut import Later, meets, releases, second, stands_whole, waiting
from .parts import Parts

ROUNDS = 25  # more than any work is tried before it is given up


def test_a_release_without_the_search_engine_is_a_release_and_is_found_later(
    world: World, portal: Any, parts: Parts
) -> None:
    edition = second(world)
    dataset_id, later = edition.dataset_id, edition.later
    ready = edition.approve(world)
    # Killed while the release's own transaction is open.
    with later.a_while():
        assert meets(Boundary.WRITTEN, parts.solr.stop) == 0
    assert not parts.solr.runs()
    assert public(world, portal, dataset_id) == 2
    for _ in range(ROUNDS):
        with later.a_while():
            jobs.work()
    late = {row.kind: row for row in waiting()}
    assert set(late) == {"index"}
    assert late["index"].attempts < 2
    (told,) = world.show(dataset_id)["waiting"]
    assert told["text"].startswith("Pencarian belum menunjukkan isi yang terakhir sejak")
    assert "mesin pencari tidak menjawab" in told["text"]
    page = text_of(Visitor(portal, world, "produsen").open(f"/meja/dataset/{dataset_id}"))
    assert "Tersimpan, tetapi belum semuanya mengikuti." in page
    assert told["text"] in page
    kept = text_of(Visitor(portal, world, "admin").open("/meja/pencocokan"))
    assert "Pekerjaan yang tertunda" in kept
    parts.solr.start()
    later.run()
    stands_whole(world, portal, dataset_id, 2)
    assert releases(ready["id"]) == 1
    assert world.show(dataset_id)["waiting"] == []
    # Killed when it has taken the document and nobody has noted that it did.
    opened = begun(world, dataset_id, 3)
    later.run()
    ready = approved(world, dataset_id, opened, SET_ASIDE)
    with later.a_while():
        assert meets(Boundary.INDEX_DONE, parts.solr.stop) == 0
    parts.solr.start()
    later.run()
    stands_whole(world, portal, dataset_id, 3)
    assert releases(ready["id"]) == 1


def test_a_silent_search_engine_holds_a_turn_up_once(
    world: World, portal: Any, parts: Parts, ckan_config: Any
) -> None:
    drafts = [world.draft(f"draf-{number}")["dataset_id"] for number in range(3)]
    later = Later()
    later.run()
    ckan_config["solr_timeout"] = 2
    witness = Witness()
    with parts.solr.still():
        for dataset_id in drafts:
            world.step(dataset_id, "submit", "produsen")
        with later.a_while(), listening(witness):
            jobs.work()
        assert witness.passed.count(Boundary.INDEX_STARTED.value) == 1
        assert len(waiting()) == len(drafts)
    later.run()
    for dataset_id in drafts:
        assert world.show(dataset_id)["state"] == "awaiting_check"
        assert len(indexed(dataset_id)) == 1


def test_people_read_a_sentence_and_their_work_is_kept(
    world: World, portal: Any, parts: Parts
) -> None:
    draft = world.draft()
    Later().run()
    clerk = Visitor(portal, world, "produsen")
    page = clerk.open(f"/meja/dataset/{draft['id']}")
    form = clerk.open(f"/dataset/edit/{draft['working_copy_id']}")
    with parts.solr.away():
        after = text_of(clerk.press(page, "Ajukan", comment="Mohon diperiksa."))
        assert world.show(draft["id"])["state"] == "awaiting_check"
        assert "mesin pencari tidak menjawab" in after
        for url in ("/dataset/", "/", f"/dataset/{draft['name']}", "/organization/dinas-kesehatan"):
            answer = portal.get(url, headers=world.headers("produsen"), expect_errors=True)
            assert answer.status_code in (200, 503), (url, answer.status_code)
    Later().run()
    (document,) = indexed(draft["dataset_id"])
    assert document["id"] == draft["dataset_id"]
    world.step(draft["id"], "withdraw", "produsen")
    with parts.solr.away():
        refused = _save(clerk, form, 200, notes="Ketikan panjang.")
        assert "Mesin pencari portal sedang tidak menjawab" in text_of(refused)
        assert world.show(draft["id"])["metadata"]["notes"] != "Ketikan panjang."
    _save(clerk, refused, 302)
    assert world.show(draft["id"])["metadata"]["notes"] == "Ketikan panjang."


def _save(clerk: Visitor, page: Any, status: int, **typed: str) -> Any:
    """Send CKAN's own form of a dataset, as it stands or with something typed."""
    form = page.select_one("form#dataset-edit")
    name = form.select_one("[name=name]")["value"]
    sent = {**controls(form), "save": ["x"], **typed}
    headers = clerk.world.headers(clerk.who)
    answer = clerk.portal.post(
        f"/dataset/edit/{name}", data=sent, headers=headers, status=status, follow_redirects=False
    )
    return BeautifulSoup(answer.body, "html.parser")
