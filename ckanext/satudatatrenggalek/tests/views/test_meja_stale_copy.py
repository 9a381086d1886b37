"""A tidied copy whose original was replaced is not submitted, and is told of wherever it is."""

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.domain.sop import State
from ckanext.satudatatrenggalek.model import submissions

from ..world import CSV, World
from .meja_visitor import Visitor, content, refusal
from .test_meja_tidied import MESSY, Draft, take

CHANGED = MESSY.replace(";78", ";80")


@pytest.fixture
def stale(world: World) -> Draft:
    draft = Draft(world)
    take(draft, "zero")
    draft.replace(CHANGED)
    return draft


def test_it_is_refused_and_the_file_is_named(world: World, stale: Draft) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        world.step(stale.key, "submit", "produsen")
    assert refused.value.error_dict["reason"] == "stale_copy"
    said = str(refused.value.error_dict["message"])
    assert "Posyandu (salinan rapi)" in said
    assert "Perbarui salinan rapi" in said
    assert world.show(stale.key)["state"] == "draft"


def test_the_page_says_so_before_and_after(portal: Any, world: World, stale: Draft) -> None:
    producer = Visitor(portal, world, "produsen")
    page = producer.open(stale.page)
    assert "dataset belum bisa diajukan" in content(page)
    assert page.select_one(f"[role=alert] a[href$='/rapi/{stale.resource}']") is not None
    assert page.select_one(f"#content a[href$='/rapi/{stale.resource}']") is not None
    assert page.select_one("#content a[href$='/delete']") is not None
    refused = producer.press(page, "Ajukan", 409)
    assert "Posyandu (salinan rapi)" in refusal(refused)


def test_renewed_it_is_submitted(world: World, stale: Draft) -> None:
    take(stale, "zero")
    assert world.step(stale.key, "submit", "produsen")["state"] == "awaiting_check"


def test_taken_away_it_is_submitted(world: World, stale: Draft) -> None:
    """A new original that is tidy itself has no copy to be made of it."""
    stale.replace(CSV)
    world.call("resource_delete", "produsen", id=stale.files()[0]["id"])
    jobs.work()
    assert world.step(stale.key, "submit", "produsen")["state"] == "awaiting_check"


def test_an_older_submission_tells_the_checker_in_large(
    portal: Any, world: World, stale: Draft
) -> None:
    """Submitted before this was refused: it still waits for its check."""
    record = submissions.by_id(model.Session, stale.key, lock=True)
    assert record is not None
    record.state = State.AWAITING_CHECK.value
    model.Session.commit()
    page = Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{stale.key}")
    note = page.select_one("[role=alert] h2")
    assert note is not None
    assert "Posyandu (salinan rapi) dibuat dari berkas yang sudah diganti" in note.get_text()
