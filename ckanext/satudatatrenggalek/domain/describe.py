"""Writes the procedure as a page for people, in Markdown.

``python -m ckanext.satudatatrenggalek.domain.describe`` prints it. It is committed as
``docs/sop.md``; a test compares the two, so the page cannot grow old.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from .sop import (
    ANSWERS_REQUESTS,
    CLOCKS,
    DEEDS,
    EDITABLE_STATES,
    OPEN_STATES,
    PUBLIC_READS,
    SOP_STEP_OF,
    STEPS,
    VISIBLE_TO,
    Access,
    Arrow,
    Item,
    Reading,
    Role,
    State,
    Step,
)

STATE_NAMES = {
    State.DRAFT: "Draf",
    State.AWAITING_CHECK: "Menunggu pemeriksaan",
    State.NEEDS_CORRECTION: "Perlu perbaikan",
    State.AWAITING_SUPERVISOR: "Pemeriksaan Pembina",
    State.AWAITING_APPROVAL: "Menunggu validasi",
    State.AWAITING_RELEASE: "Menunggu diseminasi",
    State.PUBLISHED: "Terpublikasi",
    State.SUPERSEDED: "Digantikan",
    State.RETRACTED: "Ditarik",
    State.DISCARDED: "Dibatalkan",
}

ROLE_NAMES = {
    Role.PRODUCER: "Produsen Data",
    Role.OFFICE_HEAD: "Kepala perangkat daerah",
    Role.SUPPORTING_CHECKER: "Walidata Pendukung",
    Role.CHECKER: "Pemeriksa (Walidata)",
    Role.APPROVER: "Penyetuju (Walidata)",
    Role.SUPERVISOR: "Pembina Data",
    Role.FORUM: "Forum Satu Data",
    Role.SECRETARIAT: "Sekretariat Forum",
    Role.LEADERSHIP: "Pimpinan",
    Role.SYSTEM: "Portal",
}

ITEM_NAMES = {
    Item.STANDARD: "Standar Data",
    Item.METADATA: "Metadata",
    Item.INTEROPERABILITY: "Interoperabilitas",
    Item.REFERENCE_CODES: "Kode Referensi dan Data Induk",
    Item.AS_PLANNED: "Sesuai rencana Daftar Data",
    Item.PERSONAL_DATA: "Data pribadi",
}

LEVEL_NAMES = {
    Access.OPEN: "Terbuka",
    Access.RESTRICTED: "Terbatas",
    Access.CLOSED: "Tertutup",
}

_READS = {
    Reading.FILES: "metadata dan berkas",
    Reading.METADATA: "metadata saja; berkasnya bisa diminta",
    Reading.NOTHING: "tidak ada",
}

_MEANINGS = {
    State.DRAFT: "Hanya terlihat oleh perangkat daerahnya; berkas dan metadata masih diisi.",
    State.AWAITING_CHECK: "Sudah diajukan; isi terkunci sampai diperiksa.",
    State.NEEDS_CORRECTION: "Dikembalikan dengan temuan; Produsen Data memperbaiki.",
    State.AWAITING_SUPERVISOR: "Data Prioritas diperiksa kembali oleh Pembina Data (Ps 35).",
    State.AWAITING_APPROVAL: "Dinyatakan sesuai; menunggu persetujuan.",
    State.AWAITING_RELEASE: "Disetujui; tayang segera atau pada waktu yang direncanakan.",
    State.PUBLISHED: "Edisi inilah yang dilihat publik.",
    State.SUPERSEDED: "Edisi yang lebih baru sudah tayang; edisi ini tetap bisa dibaca.",
    State.RETRACTED: "Ditarik dari publik dengan alasan yang diumumkan.",
    State.DISCARDED: "Dihentikan sebelum tayang; catatannya disimpan.",
}

_NEEDS = {
    "needs_ready_content": "metadata wajib terisi, sedikitnya satu berkas, pengecekan selesai",
    "needs_comment": "alasan",
    "needs_hash": "sidik isi (hash) yang dilihat",
    "needs_checklist": "daftar periksa lengkap",
    "needs_finding": "sedikitnya satu temuan",
    "needs_decree": "nomor SK dan perangkat daerah tujuan",
    "needs_clock_ended": "tenggat Pembina sudah lewat",
    "needs_approved_hash": "isi masih sama dengan yang disetujui",
    "needs_time_reached": "waktu tayang sudah tiba",
    "for_many": "boleh untuk banyak dataset sekaligus",
    "opens_submission": "tidak ada pengajuan lain yang terbuka",
}

_DEED_NEEDS = {
    "needs_comment": "alasan",
    "needs_hash": "sidik isi (hash) yang dilihat",
    "needs_letter": "pengirim dan nomor surat",
}

_NOT_BY = {
    "contributors": "yang mengunggah, mengubah, atau mengajukan edisi ini",
    "checkers": "yang memeriksa edisi ini*",
    "retractor": "yang menarik dataset ini",
}

_UNITS = {"day": "hari kerja", "hour": "jam kerja"}

_INTRO = """\
# Prosedur publikasi data

Halaman ini dibuat dari `ckanext/satudatatrenggalek/domain/sop.py` dengan
`python -m ckanext.satudatatrenggalek.domain.describe > docs/sop.md`; jangan diubah dengan tangan.

