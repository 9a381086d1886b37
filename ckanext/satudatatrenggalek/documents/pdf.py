"""Draws the report as a PDF with the typst wheel: tagged, PDF/A, with the fonts it carries."""

import json
from pathlib import Path
from typing import Literal

import segno
import typst

from ..domain.figures import Figures
from ..domain.words import waktu
from . import report_text
from .report import Issue, period_of

_TEMPLATE = Path(__file__).with_name("laporan.typ")
# Readable in fifty years and by a screen reader (ISO 19005-2, ISO 14289-1).
STANDARDS: list[Literal["a-2b", "ua-1"]] = ["a-2b", "ua-1"]


def paper(figures: Figures, issue: Issue) -> bytes:
    """The report as PDF bytes; the same figures and issue give the same bytes.

    Fonts of the machine are left aside: a fresh server has none, and two servers must print
    the same page.
    """
    compiler = typst.Compiler(str(_TEMPLATE), ignore_system_fonts=True)
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(_data(figures, issue), ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=issue.issued_at.replace(microsecond=0),  # typst takes whole seconds
    )
    assert isinstance(pdf, bytes)  # one output without a path is one bytes object
    return pdf


def _data(figures: Figures, issue: Issue) -> dict[str, object]:
    return {
        "title": issue.title,
        "number": issue.number,
        "letterhead": list(issue.letterhead),
        "regency": issue.regency,
        "publisher": figures.publisher,
        "period": period_of(figures).text,
        "issued": waktu(issue.issued_at),
        "verify_url": issue.verify_url,
        "sha256": issue.figures_sha256,
        "qr": segno.make(issue.verify_url, error="m").svg_inline(border=1),
        "chapters": report_text.chapters(figures, issue.regency),
        "appendices": report_text.appendices(figures),
    }
