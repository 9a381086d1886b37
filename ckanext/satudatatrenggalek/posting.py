"""The one door through which mail leaves: CKAN's ``INotifier``, then CKAN's mailer.

Nobody else names the mailer. A letter is answered for, never raised over: whoever sends one decides
by its ``Answer`` what is tried again.
"""

import logging
import smtplib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
from ckan.lib import mailer

log = logging.getLogger(__name__)

NO_SENDER = "smtp.server atau smtp.mail_from belum diisi di ckan.ini"
_PATIENCE = 30  # seconds a mail server may keep us waiting


class Outcome(Enum):
    """What became of a letter."""

    SENT = "sent"
    REFUSED = "refused"  # this letter or address, for good; others may pass
    LATER = "later"  # this letter or address, for now; others may pass
    AWAY = "away"  # no server to speak to: nobody's letters pass


@dataclass(frozen=True)
class Letter:
    """A mail ready to be sent. ``headers`` name the same letter the same, if it is sent again."""

    subject: str
    text: str
    html: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """``said``: what the server or the mailer said of a letter not sent; for people who keep it."""

    outcome: Outcome
    said: str = ""


class NotPosted(OSError):
    """Not everybody was reached; sending all of it again does no harm."""


def is_open() -> bool:
    """Whether anything carries letters: a mail server with a sender, or a plugin."""
    return _has_mail() or bool(list(plugins.PluginImplementations(plugins.INotifier)))


def _has_mail() -> bool:
    """CKAN names a server, this machine, where nobody has; a sender only where somebody has."""
    return bool(tk.config.get("smtp.server") and tk.config.get("smtp.mail_from"))


def site() -> str:
    """The portal's address as letters write it, with the path it lives under, without a slash."""
    root = str(tk.config.get("ckan.root_path") or "").replace("{{LANG}}", "").rstrip("/")
    return str(tk.config["ckan.site_url"]).rstrip("/") + root


def post(name: str, address: str, letter: Letter) -> Answer:
    """Hand one letter over; at most 30 seconds for each answer of the server.

    A portal without mail is as a server that is away: what it did not send may wait for it.
    """
    if not is_open():
        return Answer(Outcome.AWAY, NO_SENDER)
    try:
        with _patience():
            mailer.mail_recipient(
                name, address, letter.subject, letter.text, letter.html, dict(letter.headers)
            )
    except (mailer.MailerException, OSError) as error:
        return Answer(_read(error), _said(error))
    except (AssertionError, AttributeError, LookupError, ValueError) as error:
        if not _has_mail() or isinstance(error, AssertionError):
            # A plugin left it to the mailer, or smtp.user has no password: settings are missing.
            return Answer(Outcome.AWAY, f"{NO_SENDER}: {_said(error)}")
        # What the library of mails cannot write down today it cannot tomorrow.
        log.exception("a letter cannot be written")
        return Answer(Outcome.REFUSED, _said(error))
    return Answer(Outcome.SENT)


def post_all(name: str, addresses: Sequence[str], letter: Letter) -> None:
    """The same letter to several people; one that is refused keeps it from nobody else.

    :raises NotPosted: somebody did not get it; says who and why.
    """
    missed = []
    for address in addresses:
        answer = post(name, address, letter)
        if answer.outcome is not Outcome.SENT:
            missed.append(f"{address}: {answer.said}")
        if answer.outcome is Outcome.AWAY:
            break
    if missed:
        raise NotPosted("; ".join(missed))


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


@contextmanager
def _patience() -> Iterator[None]:
    """CKAN's mailer sets no time limit: a server that says nothing would hold the worker."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _read(error: BaseException) -> Outcome:
    """What an error of the mailer means.

    The mailer's words hide the cause; it stands behind the error. A goodbye that fails after the
    letter was taken is no failure of the letter.
    """
    chain = list(_behind(error))
    if isinstance(error, smtplib.SMTPServerDisconnected) and not any(
        isinstance(each, mailer.MailerException) for each in chain
    ):
        return Outcome.SENT
    for each in chain:
        if isinstance(each, smtplib.SMTPRecipientsRefused):
            return _by_code(max(code for code, _ in each.recipients.values()))
        if isinstance(each, smtplib.SMTPDataError):
            return _by_code(each.smtp_code)
    return Outcome.AWAY if any(isinstance(e, OSError) for e in chain) else Outcome.REFUSED


def _by_code(code: int) -> Outcome:
    """RFC 5321: 5yz is for good, 421 closes the whole service, other 4yz is for now."""
    if code >= 500:
        return Outcome.REFUSED
    return Outcome.AWAY if code == 421 else Outcome.LATER


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
