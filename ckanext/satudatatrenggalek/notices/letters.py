"""Letters: notices as mail, in plain text and in HTML, from the same parts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import jinja2

from ..domain import notice_words, words
from ..model.notices import NoticeRecord
from ..posting import Letter, site

_PAPER = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("papers")),
    autoescape=jinja2.select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def of_one(row: NoticeRecord, name: str) -> Letter:
    """The letter of one notice."""
    subject = notice_words.headline(row.event, row.facts)
    return _letter([row], name, subject, row.event)


def of_many(rows: Sequence[NoticeRecord], name: str) -> Letter:
    """The digest: several notices in one letter, oldest first."""
    subject = f"Ringkasan pemberitahuan: {len(rows)} hal"
    return _letter(rows, name, subject, "digest")


def _letter(rows: Sequence[NoticeRecord], name: str, subject: str, event: str) -> Letter:
    portal = site()
    parts = {
        "name": name,
        "site_title": tk.config["ckan.site_title"],
        "site": portal,
        "settings": f"{portal}/meja/pemberitahuan/pengaturan",
        "parts": [_part(row, portal) for row in rows],
    }
    return Letter(
        subject,
        _PAPER.get_template("notice.txt").render(parts),
        _PAPER.get_template("notice.html").render(parts),
        {
            "Message-ID": f"<satudata-{rows[0].id}-{rows[-1].id}@{_host(portal)}>",
            "X-Satu-Data-Event": event,
            "Auto-Submitted": "auto-generated",
        },
    )


def _host(portal: str) -> str:
    return portal.split("://")[-1].split("/")[0].split(":")[0] or "localhost"


def _part(row: NoticeRecord, portal: str) -> dict[str, Any]:
    facts = row.facts
    return {
        "head": notice_words.headline(row.event, facts),
        "office": facts.get("office", ""),
        "happened": notice_words.happened(row.event, facts),
        "note": facts.get("note", ""),
        "list_label": notice_words.list_label(row.event),
        "findings": facts.get("findings", []),
        "more": facts.get("more_findings", 0),
        "to_do": notice_words.to_do(row.event, facts),
        "due": words.waktu(row.due_at) if row.due_at else "",
        "link": f"{portal}{row.link}",
    }
