"""How many SQL statements an action or a page takes: a bound each, and the same for many datasets.

The bounds are what CKAN itself needs with our gate, record and clocks beside it. Whoever adds one
says why; a loop that asks for each row is found by the second half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ckan import model
from sqlalchemy import event

from .. import kept_site
from ..world import METADATA, World


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to CKAN's database while the block runs."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(" ".join(statement.split()))

    engine = model.meta.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def counted(work: Callable[[], Any]) -> list[str]:
    """The statements of something that was done once before, so that nothing is made ready."""
    work()
    model.Session.remove()
    with statements() as sent:
        work()
    model.Session.remove()
    return sent


def page(world: World, address: str, by: str | None) -> Callable[[], Any]:
    def ask() -> None:
        answer = kept_site.app().get(address, headers=world.headers(by))
        assert answer.status_code == 200, (address, answer.status_code)

    return ask


def published(world: World, number: int) -> list[str]:
    return [world.at("published", f"terbit-{n}")["dataset_id"] for n in range(number)]


def test_reading_a_dataset(world: World) -> None:
    published(world, 1)
    for by, most in ((None, 3), ("pemeriksa", 7)):
        sent = counted(lambda by=by: world.call("package_show", by, id="terbit-0"))
        assert len(sent) <= most, sent
        # The submission behind a dataset is looked up once, whoever asks.
        assert sum("FROM satudata_submission" in each for each in sent) == 1, sent


def test_creating_and_changing_a_dataset(world: World) -> None:
    fields = {"owner_org": world.office["id"], **METADATA, "theme": "pemerintahan-umum"}
    numbers = iter(range(10))
    created = counted(lambda: world.dataset(f"baru-{next(numbers)}"))
    assert len(created) <= 50, created
    package = world.dataset("ubah")
    data = {**package, **fields}
    titles = iter(("Satu", "Dua"))
    changed = counted(
        lambda: world.call("package_update", "produsen", **{**data, "title": next(titles)})
    )
    assert len(changed) <= 52, changed
    rights = [each for each in changed if "FROM satudata_appointment" in each]
    # Before the row is locked, and again by whoever may have waited for the lock.
    assert len(rights) == 2, rights


# Address, who asks, the most statements of it: with twenty rows as with one.
PAGES = (
    ("/", None, 20),
    ("/meja", "pemeriksa", 44),
    ("/meja/dataset/{0}", "pemeriksa", 100),
    ("/dataset/", None, 16),
)


def test_pages_take_as_many_for_more_datasets_as_for_one(world: World) -> None:
    (dataset_id,) = published(world, 1)
    world.at("awaiting_check", "menunggu-0")
    asked = [page(world, address.format(dataset_id), by) for address, by, _ in PAGES]
    few = [counted(ask) for ask in asked]
    for sent, (address, _, most) in zip(few, PAGES, strict=True):
        assert len(sent) <= most, (address, len(sent), sent)
    for number in (1, 2):
        world.at("published", f"lain-{number}")
        world.at("awaiting_check", f"menunggu-{number}")
    for ask, before, (address, *_) in zip(asked, few, PAGES, strict=True):
        after = counted(ask)
        assert len(after) <= len(before), (address, set(after) - set(before))
