"""Laporan Penyelenggaraan Satu Data (SOP steps 10-11): what stands in it, in every form.

Chapters follow the stages of Perpres 39/2019 for which the portal has figures; a stage without
figures has no chapter, and the introduction says so. Shapes only: ``pdf`` and ``xlsx`` draw them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ..domain.figures import COUNT_LABELS, Figures, Listed, OfficeCounts
from ..domain.periods import Period
from .tables import Column, Kind, Table, Value

_COUNT = Kind.COUNT


@dataclass(frozen=True)
class Issue:
    """What makes figures a document: number, who answers for it, where it can be verified.

    ``letterhead``: lines, the last one being the address. ``verify_url``: public address.
    """

    number: str
    title: str
    letterhead: tuple[str, ...]
    regency: str
    issued_at: datetime
    verify_url: str
    figures_sha256: str


def period_of(figures: Figures) -> Period:
    """The period the figures are of."""
    return Period(date.fromisoformat(figures.first), date.fromisoformat(figures.last))


def summary(figures: Figures) -> Table:
    """One line a figure, all offices together."""
    total = figures.total
    counts = ("submitted", "returned", "returns", "approved", "published", "retracted")
    rows: list[tuple[Value, ...]] = [
        (COUNT_LABELS[name], getattr(total, name), None) for name in counts
    ]
    rows += [
        (
            COUNT_LABELS["first_time_right"],
            total.first_time_right,
            (total.first_time_right, total.published),
        ),
        (COUNT_LABELS["late"], total.late, None),
        ("- selesai melewati tenggat", total.late_ended, (total.late_ended, total.stays_ended)),
        ("- belum selesai dan melewati tenggat", total.late_open, None),
        (COUNT_LABELS["skipped_supervisor"], total.skipped_supervisor, None),
        (COUNT_LABELS["metadata_datasets"], total.metadata_datasets, None),
        (
            COUNT_LABELS["metadata_complete"],
            total.metadata_complete,
            (total.metadata_complete, total.metadata_datasets),
        ),
        (
            "Isian metadata wajib terisi",
            total.metadata_filled,
            (total.metadata_filled, total.metadata_fields),
        ),
    ]
    columns = (
        Column("Ukuran", width=6),
        Column("Jumlah", _COUNT, 2),
        Column("Bagian", Kind.SHARE, 2),
    )
    return Table("Ringkasan", columns, tuple(rows))


_OFFICE_COLUMNS = (
    Column("Perangkat daerah", width=6),
    Column("Diajukan", _COUNT, 2),
    Column("Dikembalikan", _COUNT, 3),
    Column("Disetujui", _COUNT, 2),
    Column("Terbit", _COUNT, 2),
    Column("Tanpa perbaikan", Kind.SHARE, 3),
    Column("Lewat tenggat", _COUNT, 2),
    Column("Metadata terisi", Kind.SHARE, 2),
)


def by_office(figures: Figures) -> Table:
    """One line an office, offices without data included."""
    total = OfficeCounts(figures.offices[0].office, figures.total) if figures.offices else None
    return Table(
        "Rekapitulasi per perangkat daerah",
        _OFFICE_COLUMNS,
        tuple(_office_row(row) for row in figures.offices),
        total=("Jumlah", *_office_row(total)[1:]) if total else None,
        note="Dikembalikan menghitung dataset, bukan kali pengembalian.",
    )


def _office_row(row: OfficeCounts) -> tuple[Value, ...]:
    counts = row.counts
    return (
        row.office.title,
        counts.submitted,
        counts.returned,
        counts.approved,
        counts.published,
        (counts.first_time_right, counts.published),
        counts.late,
        (counts.metadata_filled, counts.metadata_fields),
    )


def step_times(figures: Figures) -> Table:
    """Working time in each step against its limit."""
    columns = (
        Column("Langkah", width=5),
        Column("Pemilik", width=4),
        Column("Selesai", _COUNT, 2),
        Column("Median (jam)", Kind.HOURS, 2),
        Column("Rata-rata (jam)", Kind.HOURS, 2),
        Column("9 dari 10 (jam)", Kind.HOURS, 2),
        Column("Batas (jam)", Kind.HOURS, 2),
        Column("Lewat tenggat", _COUNT, 2),
        Column("Dalam tenggat", Kind.SHARE, 2),
    )
    rows = tuple(
        (
            step.label,
            step.owner,
            step.ended,
            step.median_seconds,
            step.mean_seconds,
            step.p90_seconds,
            step.limit_seconds,
            step.late,
            (step.within, step.ended),
        )
        for step in figures.steps
    )
    note = (
        "Jam kerja, tanpa akhir pekan dan hari libur. Lewat tenggat menghitung juga yang belum "
        "selesai; dalam tenggat hanya dari yang selesai."
    )
    return Table("Waktu kerja tiap langkah", columns, rows, note=note)


def reasons(figures: Figures) -> Table:
    """Checklist items of SOP step 7 for which submissions were returned."""
    columns = (
        Column("Butir pemeriksaan", width=4),
        Column("Pengembalian", _COUNT, 2),
        Column("Temuan", _COUNT, 2),
        Column("Paling sering", width=8),
    )
    rows = tuple(
        (
            reason.label,
            reason.returns,
            reason.findings,
            _plain(reason.texts[0].text) if reason.texts else "",
        )
        for reason in figures.reasons
    )
    note = "Satu pengembalian bisa punya lebih dari satu sebab."
    return Table("Alasan pengembalian", columns, rows, note=note)


def _plain(text: str) -> str:
    """Without the backticks around values: pages show them as code, paper would print them."""
    return text.replace("`", "")


def reason_texts(figures: Figures) -> Table:
    """The findings written most often, by checklist item."""
    columns = (Column("Butir", width=3), Column("Temuan", width=8), Column("Kali", _COUNT))
    rows = tuple(
        (reason.label, _plain(text.text), text.findings)
        for reason in figures.reasons
        for text in reason.texts
    )
    return Table("Temuan yang paling sering ditulis", columns, rows)


def rounds(figures: Figures) -> Table:
    """How many rounds of correction the published submissions needed."""
    columns = (
        Column("Putaran perbaikan", _COUNT),
        Column("Dataset terbit", _COUNT),
        Column("Bagian", Kind.SHARE),
    )
    rows = tuple(
        (row.rounds, row.published, (row.published, figures.total.published))
        for row in figures.rounds
    )
    return Table("Putaran perbaikan", columns, rows)


def appointed(figures: Figures) -> Table:
    """People appointed in each role at the end of the period."""
    columns = (
        Column("Peran", width=4),
        Column("Orang", _COUNT),
        Column("Perangkat daerah", _COUNT, 2),
    )
    rows = tuple((row.label, row.people, row.offices or None) for row in figures.appointed)
    note = "Tanda - berarti penunjukan berlaku untuk semua perangkat daerah atau belum ada."
    return Table("Penunjukan yang berlaku", columns, rows, note=note)


_LISTED_COLUMNS = (
    Column("Dataset", width=6),
    Column("Periode data", width=2),
    Column("Diajukan", Kind.DAY, 2),
    Column("Kembali (kali)", _COUNT, 2),
    Column("Disetujui", Kind.DAY, 2),
    Column("Terbit", Kind.DAY, 2),
    Column("Lewat tenggat", _COUNT, 2),
)


def listing(figures: Figures) -> Table:
    """Every submission that moved in the period, with its office."""
    titles = _office_titles(figures)
    return Table(
        "Daftar pengajuan dalam periode",
        (Column("Perangkat daerah", width=5), *_LISTED_COLUMNS),
        tuple(
            (titles.get(row.office_id, row.office_id), *_listed_row(row)) for row in figures.listing
        ),
    )


def listing_by_office(figures: Figures) -> tuple[Table, ...]:
    """The same list, one table an office, in the order of the offices."""
    rows: dict[str, list[tuple[Value, ...]]] = {}
    for row in figures.listing:
        rows.setdefault(row.office_id, []).append(_listed_row(row))
    return tuple(
        Table(title, _LISTED_COLUMNS, tuple(rows[office_id]))
        for office_id, title in _office_titles(figures).items()
        if office_id in rows
    )


def _office_titles(figures: Figures) -> dict[str, str]:
    return {row.office.id: row.office.title for row in figures.offices}


def _listed_row(row: Listed) -> tuple[Value, ...]:
    return (
        row.title,
        row.period,
        row.submitted_at,
        row.returns,
        row.approved_at,
        row.published_at,
        row.late,
    )
