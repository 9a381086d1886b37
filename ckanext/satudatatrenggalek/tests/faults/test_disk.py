"""A full disk: an upload is refused in a sentence and changes nothing; a release comes through."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan import model

from ckanext.satudatatrenggalek import clock, heads, jobs
from ckanext.satudatatrenggalek.model import blobs, chain
from ckanext.satudatatrenggalek.model.journal import Boundary
from launcher.postgres import OWNER
from launcher.process import give_to_service
from launcher.services import TEST_DATABASES

from ..editions.passages import alone
from ..gate.town import unchanged
from ..views.meja_visitor import Visitor, text_of
from ..world import CSV, World, upload
from .conftest import drop_tables
from .cut import Later, elsewhere, meets, releases, second, stands_whole, waiting
from .disk import files_of, fill, full, small_disk
from .parts import Parts

BIG = CSV + "2025,35.03.01,Panggul,78\n" * 20_000  # 500 KB
SENTENCE = "Ruang penyimpanan portal penuh, jadi perubahan ini belum tersimpan"


@pytest.fixture
def storage(parts: Parts, tmp_path: Path, ckan_config: Any) -> Iterator[Path]:
    """The portal's files on a disk of four megabytes."""
    with small_disk(tmp_path / "storage", 4) as disk:
        ckan_config["ckan.storage_path"] = str(disk)
        yield disk


def _send(clerk: Visitor, url: str, status: int, **typed: Any) -> BeautifulSoup:
    headers = clerk.world.headers(clerk.who)
    sent = {"save": "go-dataset-complete", "url_type": "upload", "upload": upload(BIG), **typed}
    answer = clerk.portal.post(
        url, data=sent, headers=headers, status=status, follow_redirects=False
    )
    return BeautifulSoup(answer.body, "html.parser")


def test_an_upload_that_does_not_fit_changes_nothing_and_keeps_what_was_typed(
    world: World, portal: Any, storage: Path
) -> None:
    draft = world.draft()
    Later().run()
    (before,) = world.show(draft["id"])["resources"]
    clerk = Visitor(portal, world, "produsen")
    address = f"/dataset/{draft['name']}/resource"
    typed = {"id": "", "name": "Posyandu kedua", "description": "Ketikan yang panjang."}
    kept = files_of(storage)
    with full(storage), unchanged(draft["dataset_id"]):
        for url, named in (
            (f"{address}/new", typed),
            (f"{address}/{before['id']}/edit", {**typed, "id": before["id"]}),
        ):
            page = _send(clerk, url, 200, **named)
            assert SENTENCE in text_of(page), url
            assert "Ketikan yang panjang." in str(page), url
            assert page.select_one("input[name=name]")["value"] == "Posyandu kedua", url
            assert files_of(storage) == kept, url
    _send(clerk, f"{address}/new", 302, **typed)
    jobs.work()
    assert len(world.show(draft["id"])["resources"]) == 2


def test_a_file_longer_than_may_be_written_is_refused_alike(world: World) -> None:
    """The same where no disk can be mounted: the operating system ends the writing."""
    draft = world.draft()
    kept = files_of(blobs.root())

    def send() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        sent = {"name": "Kedua", "format": "CSV", "upload": upload(BIG)}
        with pytest.raises(tk.ValidationError) as refusal:
            world.call("resource_create", "produsen", package_id=draft["dataset_id"], **sent)
        assert SENTENCE in refusal.value.error_dict["upload"][0]

    with unchanged(draft["dataset_id"]):
        assert elsewhere(send)
    assert files_of(blobs.root()) == kept


def test_a_head_that_does_not_fit_spoils_none_before_it(world: World, storage: Path) -> None:
    path = heads.write(chain.head(model.Session, clock.now()))
    with path.open("a") as file:
        # The next one would cross the end of the file's last page, and there is no other.
        file.write("# " + "-" * (4096 - path.stat().st_size % 4096 - 13) + "\n")
    before = path.read_bytes()
    with full(storage), pytest.raises(OSError, match="No space left"):
        heads.write(chain.head(model.Session, clock.now()))
    assert path.read_bytes() == before
    heads.write(chain.head(model.Session, clock.now()))
    assert len(heads.kept()) == 2


@pytest.fixture
def tight(parts: Parts) -> Iterator[Path]:
    """New tables of the DataStore lie on a disk of sixteen megabytes."""
    postgres, database = parts.services.postgres, TEST_DATABASES[1]
    with small_disk(postgres.data.parent / "tight", 16) as disk:
        place = disk / "tables"
        give_to_service(place)
        postgres.sql(f"create tablespace tight location '{place}'", "postgres")
        postgres.sql(f"grant create on tablespace tight to {OWNER}", "postgres")
        postgres.sql(f"alter database {database} set default_tablespace = tight", "postgres")
        alone()
        try:
            yield disk
        finally:
            alone()
            (disk / "ballast").unlink(missing_ok=True)
            postgres.sql(f"alter database {database} reset default_tablespace", "postgres")
            drop_tables()
            postgres.sql("drop tablespace tight", "postgres")


def test_a_release_meets_a_full_disk_and_its_rows_follow_when_there_is_room(
    world: World, portal: Any, storage: Path, parts: Parts, tight: Path
) -> None:
    edition = second(world, settled=False)
    dataset_id, opened, later = edition.dataset_id, edition.opened, edition.later

    def fill_both() -> None:
        fill(storage / "ballast")
        fill(tight / "ballast")

    with later.a_while():
        assert meets(Boundary.LOAD_STARTED, fill_both) == 0
    (row,) = [row for row in waiting() if row.kind == "load"]
    assert "No space left on device" in row.last_error
    assert row.attempts == 0
    told = {one["kind"]: one["text"] for one in world.show(opened["id"])["waiting"]}
    assert "ruang penyimpanan" in told["load"]
    ready = edition.approve(world)
    for _ in range(25):
        with later.a_while():
            jobs.work()
    assert world.show(ready["id"])["state"] == "published"
    (tight / "ballast").unlink()
    (storage / "ballast").unlink()
    later.run()
    stands_whole(world, portal, dataset_id, 2)
    assert releases(ready["id"]) == 1
