"""All comparisons, one after the other."""

from collections.abc import Iterator
from datetime import datetime

from ckan.types import AlchemySession as Session

from .. import heads
from ..domain.words import waktu
from ..model import chain
from . import bytes_kept, index, rows, stored_rows
from .difference import Difference


def compare(session: Session, at: datetime) -> list[Difference]:
    """Everything that does not agree; empty when all does."""
    return [
        *rows.compare(session),
        *index.compare(session),
        *bytes_kept.compare(session, at),
        *bytes_kept.compare_editions(session),
        *stored_rows.compare(session),
        *record(session),
    ]


def record(session: Session) -> Iterator[Difference]:
    """The record's chain, the heads kept outside, and its guards in the database."""
    try:
        kept = heads.kept()
    except (heads.NotHeads, OSError) as error:
        yield Difference(
            "chain-head", "kepala", f"Kepala catatan yang disimpan tidak terbaca: {error}."
        )
        kept = []
    report = chain.verify(session, kept)
    if report.broken_at is not None:
        said = f"Catatan kejadian rusak di baris {report.broken_at}."
        yield Difference("chain-broken", str(report.broken_at), said)
    for head in report.missing:
        when = f" {waktu(head.at)}" if head.at else ""
        said = f"Kepala catatan{when} tidak ada lagi: catatan pernah dipotong atau ditulis ulang."
        yield Difference("chain-head", head.hash, said)
    for name in chain.unguarded(session):
        said = f"Penjaga catatan kejadian di basis data mati: {name}."
        yield Difference("chain-guard", name, said)
