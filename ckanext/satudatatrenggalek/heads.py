"""The record's head leaves the database: a line in a file, and a mail to people elsewhere.

Who owns the database can rewrite the whole chain; not what lies outside. ``chain.verify`` compares.
"""

import errno
import os
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

from ckan.types import AlchemySession as Session

from . import config, outgoing, posting
from .domain.words import angka, waktu
from .model import chain
from .model.chain import Head

_READER = "Penyimpan kepala catatan"
_LINE = re.compile(r"(?:(?P<at>\S+)\s+(?P<rows>\d+)\s+)?(?P<hash>[0-9a-f]{64})")


class NotHeads(ValueError):
    """A text that is no list of heads; says which line."""


def line_of(head: Head) -> str:
    """A head as one line: moment (ISO 8601, UTC), rows, hash."""
    assert head.at is not None  # only heads just looked at are written
    return (
        f"{head.at.astimezone(timezone.utc).isoformat(timespec='seconds')} {head.rows} {head.hash}"
    )


def read(lines: Iterable[str]) -> list[Head]:
    """Heads from lines as ``line_of`` writes them; a bare hash is one too.

    :raises NotHeads: a line that is neither.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            found.append(_head_of(line.strip(), number))
    return found


def _head_of(line: str, number: int) -> Head:
    match = _LINE.fullmatch(line)
    if match is None:
        raise NotHeads(f"baris {number} bukan kepala catatan: {line[:80]}")
    try:
        at = datetime.fromisoformat(match["at"]) if match["at"] else None
    except ValueError as error:
        raise NotHeads(f"baris {number} tidak dimulai dengan waktu: {line[:80]}") from error
    return Head(match["hash"], int(match["rows"]) if match["rows"] else None, at)


def kept() -> list[Head]:
    """Every head written to the file so far; none where there is no file yet.

    :raises NotHeads: somebody wrote something else into it.
    """
    path = config.audit_head_file()
    return read(path.read_text(encoding="utf-8").splitlines()) if path.exists() else []


def write(head: Head) -> Path:
    """Append the head to the file, on disk before it returns. The file is never rewritten.

    :raises OSError: it does not fit, or the file may not be written; the heads before it stay as
        they are, with no half a line after them.
    """
    path = config.audit_head_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{line_of(head)}\n".encode()
    with path.open("ab", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        try:
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
    return path


def mail(head: Head) -> tuple[str, ...]:
    """Send the head at once to everybody named in the settings; their addresses.

    :raises NotPosted: the mail server took it for none or for some of them.
    """
    addresses = config.audit_head_mail()
    posting.post_all(_READER, addresses, _letter(head))
    return addresses


def _letter(head: Head) -> posting.Letter:
    assert head.at is not None
    subject = f"Kepala catatan Satu Data, {waktu(head.at)}"
    body = (
        f"Catatan kejadian {config.regency_name()} berisi {angka(head.rows or 0)} baris pada "
        f"{waktu(head.at)}. Kepalanya:\n\n{line_of(head)}\n\n"
        "Simpan surel ini di luar portal. Dengan baris di atas siapa pun bisa membuktikan bahwa "
        "catatan tidak ditulis ulang atau dipotong:\n\n"
        f"ckan satudata audit verify --against {head.hash}\n\n{posting.site()}\n"
    )
    return posting.Letter(subject, body)


def keep(session: Session, at: datetime) -> Head:
    """Write the head as it is now, and note its letters; the caller commits.

    :raises OSError: not kept; keeping it again does no harm.
    """
    head = chain.head(session, at)
    write(head)
    outgoing.note(session, _READER, config.audit_head_mail(), _letter(head), at)
    return head
