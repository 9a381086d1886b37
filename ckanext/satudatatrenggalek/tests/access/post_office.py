"""A mail server that really answers on a port and keeps what it was given."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any


class _Talk(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 for one sender."""

    server: Any

    def handle(self) -> None:
        """One connection."""
        self._say("220 kantor pos")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                self._take()
            elif verb == "QUIT":
                self._say("221 sampai jumpa")
                return
            else:
                self._say("250 baik")

    def _take(self) -> None:
        self._say("354 silakan")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 diterima")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.mails: list[EmailMessage] = []


@contextmanager
def opened(port: int = 0) -> Iterator[PostOffice]:
    """Open while the block runs; afterwards nobody answers on its port."""
    office = PostOffice(port)
    thread = Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        office.shutdown()
        office.server_close()
        thread.join()
