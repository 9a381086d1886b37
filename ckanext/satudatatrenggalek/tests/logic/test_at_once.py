"""Two people, or a person and the worker, at the same moment: one wins, the other is told why.

Threads with sessions of their own, against the real database: row locks decide.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import World


def _together(portal: Any, *calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at one moment, each in a thread with a session of its own."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        with portal.flask_app.test_request_context():
            gate.wait(10)
            try:
                results[place] = call()
            except (tk.ValidationError, tk.NotAuthorized) as refusal:
                results[place] = refusal
            finally:
                model.Session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    model.Session.rollback()
    return results


def _steps(world: World, key: str) -> list[str]:
    return [event["step"] for event in world.show(key)["history"]]


def test_two_approvals_make_one_entry_and_one_refusal(world: World, portal: Any) -> None:
    submission = world.at("awaiting_approval")
    sent = {
        "id": submission["id"],
        "step": "approve",
        "content_hash": submission["content_hash"],
    }
    results = _together(
        portal,
        lambda: world.call("satudata_step_take", "penyetuju", **sent),
        lambda: world.call("satudata_step_take", "penyetuju_lain", **sent),
    )
    refusals = [result for result in results if isinstance(result, tk.ValidationError)]
    assert [refusal.error_dict["reason"] for refusal in refusals] == ["wrong_state"]
    assert "menunggu diseminasi" in str(refusals[0].error_dict["message"])
    assert _steps(world, submission["id"]).count("approve") == 1


def test_a_release_and_a_hold_do_not_both_happen(world: World, portal: Any) -> None:
    submission = world.at("awaiting_release")
    _together(
        portal,
        lambda: world.step(submission["id"], "hold", "penyetuju", comment="Tunggu dulu."),
        jobs.release_due,
    )
    shown = world.show(submission["id"])
    steps = _steps(world, submission["id"])
    assert steps.count("hold") + steps.count("release") == 1
    assert (shown["state"], shown["public_state"]) in {
        ("published", "published"),
        ("awaiting_approval", "none"),
    }


def test_a_submission_judges_what_the_edit_before_it_left(world: World, portal: Any) -> None:
    """Who waits for the row lock had read the dataset before the edit that held it."""
    submission = world.draft()
    engine = model.meta.engine
    assert engine is not None
    with engine.connect() as edit:
        edit.execute(
            sa.text("SELECT id FROM satudata_submission WHERE id = :id FOR UPDATE"),
            {"id": submission["id"]},
        )
        edit.execute(
            sa.text("UPDATE package SET title = 'Judul baru' WHERE id = :id"),
            {"id": submission["dataset_id"]},
        )

        def commit_late() -> None:
            time.sleep(1)
            edit.commit()

        def submit() -> Any:
            held = model.Package.get(submission["dataset_id"])
            shown = world.step(submission["dataset_id"], "submit", "produsen")
            assert held is not None
            return shown

        results = _together(portal, submit, commit_late)
    assert results[0]["title"] == "Judul baru"
    desk = world.call("satudata_desk_list", "pemeriksa")["results"][0]
    assert desk["content_hash"] == world.show(submission["id"])["content_hash"]


def test_two_workers_finish_each_row_once(world: World, portal: Any) -> None:
    package = world.dataset()
    for _number in range(5):
        outbox.add(
            model.Session, package["id"], "index", jobs.clock.now(), package_id=package["id"]
        )
    model.Session.commit()
    _together(portal, jobs.work, jobs.work)
    jobs.work()
    rows = model.Session.query(OutboxRecord).filter_by(kind="index").all()
    assert len(rows) == 5
    assert {(row.attempts, row.done_at is None) for row in rows} == {(1, False)}


def test_edits_of_one_draft_at_one_moment_wait_for_each_other(world: World, portal: Any) -> None:
    """Everybody locks CKAN's row first and the submission after it: no deadlock, no 500."""
    submission = world.draft()
    package, resource = submission["dataset_id"], submission["resources"][0]["id"]
    for number in range(4):
        text = f"Keterangan {number}."
        results = _together(
            portal,
            lambda text=text: world.call("package_patch", "produsen", id=package, notes=text),
            lambda text=text: world.call(
                "resource_patch", "produsen", id=resource, description=text
            ),
            lambda: world.call(
                "package_resource_reorder", "produsen", id=package, order=[resource]
            ),
        )
        assert all(isinstance(result, dict) for result in results), results
    shown = world.call("package_show", "produsen", id=package)
    assert shown["notes"] == "Keterangan 3."
    assert shown["resources"][0]["description"] == "Keterangan 3."
