"""The record cannot be rewritten, and shows it when somebody with the keys did."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model import audit

from ..world_fixtures import portal

__all__ = ["portal"]


def _entry(step: str, note: str = "") -> audit.Entry:
    return audit.Entry(step, clock.now(), "user", "Nama", "session", note=note)


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
    assert audit.verify(model.Session).rows >= 1


def test_a_rewritten_or_cut_chain_is_found(portal: Any) -> None:
    first = audit.append(model.Session, _entry("submit", "asli"))
    last = audit.append(model.Session, _entry("conform"))
    model.Session.commit()
    whole = audit.verify(model.Session)
    assert whole.broken_at is None
    assert whole.head == last.hash
    assert audit.verify(model.Session, against=first.hash).head_found

    head, seq = last.hash, first.seq
    _as_owner("UPDATE satudata_audit SET note = 'palsu' WHERE seq = :seq", seq)
    assert audit.verify(model.Session).broken_at == seq
    _as_owner("UPDATE satudata_audit SET note = 'asli' WHERE seq = :seq", seq)
    assert audit.verify(model.Session).broken_at is None

    _as_owner("DELETE FROM satudata_audit WHERE seq > :seq", seq)
    cut = audit.verify(model.Session, against=head)
    assert cut.broken_at is None, "a cut end leaves a chain that fits"
    assert not cut.head_found, "only a head kept outside finds it"


def _as_owner(statement: str, seq: int) -> None:
    """What somebody who owns the table could do."""
    session = model.Session
    session.execute(text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
    session.execute(text(statement), {"seq": seq})
    session.execute(text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
    session.commit()
