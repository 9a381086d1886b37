"""Each thing that is compared, damaged by hand past the portal: told by name, mended or left."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib import search
from ckan.lib.plugins import get_permission_labels
from ckan.tests.helpers import CKANCliRunner
from sqlalchemy import text

from ckanext.datastore.backend.postgres import get_write_engine
from ckanext.satudatatrenggalek import cli, clock, heads, jobs
from ckanext.satudatatrenggalek.model import blobs, chain, datastore
from ckanext.satudatatrenggalek.reconcile import index, nightly

from ..world import World
from .whole import UNUSED, file_of, id_of, sql, told


def _damage_package(world: World) -> None:
    sql("UPDATE package SET private = false WHERE id = :id", id=id_of("draf"))


def _damage_hidden(world: World) -> None:
    sql("UPDATE package SET private = true WHERE id = :id", id=id_of("terbit"))


def _damage_office(world: World) -> None:
    other = world.other_office["id"]
    sql("UPDATE package SET owner_org = :org WHERE id = :id", org=other, id=id_of("draf"))


def _damage_state(world: World) -> None:
    sql("UPDATE satudata_submission SET state = 'superseded' WHERE state = 'published'")


def _damage_row(world: World) -> None:
    key = id_of("draf")
    sql("UPDATE satudata_submission SET working_copy_id = 'x' WHERE dataset_id = :id", id=key)
    sql("DELETE FROM satudata_dataset WHERE dataset_id = :id", id=key)


def _damage_index_missing(world: World) -> None:
    search.clear(id_of("draf"))


def _damage_labels(world: World) -> None:
    """Indexed while our table said otherwise, for a moment."""
    key = id_of("draf")
    office = world.other_office["id"]
    moved = "UPDATE satudata_submission SET office_id = :org WHERE dataset_id = :id"
    sql(moved, org=office, id=key)
    search.rebuild(key)
    model.Session.remove()
    sql(moved, org=world.office["id"], id=key)


def _damage_bytes_missing(world: World) -> None:
    blobs.path_of(file_of("draf").sha256).unlink()


def _damage_bytes(world: World) -> None:
    path = blobs.path_of(file_of("draf").sha256)
    path.chmod(0o644)
    path.write_bytes(b"lain")


def _damage_edition(world: World) -> None:
    sha, _ = blobs.put(b"a,b\n1,2\n")
    key = id_of("terbit")
    sql("UPDATE satudata_file SET sha256 = :sha WHERE package_id = :id", sha=sha, id=key)


def _damage_table(world: World) -> None:
    datastore.drop(file_of("terbit").table_id)


def _damage_orphan(world: World) -> None:
    with get_write_engine().begin() as connection:
        connection.execute(text(f'CREATE TABLE "{UNUSED}" (a text)'))


# The record outlives the tests' own cleaning: what a test rewrites there it writes back.
_LAST = "UPDATE satudata_audit SET note = :note WHERE seq = (SELECT max(seq) FROM satudata_audit)"


def _last_note() -> str:
    with model.meta.engine.connect() as connection:
        query = text("SELECT note FROM satudata_audit ORDER BY seq DESC LIMIT 1")
        return connection.execute(query).scalar_one()


def _damage_chain(world: World) -> None:
    _as_owner(_LAST, note="palsu")


def _damage_end(world: World) -> None:
    heads.write(chain.head(model.Session, clock.now()))
    model.Session.rollback()
    _as_owner("DELETE FROM satudata_audit WHERE seq = (SELECT max(seq) FROM satudata_audit)")


def _damage_guard(world: World) -> None:
    sql("ALTER TABLE satudata_audit DISABLE TRIGGER satudata_audit_rows")


def _as_owner(statement: str, **values: Any) -> None:
    sql("ALTER TABLE satudata_audit DISABLE TRIGGER USER")
    sql(statement, **values)
    sql("ALTER TABLE satudata_audit ENABLE TRIGGER USER")


DAMAGES: tuple[tuple[Callable[[World], None], str, str], ...] = (
    (_damage_package, "public-unapproved", "draf terbuka bagi publik di CKAN"),
    (_damage_hidden, "public-hidden", "terbit terbit menurut portal"),
    (_damage_office, "office", "draf milik perangkat daerah lain"),
    (_damage_state, "state", "terbit berstatus superseded"),
    (_damage_row, "row-missing", "draf ada di CKAN, tetapi tidak dikenal"),
    (_damage_index_missing, "index-missing", "draf tidak ada di indeks"),
    (_damage_labels, "index-labels", "draf kepada orang yang keliru"),
    (_damage_bytes_missing, "file-missing", "posyandu.csv dari"),
    (_damage_bytes, "file-differs", "posyandu.csv dari"),
    (_damage_edition, "edition-served", "terbit menyajikan berkas lain daripada edisi 1"),
    (_damage_table, "table-missing", "berkas posyandu.csv dataset"),
    (_damage_orphan, "table-orphan", UNUSED),
    (_damage_chain, "chain-broken", "rusak di baris"),
    (_damage_end, "chain-head", "pernah dipotong atau ditulis ulang"),
    (_damage_guard, "chain-guard", "satudata_audit_rows"),
)


@pytest.mark.parametrize(
    ("damage", "kind", "words"), DAMAGES, ids=lambda x: getattr(x, "__name__", "")
)
def test_each_damage_is_told_by_name(
    town: World, damage: Callable[[World], None], kind: str, words: str
) -> None:
    path = blobs.path_of(file_of("draf").sha256)
    whole, note = path.read_bytes(), _last_note()
    model.Session.rollback()
    damage(town)
    try:
        found = told()
        assert [said for each, said in found if each == kind and words in said], found
        output = CKANCliRunner().invoke(cli.satudata, ["reconcile"])
        assert output.exit_code == 1
        assert words in output.output
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(whole)
        if damage is _damage_chain:
            _as_owner(_LAST, note=note)
        sql("ALTER TABLE satudata_audit ENABLE TRIGGER USER")
        datastore.drop(UNUSED)


@pytest.mark.parametrize("damage", [_damage_index_missing, _damage_labels, _damage_orphan])
def test_what_loses_nothing_is_mended(town: World, damage: Callable[[World], None]) -> None:
    model.Session.rollback()
    damage(town)
    assert told()
    mended = CKANCliRunner().invoke(cli.satudata, ["reconcile", "--mend"])
    assert mended.exit_code == 0, mended.output
    assert "Sudah diperbaiki." in mended.output
    assert told() == []
    assert "Semua cocok." in CKANCliRunner().invoke(cli.satudata, ["reconcile"]).output


def test_a_document_of_nothing_leaves_the_index(town: World) -> None:
    solr = search.make_connection()
    ghost = {"id": "hantu", "index_id": "hantu", "name": "hantu", "state": "active"}
    ours = {"site_id": tk.config["ckan.site_id"], "entity_type": "package"}
    solr.add([{**ghost, **ours}], commit=True)
    assert ("index-extra", "Indeks pencarian memuat hantu, yang tidak ada lagi di CKAN.") in told()
    CKANCliRunner().invoke(cli.satudata, ["reconcile", "--mend"])
    assert told() == []


def test_unused_files_go_only_when_old_and_named_by_no_table(town: World) -> None:
    loose, _ = blobs.put(b"tidak dipakai")
    noted, _ = blobs.put(b"disebut tabel lain")
    sql("UPDATE satudata_submission SET period = :sha WHERE state = 'draft'", sha=noted)
    assert told() == [], "not yet old enough"
    _age(loose, noted)
    assert [kind for kind, _ in told()] == ["file-unused"]
    CKANCliRunner().invoke(cli.satudata, ["reconcile", "--mend"])
    assert not blobs.path_of(loose).exists()
    assert blobs.path_of(noted).exists()
    _age(noted)
    blobs.put(b"disebut tabel lain")
    sql("UPDATE satudata_submission SET period = '2025' WHERE state = 'draft'")
    assert told() == [], "wanted again a moment ago"


def _age(*shas: str) -> None:
    for sha in shas:
        long_ago = (clock.now() - timedelta(days=91)).timestamp()
        os.utime(blobs.path_of(sha), (long_ago, long_ago))


def test_files_of_a_discarded_edition_go_after_their_days(world: World) -> None:
    world.at("published", "tetap")
    with clock.at(clock.now() - timedelta(days=100)):
        package = world.dataset("batal")
        world.file(
            package["id"], "tahun,kode_wilayah,kecamatan,jumlah_posyandu\n2025,35.03.01,A,1\n"
        )
        bound = file_of("batal")
        sha, table = bound.sha256, bound.table_id
        world.step("batal", "discard", "produsen")
        jobs.work()
    _age(sha)
    nightly.run(model.Session, clock.now(), None, mend=False)
    assert blobs.path_of(sha).exists()
    nightly.run(model.Session, clock.now(), None, mend=True)
    assert not blobs.path_of(sha).exists()
    assert blobs.path_of(file_of("tetap").sha256).exists()
    with clock.at(clock.now() + timedelta(hours=1)):
        jobs.work()
    assert table is None or not datastore.exists(table)


def test_the_labels_expected_are_those_of_the_portal(town: World) -> None:
    labels = get_permission_labels()
    expected = index.expected(model.Session)
    assert {id_of("terbit"), id_of("draf"), id_of("batal")} <= set(expected)
    for key, found in expected.items():
        package = model.Package.get(key)
        assert package is not None
        real = {one for one in labels.get_dataset_labels(package) if "-dataset-" not in one}
        assert found.labels == real, package.name
