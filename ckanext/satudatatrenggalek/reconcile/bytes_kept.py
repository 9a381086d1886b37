"""Files on disk against the rows that name them: missing, changed, named by nobody."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Text, cast, func, literal_column, select, table, text

from .. import config
from ..domain import visibility
from ..model import blobs
from ..model.document import DocumentRecord
from ..model.papers import DECREE, PaperRecord
from ..model.tables import DatasetRecord, EditionRecord, FileRecord, SubmissionRecord
from .difference import Difference

# A file put in place a moment ago may be named by a transaction that is still open.
_SETTLED = timedelta(days=1)
_ASKED_AT_ONCE = 200
# Not names: work that is done, what this comparison itself has written down, and what somebody once
# decided on: it tells what differs, also where the bytes are gone.
_NO_NAMES = {
    "satudata_outbox": "done_at IS NULL",
    "satudata_nightly": "FALSE",
    "satudata_content": "FALSE",
}


def compare(session: Session, at: datetime) -> Iterator[Difference]:
    """Every file any row names is there and holds what its name says; the others are told."""
    named = _named(session)
    for sha256, whose in sorted(named.items()):
        path = blobs.path_of(sha256)
        if not path.exists():
            yield Difference("file-missing", sha256, f"Berkas {whose} tidak ada di penyimpanan.")
        elif blobs.digest(path) != sha256:
            said = f"Isi berkas {whose} di penyimpanan berbeda dari sidiknya."
            yield Difference("file-differs", sha256, said)
    for sha256 in _unused(session, set(named), at):
        said = f"Berkas {sha256[:12]} di penyimpanan tidak dipakai siapa pun."
        yield Difference("file-unused", sha256, said)


def compare_editions(session: Session) -> Iterator[Difference]:
    """What a dataset serves is what its released edition was approved on.

    Of a level whose files lie in the edition alone it serves none.
    """
    query = (
        select(EditionRecord, model.Package.name, SubmissionRecord.access)
        .join(DatasetRecord, DatasetRecord.published_submission_id == EditionRecord.submission_id)
        .join(SubmissionRecord, SubmissionRecord.id == EditionRecord.submission_id)
        .join(model.Package, model.Package.id == EditionRecord.dataset_id)
        .order_by(EditionRecord.dataset_id)
    )
    served: dict[str, dict[str, str]] = {}
    bound = select(FileRecord.package_id, FileRecord.resource_id, FileRecord.sha256)
    for package_id, resource_id, sha256 in session.execute(bound):
        served.setdefault(package_id or "", {})[resource_id] = sha256
    for edition, name, level in session.execute(query):
        shown = [] if visibility.lies_in_edition(level) else edition.files
        approved = {file["resource_id"]: file["sha256"] for file in shown}
        if served.get(edition.dataset_id, {}) != approved:
            which = f"edisi {edition.number} yang disetujui"
            said = f"Dataset {name} menyajikan berkas lain daripada {which}."
            yield Difference("edition-served", edition.dataset_id, said)


def _named(session: Session) -> dict[str, str]:
    """Every sha256 that a row names, with words for whose it is."""
    found: dict[str, str] = {}
    documents = select(DocumentRecord.number, DocumentRecord.files)
    for number, files in session.execute(documents):
        found.update({sha: f"{kind} dokumen {number}" for kind, sha in files.items()})
    papers = select(PaperRecord.sha256, PaperRecord.kind, PaperRecord.number)
    for sha256, kind, number in session.execute(papers.where(PaperRecord.sha256.is_not(None))):
        found[sha256] = f"pindaian {'keputusan' if kind == DECREE else 'surat'} {number}"
    editions = select(EditionRecord.dataset_id, EditionRecord.number, EditionRecord.files)
    for dataset_id, number, files in session.execute(editions):
        for file in files:
            whose = f"{file['filename']} dari edisi {number} dataset {dataset_id}"
            found[file["sha256"]] = whose
    bound = select(FileRecord.sha256, FileRecord.filename, FileRecord.package_id)
    for sha256, filename, package_id in session.execute(bound):
        found[sha256] = f"{filename} dari dataset {package_id}"
    return found


def _on_disk() -> Iterator[Path]:
    root = blobs.root()
    return (path for path in root.glob("??/??/*") if re.fullmatch("[0-9a-f]{64}", path.name))


def _unused(session: Session, named: set[str], at: datetime) -> list[str]:
    """Files nobody names, kept long enough; any row of any table of ours is a name."""
    kept = max(_SETTLED, timedelta(days=config.keep_days()["discarded"]))
    before = (at - kept).timestamp()
    old = [p.name for p in _on_disk() if p.name not in named and p.stat().st_mtime < before]
    for start in range(0, len(old), _ASKED_AT_ONCE):
        asked = old[start : start + _ASKED_AT_ONCE]
        named |= set(named_anywhere(session, asked))
    return sorted(sha256 for sha256 in old if sha256 not in named)


def named_anywhere(session: Session, asked: Iterable[str]) -> Iterator[str]:
    """Which of these stand anywhere in our tables: a new table of files need not be told here."""
    pattern = "|".join(asked)
    if not pattern:
        return
    tables = text("SELECT tablename FROM pg_tables WHERE tablename LIKE 'satudata\\_%'")
    whole = cast(literal_column("one"), Text)
    for name in session.execute(tables).scalars().all():
        query = select(func.regexp_matches(whole, f"({pattern})", "g"))
        query = query.select_from(table(name).alias("one"))
        query = query.where(literal_column(_NO_NAMES.get(name, "TRUE")))
        for (found,) in session.execute(query):
            yield from found
