"""Mails to whoever asked something of an office: that it has arrived, that it was answered.

From the outbox. A mail server that is away loses nothing: the mail is noted again, for two weeks.
"""

import logging
from datetime import datetime, timedelta

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer

from . import clock
from .domain import words
from .domain.requests import Outcome, Status
from .model import outbox, requests
from .model.requests import Asked
from .model.tables import OutboxRecord

log = logging.getLogger(__name__)

KIND = "request_mail"
_AGAIN = timedelta(minutes=10)
_GIVEN_UP = timedelta(days=14)
_NOBODY = "Pemohon data"  # nothing a visitor typed stands in a mail to an address they typed


def send(row: OutboxRecord) -> None:
    """Send one mail, or note it again.

    :raises MailerException: the mail server was away for two weeks.
    """
    asked = requests.by_id(model.Session, row.payload["request_id"])
    if asked is None:
        return
    subject, body = _words(asked)
    try:
        if tk.config.get("smtp.server") and not tk.config.get("smtp.mail_from"):
            # CKAN's mailer would stumble over it, and the whole round of work with it.
            raise mailer.MailerException("smtp.mail_from is not set")
        mailer.mail_recipient(_NOBODY, asked.record.email, subject, body)
    except (mailer.MailerException, OSError) as error:
        _note_again(row, error)
    except (ValueError, LookupError, AttributeError):
        # What the library of mails cannot write down today it cannot tomorrow.
        log.exception("mail about a request cannot be written")


def _note_again(row: OutboxRecord, error: Exception) -> None:
    at = clock.now()
    since = datetime.fromisoformat(row.payload.get("since") or row.created_at.isoformat())
    if at - since > _GIVEN_UP:
        raise mailer.MailerException(str(error)) from error
    log.warning("mail about a request waits: %s", type(error).__name__)
    payload = {"request_id": row.payload["request_id"], "since": since.isoformat()}
    outbox.add(model.Session, row.dataset_id, KIND, at, at + _AGAIN, **payload)


def _words(asked: Asked) -> tuple[str, str]:
    record = asked.record
    link = f"{_site()}/permintaan/{requests.token_of(record.id)}"
    if record.status == Status.NEW.value:
        about = "Kami menerima pertanyaan Anda tentang dataset ini."
        more = [f"Dijawab paling lambat {words.waktu(record.due_at)} oleh {asked.office_title}."]
        subject = f"Diterima: {asked.title}"
    else:
        about = "Pertanyaan Anda tentang dataset ini sudah dijawab."
        more = _outcome(asked)
        subject = f"Dijawab: {asked.title}"
    lines = [
        about,
        "",
        f"Dataset: {asked.title}",
        f"Perangkat daerah: {asked.office_title}",
        *more,
        "",
        "Baca di alamat rahasia ini. Siapa pun yang memegangnya bisa membacanya:",
        link,
        "",
        "Bila Anda tidak pernah bertanya di portal ini, abaikan surel ini.",
    ]
    return " ".join(subject.split()), "\n".join(lines)


def _outcome(asked: Asked) -> list[str]:
    record = asked.record
    if record.outcome == Outcome.GRANTED.value and record.open_until:
        until = words.waktu(record.open_until)
        return [f"Permintaan dikabulkan. Berkasnya bisa diunduh sampai {until}."]
    if record.outcome == Outcome.REFUSED.value:
        return ["Permintaan tidak dikabulkan. Alasannya ada di jawaban."]
    return []


def _site() -> str:
    root = str(tk.config.get("ckan.root_path") or "").replace("{{LANG}}", "").rstrip("/")
    return str(tk.config["ckan.site_url"]).rstrip("/") + root
