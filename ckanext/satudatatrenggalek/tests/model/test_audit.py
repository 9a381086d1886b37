"""The record cannot be rewritten, and shows it when somebody with the keys did."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.lib.search.index import PackageSearchIndex
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model import audit, chain


def _entry(step: str, note: str = "") -> audit.Entry:
    return audit.Entry(step, clock.now(), "user", "Nama", "session", note=note)


def _kept(*entries: audit.Entry) -> list[audit.AuditRecord]:
    """These entries on the record, in their order."""
    for entry in entries:
        audit.append(model.Session, entry)
    model.Session.commit()
    newest = model.Session.query(audit.AuditRecord).order_by(audit.AuditRecord.seq.desc())
    return list(reversed(newest.limit(len(entries)).all()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE satudata_audit SET note = 'lain'",
        "DELETE FROM satudata_audit",
        "TRUNCATE satudata_audit",
    ],
)
def test_the_database_refuses_to_change_it(portal: Any, statement: str) -> None:
    audit.append(model.Session, _entry("edit"))
    model.Session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        model.Session.execute(text(statement))
    model.Session.rollback()
    assert chain.verify(model.Session).rows >= 1


def test_a_rewritten_or_cut_chain_is_found(portal: Any) -> None:
    first, last = _kept(_entry("submit", "asli"), _entry("conform"))
    whole = chain.verify(model.Session)
    assert whole.broken_at is None
    assert whole.head == last.hash
    place = _place_of(first.hash)
    for kept in (
        chain.Head(first.hash),
        chain.Head(first.hash, place),
        chain.Head(audit.GENESIS, 0),
    ):
        assert chain.verify(model.Session, [kept]).missing == ()
    elsewhere = chain.Head(first.hash, place + 1)
    assert chain.verify(model.Session, [elsewhere]).missing == (elsewhere,)

    head, seq = last.hash, first.seq
    _as_owner("UPDATE satudata_audit SET note = 'palsu' WHERE seq = :seq", seq)
    assert chain.verify(model.Session).broken_at == seq
    _as_owner("UPDATE satudata_audit SET note = 'asli' WHERE seq = :seq", seq)
    assert chain.verify(model.Session).broken_at is None

    _as_owner("DELETE FROM satudata_audit WHERE seq > :seq", seq)
    cut = chain.verify(model.Session, [chain.Head(first.hash), chain.Head(head)])
    assert cut.broken_at is None, "a cut end leaves a chain that fits"
    assert cut.missing == (chain.Head(head),), "only a head kept outside finds it"


def test_a_chain_written_anew_is_found_by_the_head_kept_outside(portal: Any) -> None:
    (row,) = _kept(_entry("submit", "asli"))
    kept = chain.head(model.Session, clock.now())
    assert kept.hash == row.hash
    row.note = "palsu"
    forged = audit.digest(row.prev_hash, row)
    model.Session.rollback()
    statement = f"UPDATE satudata_audit SET note = 'palsu', hash = '{forged}' WHERE seq = :seq"
    _as_owner(statement, row.seq)
    report = chain.verify(model.Session, [kept])
    assert report.broken_at is None, "who owns the table can make it fit again"
    assert report.missing == (kept,)
    back = f"UPDATE satudata_audit SET note = 'asli', hash = '{kept.hash}' WHERE seq = :seq"
    _as_owner(back, row.seq)
    assert chain.verify(model.Session, [kept]).missing == ()


def test_a_guard_that_sleeps_is_named(portal: Any) -> None:
    assert chain.unguarded(model.Session) == []
    off = "ALTER TABLE satudata_audit DISABLE TRIGGER satudata_audit_truncate"
    model.Session.execute(text(off))
    assert chain.unguarded(model.Session) == ["satudata_audit_truncate"]
    model.Session.rollback()


def test_what_is_not_committed_is_not_recorded(portal: Any) -> None:
    before = chain.head(model.Session, clock.now()).rows
    for end in (model.Session.rollback, model.Session.close, model.Session.remove):
        audit.append(model.Session, _entry("submit", "tidak jadi"))
        model.Session.flush()
        end()
        (row,) = _kept(_entry("edit"))
        before += 1
        assert row.step == "edit"
        assert chain.head(model.Session, clock.now()).rows == before, end


def test_a_slow_index_holds_up_nobody_elses_record(
    portal: Any, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []

    def slow(self: Any, *arguments: Any, **more: Any) -> None:
        with model.meta.engine.connect() as other:
            taken = text("SELECT pg_try_advisory_xact_lock(:key)")
            free.append(other.execute(taken, {"key": audit._LOCK}).scalar_one())

    monkeypatch.setattr(PackageSearchIndex, "index_package", slow)
    package = world.dataset("posyandu")
    assert free, "core indexes within the transaction"
    assert all(free)
    assert audit.history(model.Session, [world.show(package["id"])["id"]])


def _place_of(found: str) -> int:
    hashes = model.Session.query(audit.AuditRecord.hash).order_by(audit.AuditRecord.seq)
    return [row.hash for row in hashes].index(found) + 1


def _as_owner(statement: str, seq: int) -> None:
    """What somebody who owns the table could do."""
    session = model.Session
    session.execute(text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
    session.execute(text(statement), {"seq": seq})
    session.execute(text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
    session.commit()
