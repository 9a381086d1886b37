"""The report in chapters: sentences, charts and tables as blocks that a renderer draws.

A block is a dict with ``kind``: ``text`` (text), ``list`` (items), ``table`` (columns, rows,
total, note), ``bars`` (bars with label, value, text), ``times`` (rows with label, text, median,
p90, limit in seconds; ``most``, ``ticks``). All numbers inside sentences are written already.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..domain.figures import Figures, StepTime
from ..domain.words import angka, waktu
from . import report
from .tables import Kind, Table, share, written

Block = dict[str, Any]

_BASIS = (
    "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik",
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Peraturan Presiden Nomor 95 Tahun 2018 tentang Sistem Pemerintahan Berbasis Elektronik",
    "Peraturan Presiden Nomor 39 Tahun 2019 tentang Satu Data Indonesia",
    "Peraturan Menteri Dalam Negeri Nomor 52 Tahun 2011 tentang Standar Operasional Prosedur "
    "di Lingkungan Pemerintah Daerah",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012 "
    "tentang Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan",
    "SOP Pengelolaan Data Nomor 060/024/406.020/2023",
)
_BARS = 12
_TICKS = 4


def chapters(figures: Figures, regency: str) -> list[dict[str, Any]]:
    """Chapters I to VI; stages for which the portal has no figures have no chapter."""
    return [
        {"title": "Pendahuluan", "blocks": _introduction(figures, regency)},
        {"title": "Kelembagaan", "blocks": _institutions(figures)},
        {"title": "Pemeriksaan", "blocks": _checking(figures)},
        {"title": "Penyebarluasan", "blocks": _release(figures)},
        {"title": "Kualitas", "blocks": _quality(figures)},
        {"title": "Kendala", "blocks": _obstacles(figures)},
    ]


def appendices(figures: Figures) -> list[dict[str, Any]]:
    """Every office in one table, and every submission under its office."""
    tables = [_table(table) for table in report.listing_by_office(figures)]
    nothing = _text("Tidak ada pengajuan yang bergerak dalam periode ini.")
    return [
        {
            "title": "Rekapitulasi per perangkat daerah",
            "blocks": [_table(report.by_office(figures), titled=False)],
        },
        {"title": "Daftar pengajuan per perangkat daerah", "blocks": tables or [nothing]},
    ]


def _introduction(figures: Figures, regency: str) -> list[Block]:
    counted = waktu(datetime.fromisoformat(figures.as_of))
    return [
        _text(
            f"Laporan ini disusun untuk langkah 10 SOP Pengelolaan Data, untuk periode "
            f"{report.period_of(figures).text}. Semua angka dihitung dari catatan Portal Satu Data "
            f"{regency} pada {counted}; tidak ada angka yang diketik."
        ),
        _text(
            "Yang dimuat adalah tahap pemeriksaan dan penyebarluasan, dari pengajuan sampai "
            "diseminasi. Capaian terhadap Daftar Data tidak dimuat."
        ),
        _text("Dasar hukum:"),
        {"kind": "list", "items": list(_BASIS)},
        _table(report.summary(figures)),
    ]


def _institutions(figures: Figures) -> list[Block]:
    return [
        _text(
            f"Laporan mencakup {angka(len(figures.offices), 0)} perangkat daerah. Peran di bawah "
            "ini adalah penunjukan yang berlaku pada akhir periode."
        ),
        _table(report.appointed(figures)),
    ]


def _checking(figures: Figures) -> list[Block]:
    total = figures.total
    return [
        _text(
            f"{angka(total.submitted, 0)} dataset diajukan dan {angka(total.returned, 0)} "
            f"dikembalikan untuk diperbaiki ({angka(total.returns, 0)} kali pengembalian). "
            f"{angka(total.approved, 0)} dataset disetujui."
        ),
        reason_bars(figures),
        _table(report.reasons(figures)),
        *_if_rows(report.reason_texts(figures)),
        *_if_rows(report.rounds(figures)),
        times(figures),
        _table(report.step_times(figures)),
    ]


def _release(figures: Figures) -> list[Block]:
    total = figures.total
    published = sorted(
        ((row.office.title, row.counts.published) for row in figures.offices),
        key=lambda bar: (-bar[1], bar[0]),
    )
    shown = [bar for bar in published if bar[1]][:_BARS]
    return [
        _text(
            f"{angka(total.published, 0)} dataset terbit, {angka(total.first_time_right, 0)} "
            f"({share(total.first_time_right, total.published)}) di antaranya tanpa putaran "
            "perbaikan. "
            f"Rata-rata putaran perbaikan: {_mean(total.published_returns, total.published)}. "
            f"{angka(total.retracted, 0)} dataset ditarik dari publik."
        ),
        *([_bars("Dataset terbit, perangkat daerah terbanyak", shown)] if shown else []),
    ]


def _quality(figures: Figures) -> list[Block]:
    total = figures.total
    return [
        _text(
            f"Kelengkapan metadata dihitung dari {angka(total.metadata_datasets, 0)} dataset yang "
            f"dikerjakan dalam periode ini, menurut isian terakhirnya: "
            f"{share(total.metadata_filled, total.metadata_fields)} isian wajib terisi, dan "
            f"{angka(total.metadata_complete, 0)} dataset lengkap "
            f"({share(total.metadata_complete, total.metadata_datasets)})."
        )
    ]


def _obstacles(figures: Figures) -> list[Block]:
    total = figures.total
    sentences = [
        f"{angka(total.late, 0)} kali tenggat terlewati: {angka(total.late_ended, 0)} selesai "
        f"terlambat dan {angka(total.late_open, 0)} belum selesai."
    ]
    late = sorted((step for step in figures.steps if step.late), key=lambda step: -step.late)
    sentences += [
        f"{step.label}, tenggat {step.owner}: {angka(step.late, 0)} kali terlewati."
        for step in late
    ]
    if total.skipped_supervisor:
        sentences.append(
            f"{angka(total.skipped_supervisor, 0)} dataset dilanjutkan tanpa pemeriksaan Pembina "
            "Data karena batas waktunya habis; alasannya tercatat di portal."
        )
    top = next((reason for reason in figures.reasons if reason.returns), None)
    if top:
        sentences.append(
            f"Sebab pengembalian terbanyak: {top.label}, {angka(top.returns, 0)} pengembalian."
        )
    return [{"kind": "list", "items": sentences}]


def reason_bars(figures: Figures) -> Block:
    """Chart: in how many returns each checklist item was a reason."""
    return _bars(
        "Sebab dikembalikan (banyak pengembalian)",
        [(reason.label, reason.returns) for reason in figures.reasons],
    )


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _if_rows(table: Table) -> list[Block]:
    return [_table(table)] if table.rows else []


def _table(table: Table, titled: bool = True) -> Block:
    kinds = [column.kind for column in table.columns]
    return {
        "kind": "table",
        "title": table.title if titled else "",
        "note": table.note,
        "columns": [
            {"label": column.label, "width": column.width, "number": column.kind is not Kind.TEXT}
            for column in table.columns
        ],
        "rows": [_written(row, kinds) for row in table.rows],
        "total": _written(table.total, kinds) if table.total else [],
    }


def _written(row: Iterable[Any], kinds: list[Kind]) -> list[str]:
    return [written(value, kind) for value, kind in zip(row, kinds, strict=True)]


def _bars(title: str, bars: list[tuple[str, int]]) -> Block:
    most = max((value for _, value in bars), default=0)
    return {
        "kind": "bars",
        "title": title,
        "alt": f"{title}: " + "; ".join(f"{label} {angka(value, 0)}" for label, value in bars),
        "most": max(most, 1),
        "bars": [
            {"label": label, "value": value, "text": angka(value, 0)} for label, value in bars
        ],
    }


def times(figures: Figures) -> Block:
    """Chart: median and nine-of-ten of each step against its limit, on an axis of whole hours."""
    rows = [_time_row(step) for step in figures.steps]
    longest = max(max(row["median"], row["p90"], row["limit"]) for row in rows)
    tick = _tick_hours(longest)
    title = "Waktu kerja tiap langkah terhadap batasnya (jam kerja)"
    return {
        "kind": "times",
        "title": title,
        "alt": f"{title}. Angka lengkap ada di tabel sesudahnya.",
        "most": tick * 3600 * _TICKS,
        "rows": rows,
        "ticks": [angka(tick * mark, 0) for mark in range(_TICKS + 1)],
    }


def _tick_hours(longest: int) -> int:
    """Whole hours between two marks of the axis: 1, 2, 5, 10, 20, 50, ..."""
    tick, factors = 1, (2, 5, 10)
    while tick * 3600 * _TICKS < longest:
        magnitude = 10 ** (len(str(tick)) - 1)
        tick = next(magnitude * factor for factor in factors if magnitude * factor > tick)
    return tick


def _time_row(step: StepTime) -> dict[str, Any]:
    return {
        "label": step.label,
        "text": f"{share(step.within, step.ended)} dalam tenggat" if step.ended else "belum ada",
        "median": step.median_seconds or 0,
        "p90": step.p90_seconds or 0,
        "limit": step.limit_seconds or 0,
    }


def _mean(part: int, whole: int) -> str:
    return angka(part / whole, 1) if whole else "-"
