"""Hand-made figures of November 2026: two offices with data, one without."""

from datetime import datetime, timezone

from ckanext.satudatatrenggalek.documents.report import Issue
from ckanext.satudatatrenggalek.domain.figures import (
    Appointed,
    Counts,
    Figures,
    Listed,
    Office,
    OfficeCounts,
    Reason,
    ReasonText,
    Rounds,
    StepTime,
    digest,
)

DAY = 8 * 3600 + 1800
DINKES = Office("o-kes", "dinkes", "Dinas Kesehatan")
DISTAN = Office("o-tan", "distan", "Dinas Pertanian dan Pangan")
SETWAN = Office("o-wan", "setwan", "Sekretariat DPRD")

_KES = Counts(
    submitted=1234,
    returned=3,
    returns=4,
    approved=5,
    published=4,
    first_time_right=3,
    published_returns=2,
    stays_ended=20,
    late_ended=2,
    late_open=1,
    metadata_datasets=5,
    metadata_complete=4,
    metadata_fields=50,
    metadata_filled=47,
)
_TAN = Counts(submitted=2, approved=1, published=1, first_time_right=1, stays_ended=4)
_ALL = Counts(
    submitted=1236,
    returned=3,
    returns=4,
    approved=6,
    published=5,
    first_time_right=4,
    published_returns=2,
    stays_ended=24,
    late_ended=2,
    late_open=1,
    metadata_datasets=5,
    metadata_complete=4,
    metadata_fields=50,
    metadata_filled=47,
)

FIGURES = Figures(
    first="2026-11-01",
    last="2026-11-30",
    as_of="2026-12-01T01:30:00+00:00",
    total=_ALL,
    offices=(OfficeCounts(DINKES, _KES), OfficeCounts(DISTAN, _TAN), OfficeCounts(SETWAN)),
    steps=(
        StepTime("draft", limit_seconds=DAY),
        StepTime("needs_correction", 4, 1, 0, 54000, 61200, 120600, 3 * DAY),
        StepTime("awaiting_check", 10, 1, 1, 18720, 22860, 41040, DAY),
        StepTime("awaiting_supervisor", limit_seconds=2 * DAY),
        StepTime("awaiting_approval", 6, 0, 0, 7200, 9000, 21600, DAY),
        StepTime("awaiting_release", 5, 0, 0, 600, 720, 1200, 3600),
    ),
    reasons=(
        Reason("reference_codes", 3, 12, (ReasonText("Kode wilayah 35.03.3 tidak ada", 9),)),
        Reason("standard", 1, 1, (ReasonText("=1+1 satuan ditulis di sel", 1),)),
        Reason("metadata"),
        Reason("interoperability"),
        Reason("as_planned"),
        Reason("personal_data"),
    ),
    rounds=(Rounds(0, 4), Rounds(2, 1)),
    appointed=(Appointed("producer", 3, 3), Appointed("checker", 2, 0)),
    listing=(
        Listed(
            "s-1",
            "d-1",
            '=HYPERLINK("http://x","Jumlah Balita")',
            "o-kes",
            "2025",
            "2026-11-02T18:30:00+00:00",
            2,
            "2026-11-10T03:00:00+00:00",
            "2026-11-10T04:00:00+00:00",
            1,
        ),
        Listed("s-2", "d-2", "Produksi Padi #let *tebal*", "o-tan", "2026-10", late=0),
    ),
    publisher="Dinas Komunikasi dan Informatika",
)

ISSUE = Issue(
    number="LAP-SDT/2026/12/001",
    title="Laporan Penyelenggaraan Satu Data",
    letterhead=(
        "PEMERINTAH KABUPATEN TRENGGALEK",
        "DINAS KOMUNIKASI DAN INFORMATIKA",
        "Trenggalek, Jawa Timur",
    ),
    regency="Kabupaten Trenggalek",
    issued_at=datetime(2026, 12, 1, 2, 15, tzinfo=timezone.utc),
    verify_url="https://satudata.trenggalekkab.go.id/dokumen/7f3c",
    figures_sha256=digest(FIGURES.as_dict()),
)