Sumber: SOP Pengelolaan Data 060/024/406.020/2023 langkah 5-9 dan Perpres 39/2019
Pasal 20-24 dan 32-37. Apa yang tidak ada di tabel ini ditolak oleh portal.
"""

_FOUR_EYES = """\
\\* Dapat dilonggarkan untuk walidata yang hanya satu orang (`one_person_walidata`); riwayat
mencatatnya.
"""

_VISIBILITY = """\
Produsen Data, kepala perangkat daerah, dan Walidata Pendukung hanya melihat perangkat daerah
tempat mereka ditunjuk. Publik melihat edisi yang terpublikasi, sesuai tingkat aksesnya.
"""

_LEVELS = """\
Edisi lama dibaca publik menurut tingkat aksesnya sendiri dan tingkat akses dataset sekarang: yang
lebih ketat yang berlaku. Yang tidak dibaca publik dibaca oleh petugas pada tabel di atas.
"""

_CLOCKS = """\
Waktu kerja dihitung tanpa akhir pekan, libur nasional, cuti bersama, dan libur daerah. Angka di
bawah adalah bawaan; ubah di `ckan.ini`. Jam Walidata berhenti selama Produsen memperbaiki.
"""


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _roles(roles: Iterable[Role]) -> str:
    held = set(roles)
    return ", ".join(ROLE_NAMES[role] for role in Role if role in held)


def _states() -> str:
    heads = ("Keadaan", "Nama di API", "Arti", "Langkah SOP", "Terbuka", "Dapat diubah")
    return _table(
        heads,
        (
            (
                STATE_NAMES[state],
                f"`{state.value}`",
                _MEANINGS[state],
                str(SOP_STEP_OF[state]),
                "ya" if state in OPEN_STATES else "-",
                "ya" if state in EDITABLE_STATES else "-",
            )
            for state in State
        ),
    )


def _target(arrow: Arrow) -> str:
    if arrow.target is None:
        return "tetap, perangkat daerah lain"
    name = STATE_NAMES[arrow.target]
    if arrow.priority_target is None:
        return name
    return f"{name}; Data Prioritas: {STATE_NAMES[arrow.priority_target]}"


def _needs(step: Step) -> str:
    return "; ".join(words for flag, words in _NEEDS.items() if getattr(step, flag)) or "-"


def _steps() -> str:
    heads = ("Langkah", "Nama di API", "Oleh", "Dari", "Ke", "Syarat", "Tidak boleh oleh")
    return _table(
        heads,
        (
            (
                step.label,
                f"`{step.name}`",
                _roles(arrow.roles),
                STATE_NAMES[arrow.source],
                _target(arrow),
                _needs(step),
                "; ".join(_NOT_BY[who] for who in step.not_by) or "-",
            )
            for step in STEPS
            for arrow in step.arrows
        ),
    )


def _deeds() -> str:
    rows = (
        (
            deed.label,
            f"`{deed.name}`",
            _roles(deed.roles),
            ", ".join(STATE_NAMES[state] for state in State if state in deed.states),
            "; ".join(words for flag, words in _DEED_NEEDS.items() if getattr(deed, flag)) or "-",
        )
        for deed in DEEDS
    )
    return _table(("Tindakan", "Nama", "Oleh", "Pada keadaan", "Syarat"), rows)


def _readers() -> str:
    rows = ((STATE_NAMES[state], _roles(VISIBLE_TO[state])) for state in State)
    return _table(("Keadaan", "Dapat dibaca oleh"), rows)


def _levels() -> str:
    rows = (
        (LEVEL_NAMES[level], f"`{level.value}`", _READS[PUBLIC_READS[level]]) for level in Access
    )
    table = _table(("Tingkat akses", "Nama di API", "Dibaca oleh semua orang"), rows)
    return f"{table}\nPermintaan dari publik dijawab oleh: {_roles(ANSWERS_REQUESTS)}.\n"


def _clocks(limits: Mapping[str, str]) -> str:
    heads = ("Keadaan", "Tenggat bagi", "Lama", "Pengaturan", "Langkah SOP")
    return _table(
        heads,
        (
            (
                STATE_NAMES[clock.state],
                ROLE_NAMES[clock.owner],
                f"{limits[clock.setting]} {_UNITS[clock.unit]}",
                f"`clock.{clock.setting}`",
                str(clock.sop_step or "tidak disebut"),
            )
            for clock in CLOCKS.values()
        ),
    )


def _items() -> str:
    rows = ((name, f"`{item.value}`") for item, name in ITEM_NAMES.items())
    return _table(("Butir daftar periksa (langkah 7)", "Nama di API"), rows)


def describe(limits: Mapping[str, str]) -> str:
    """The whole page as Markdown.

    :param limits: the number of each clock by the name of its setting, ``{"check_days": "1"}``.
    """
    sections = (
        ("Keadaan sebuah pengajuan", _states()),
        ("Langkah", f"{_steps()}\n{_FOUR_EYES}"),
        ("Tindakan yang tidak memindahkan pengajuan", _deeds()),
        ("Daftar periksa", _items()),
        ("Siapa melihat apa", f"{_VISIBILITY}\n{_readers()}\n{_LEVELS}\n{_levels()}"),
        ("Tenggat", f"{_CLOCKS}\n{_clocks(limits)}"),
    )
    return _INTRO + "".join(f"\n## {title}\n\n{text}" for title, text in sections)


def default_limits(declaration: str) -> dict[str, str]:
    """The defaults of the clocks, read from the text of ``config_declaration.yaml``."""
    return dict(re.findall(r"key: \S+\.clock\.(\w+)\s+default: (\d+)", declaration))


def main() -> None:
    """Print the page with the default numbers."""
    declaration = Path(__file__).parents[1] / "config_declaration.yaml"
    sys.stdout.write(describe(default_limits(declaration.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
