"""What one action keeps of rights and standing, and what makes it look again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.domain.sop import Role, State
from ckanext.satudatatrenggalek.model import appointments, copies, known, public_counts, submissions
from ckanext.satudatatrenggalek.model.tables import AppointmentRecord, DatasetRecord

from ..world import World
from ..world_fixtures import loaded, portal, world

__all__ = ["loaded", "portal", "world"]


def elsewhere(statement: str, **values: Any) -> None:
    """Another session writes and commits."""
    engine = model.meta.engine
    assert engine is not None
    with engine.begin() as connection:
        assert connection.execute(sa.text(statement), values).rowcount == 1


def revoke_elsewhere(user_id: str) -> None:
    elsewhere(
        "UPDATE satudata_appointment SET revoked_at = :at WHERE user_id = :user_id",
        at=clock.now() - timedelta(seconds=1),
        user_id=user_id,
    )


def roles(user_id: str) -> set[Role]:
    return {grant.role for grant in appointments.grants_now(model.Session, user_id)}


def test_one_block_asks_once_and_the_next_asks_again(world: World) -> None:
    user_id = world.users["produsen"]["id"]
    with known.once():
        assert roles(user_id) == {Role.PRODUCER}
        revoke_elsewhere(user_id)
        assert roles(user_id) == {Role.PRODUCER}
        with known.once():
            assert roles(user_id) == {Role.PRODUCER}
    assert roles(user_id) == set()
    with known.once():
        assert roles(user_id) == set()


def test_outside_a_block_nothing_is_kept(world: World) -> None:
    user_id = world.users["produsen"]["id"]
    assert roles(user_id) == {Role.PRODUCER}
    revoke_elsewhere(user_id)
    assert roles(user_id) == set()


def test_whoever_waited_for_a_lock_looks_again(world: World) -> None:
    user_id = world.users["produsen"]["id"]
    package = world.dataset()
    for lock in (
        lambda: submissions.lock_package(model.Session, package["id"]),
        lambda: copies.governing(model.Session, package["id"], lock=True),
        lambda: submissions.dataset(model.Session, package["id"], lock=True),
        lambda: model.Package.get(package["id"], for_update=True),
    ):
        with known.once():
            assert roles(user_id) == {Role.PRODUCER}
            revoke_elsewhere(user_id)
            lock()
            assert roles(user_id) == set()
        model.Session.rollback()
        elsewhere(
            "UPDATE satudata_appointment SET revoked_at = NULL WHERE user_id = :user_id",
            user_id=user_id,
        )


def test_what_the_action_itself_writes_is_seen_at_once(world: World) -> None:
    user_id = world.users["produsen"]["id"]
    session = model.Session
    with known.once():
        assert roles(user_id) == {Role.PRODUCER}
        held = session.query(AppointmentRecord).filter_by(user_id=user_id).one()
        held.revoked_at = clock.now() - timedelta(seconds=1)
        session.flush()
        assert roles(user_id) == set()
        session.rollback()
        assert roles(user_id) == {Role.PRODUCER}
        query = sa.update(AppointmentRecord).where(AppointmentRecord.user_id == user_id)
        session.execute(query.values(revoked_at=clock.now() - timedelta(seconds=1)))
        assert roles(user_id) == set()
        session.rollback()


def test_an_undone_part_of_a_transaction_is_forgotten(world: World) -> None:
    user_id = world.users["produsen"]["id"]
    with known.once():
        nested = model.Session.begin_nested()
        held = model.Session.query(AppointmentRecord).filter_by(user_id=user_id).one()
        held.revoked_at = clock.now() - timedelta(seconds=1)
        model.Session.flush()
        assert roles(user_id) == set()
        nested.rollback()
        assert roles(user_id) == {Role.PRODUCER}
    model.Session.rollback()


def test_standing_follows_what_is_written(world: World) -> None:
    shown = world.at("published", "terbit")
    dataset_id = shown["dataset_id"]
    session = model.Session
    with known.once():
        governing, dataset = copies.standing(session, dataset_id)
        assert governing is not None
        assert dataset is not None
        assert State(governing.state) is State.PUBLISHED
        dataset.published_submission_id = None
        session.add(dataset)
        again, _ = copies.standing(session, dataset_id)
        assert again is not None  # the latest written there, asked for anew
        session.delete(dataset)
        session.flush()
        assert copies.standing(session, dataset_id)[1] is None
    session.rollback()


def counted() -> dict[str, int]:
    """The counts as the datasets' own rows give them."""
    query = sa.select(DatasetRecord.theme, sa.func.count()).group_by(DatasetRecord.theme)
    query = query.where(DatasetRecord.public_state == "published")
    return dict(model.Session.execute(query).tuples().all())


def test_the_counts_of_the_front_page_follow_every_step(world: World) -> None:
    session = model.Session
    shown = world.at("published", "satu")
    world.at("published", "dua")
    theme = model.Package.get(shown["dataset_id"]).extras["theme"]
    assert theme
    assert public_counts.themes(session) == counted() == {theme: 2}
    assert public_counts.totals(session) == {"published": 2, "offices": 1}
    world.step(shown["dataset_id"], "retract", "penyetuju", comment="Angkanya keliru.")
    assert public_counts.themes(session) == counted() == {theme: 1}
    session.query(DatasetRecord).filter_by(dataset_id=shown["dataset_id"]).one().theme = "lain"
    session.flush()
    assert public_counts.themes(session) == {theme: 1}  # only what is public counts
    session.execute(sa.text("UPDATE satudata_dataset SET public_state = 'published'"))
    assert public_counts.themes(session) == {theme: 1, "lain": 1}
    session.execute(sa.text("DELETE FROM satudata_dataset"))
    assert public_counts.totals(session) == {"published": 0, "offices": 0}
    session.rollback()
