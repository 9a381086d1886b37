"""One thing that does not agree with another, in words for whoever keeps the portal."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Difference:
    """``kind``: a name of ``KINDS``; ``subject``: the id of what it is about; ``text``: a sentence.

    ``details``: what mending needs to know.
    """

    kind: str
    subject: str
    text: str
    mended: bool = False
    details: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As it is kept and shown, with what is compared in words."""
        return {**asdict(self), "compared": KINDS[self.kind]}


# What is compared, in the words of the page; every difference is of one of these.
KINDS = {
    "package-missing": "tabel portal dan dataset CKAN",
    "row-missing": "tabel portal dan dataset CKAN",
    "public-unapproved": "tabel portal dan dataset CKAN",
    "public-hidden": "tabel portal dan dataset CKAN",
    "office": "tabel portal dan dataset CKAN",
    "state": "tabel portal dan dataset CKAN",
    "index-missing": "indeks pencarian",
    "index-extra": "indeks pencarian",
    "index-labels": "indeks pencarian",
    "index-private": "indeks pencarian",
    "file-missing": "berkas",
    "file-differs": "berkas",
    "file-unused": "berkas",
    "edition-served": "berkas edisi",
    "table-missing": "tabel DataStore",
    "table-orphan": "tabel DataStore",
    "chain-broken": "catatan kejadian",
    "chain-head": "catatan kejadian",
    "chain-guard": "catatan kejadian",
}
# What can be put right without losing anything.
MENDABLE = frozenset(
    {"index-missing", "index-extra", "index-labels", "index-private", "table-orphan", "file-unused"}
)
