"""Mails to whoever asked something of an office: that it has arrived, that it was answered.

From the outbox. A mail server that is away loses nothing: the mail is noted again, for two weeks.
"""

from ckan import model

from . import outgoing, posting
from .domain import words
from .domain.requests import Outcome, Status
from .model import editions, requests
from .model.requests import Asked
from .model.tables import OutboxRecord
from .posting import Letter, site

KIND = "request_mail"
_NOBODY = "Pemohon data"  # nothing a visitor typed stands in a mail to an address they typed


def send(row: OutboxRecord) -> None:
    """Send one mail, or note it again.

    :raises NotPosted: nobody took it for two weeks.
    """
    asked = requests.by_id(model.Session, row.payload["request_id"])
    if asked is None or asked.record.emptied_at:
        return
    answer = posting.post(_NOBODY, asked.record.email, _letter(asked))
    if answer.outcome is not posting.Outcome.SENT:
        outgoing.note_again(row, answer)


def _letter(asked: Asked) -> Letter:
    record = asked.record
    title = editions.public_title(model.Session, record.dataset_id) or asked.name
    link = f"{site()}/permintaan/{requests.token_of(record.id)}"
    if record.status == Status.NEW.value:
        about = "Kami menerima pertanyaan Anda tentang dataset ini."
        more = [f"Dijawab paling lambat {words.waktu(record.due_at)} oleh {asked.office_title}."]
        subject = f"Diterima: {title}"
    else:
        about = "Pertanyaan Anda tentang dataset ini sudah dijawab."
        more = _outcome(asked)
        subject = f"Dijawab: {title}"
    lines = [
        about,
        "",
        f"Dataset: {title}",
        f"Perangkat daerah: {asked.office_title}",
        *more,
        "",
        "Baca di alamat rahasia ini. Siapa pun yang memegangnya bisa membacanya:",
        link,
        "",
        "Bila Anda tidak pernah bertanya di portal ini, abaikan surel ini.",
    ]
    return Letter(" ".join(subject.split()), "\n".join(lines))


def _outcome(asked: Asked) -> list[str]:
    record = asked.record
    if record.outcome == Outcome.GRANTED.value and record.open_until:
        until = words.waktu(record.open_until)
        return [f"Permintaan dikabulkan. Berkasnya bisa diunduh sampai {until}."]
    if record.outcome == Outcome.REFUSED.value:
        return ["Permintaan tidak dikabulkan. Alasannya ada di jawaban."]
    return []
