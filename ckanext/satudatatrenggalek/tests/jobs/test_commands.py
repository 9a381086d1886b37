"""What an operator does about work that was given up, and after an upgrade."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.tests.helpers import CKANCliRunner
from sqlalchemy import text

from ckanext.satudatatrenggalek import cli, clock, jobs
from ckanext.satudatatrenggalek.model import outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import World


def _given_up(world: World) -> int:
    package = world.dataset("macet")
    outbox.add(model.Session, package["id"], "index", clock.now(), package_id=package["id"])
    model.Session.flush()
    row = model.Session.query(OutboxRecord).filter_by(done_at=None, kind="index").one()
    row.attempts, row.last_error = outbox.MAX_ATTEMPTS, "SearchError: Solr is away"
    model.Session.commit()
    return row.id


def test_given_up_work_is_listed_and_run_again(world: World) -> None:
    runner = CKANCliRunner()
    assert runner.invoke(cli.satudata, ["outbox", "list"]).output == "Tidak ada.\n"
    row_id = _given_up(world)
    listed = runner.invoke(cli.satudata, ["outbox", "list"]).output
    assert listed.startswith(f"{row_id}  index  dataset ")
    assert "Solr is away" in listed
    for wrong in ([], [str(row_id + 1)]):
        refused = runner.invoke(cli.satudata, ["outbox", "retry", *wrong])
        assert refused.exit_code == 1
        assert "outbox list" in refused.output
    again = runner.invoke(cli.satudata, ["outbox", "retry", str(row_id)])
    assert again.output == "1 pekerjaan dijalankan lagi.\n"
    jobs.work()
    assert model.Session.get(OutboxRecord, row_id).done_at is not None
    assert runner.invoke(cli.satudata, ["outbox", "list"]).output == "Tidak ada.\n"


@pytest.mark.parametrize("batch", ["1", "100"])
def test_files_are_checked_again(world: World, batch: str) -> None:
    runner = CKANCliRunner()
    for name in ("satu", "dua"):
        world.file(world.dataset(name)["id"])
    approved = world.at("awaiting_approval", "tiga")
    before = world.show(approved["id"])
    assert runner.invoke(cli.satudata, ["recheck"]).output == "0 berkas akan diperiksa.\n"
    repeat = runner.invoke(cli.satudata, ["recheck", "--all", "--batch", batch])
    assert repeat.output == "2 berkas akan diperiksa.\n"
    one = runner.invoke(cli.satudata, ["recheck", "satu"])
    assert one.output == "1 berkas akan diperiksa.\n"
    assert runner.invoke(cli.satudata, ["recheck", "tiada"]).exit_code == 1
    jobs.work()
    assert world.show("satu")["machine"]["pending"] == 0
    assert world.show(approved["id"])["content_hash"] == before["content_hash"]
    # After an upgrade no result may be valid any more; then those too.
    model.Session.execute(text("UPDATE satudata_check SET fingerprint = 'of another version'"))
    model.Session.commit()
    assert runner.invoke(cli.satudata, ["recheck"]).output == "3 berkas akan diperiksa.\n"
    jobs.work()
    assert world.show(approved["id"])["content_hash"] == before["content_hash"]
