"""A mailbox to look into: python mailbox.py PORT FOLDER

Takes every mail given to 127.0.0.1:PORT and lays it into FOLDER: as it came (.eml) and as a person
reads it (.txt, .html). Sends nothing anywhere.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import signal
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Mailbox:
    """Keeps what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Write one mail as up to three files of one name."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.number += 1
        moment = f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}-{self.number:04}"
        words = re.sub(r"[^A-Za-z0-9]+", "-", f"{letter['To']}-{letter['Subject']}").strip("-")
        path = self.folder / f"{moment}-{words[:100]}"
        path.with_name(path.name + ".eml").write_bytes(envelope.content)
        for kind in ("plain", "html"):
            part = letter.get_body((kind,))  # type: ignore[attr-defined]
            if part is not None:
                ending = ".txt" if kind == "plain" else ".html"
                path.with_name(path.name + ending).write_text(part.get_content(), "utf-8")
        return "250 OK"


async def serve(port: int, folder: Path) -> None:
    """Until told to end."""
    folder.mkdir(parents=True, exist_ok=True)
    box, loop, ended = Mailbox(folder), asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    server = await loop.create_server(lambda: SMTP(box, hostname="localhost"), "127.0.0.1", port)
    async with server:
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
