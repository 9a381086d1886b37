"""PostgreSQL gone in the middle of a release: the old edition or the new one, after the next run.

The database dies at one place after the other of one and the same release, so that each next run
meets it again further on.
"""

from __future__ import annotations

from typing import Any

from ckanext.satudatatrenggalek.model.journal import Boundary

from ..editions.book import rows_of
from ..editions.passages import LOADING, RELEASING, public
from ..world import World
from .cut import meets, releases, second, stands_whole
from .parts import Parts


def test_a_release_meets_a_dead_database_at_every_place(
    world: World, portal: Any, parts: Parts
) -> None:
    edition = second(world)
    dataset_id, later = edition.dataset_id, edition.later
    ready = edition.approve(world)
    for place in RELEASING:
        with later.a_while():
            ended = meets(place, parts.postgres.stop)
        assert ended is not None, place
        assert not parts.postgres.runs()
        parts.postgres.start()
        committed = RELEASING.index(place) >= RELEASING.index(Boundary.COMMITTED)
        assert public(world, portal, dataset_id) == (2 if committed else 1), place
        assert releases(ready["id"]) == committed, place
    later.run()
    stands_whole(world, portal, dataset_id, 2)
    assert releases(ready["id"]) == 1


def test_rows_on_their_way_into_a_table_survive_a_dead_database(
    world: World, portal: Any, parts: Parts
) -> None:
    edition = second(world, settled=False)
    dataset_id, opened, later = edition.dataset_id, edition.opened, edition.later
    for place in LOADING:
        with later.a_while():
            assert meets(place, parts.postgres.stop) is not None, place
        parts.postgres.start()
        assert public(world, portal, dataset_id) == 1, place
    later.run()
    assert rows_of(world, opened["resources"][0]["id"], by="produsen")[0] == 2
    edition.approve(world)
    later.run()
    stands_whole(world, portal, dataset_id, 2)
