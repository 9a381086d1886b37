"""A real SMTP server for tests: it keeps what it is given, and refuses whom it is told to."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """``refused``: address to the answer at RCPT; ``answer``: to DATA, ``break_off``: hang up;
    ``hold``: keep the letter and give no answer."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    break_off: bool = False
    hold: bool = False

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Refuse or take a recipient."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the letter; or hang up in the middle."""
        if self.break_off:
            server.transport.close()
            return "451 broken off"
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)
        while self.hold:
            await asyncio.sleep(0.05)
        return "250 OK"

    def of(self, name: str) -> list[EmailMessage]:
        """Letters to an account of the small regency, by its name."""
        return [letter for letter in self.letters if _name_of(letter) == name]


def _name_of(letter: EmailMessage) -> str:
    shown = str(letter["To"]).split("<")[0].strip()
    return shown.lower().replace(" ", "_")


@contextmanager
def serving(office: PostOffice, port: int = 0) -> Iterator[int]:
    """The office with its door open; gives the port."""
    controller = Controller(office, hostname="127.0.0.1", port=port)
    if port == 0:
        controller = _Anywhere(office, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield controller.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    finally:
        controller.stop()


class _Anywhere(Controller):
    """On a free port of the system's choice; aiosmtpd asks itself whether it answers there."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """The HTML of a letter."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())
