"""What a notice says: headline, what happened, what to do. Indonesian, pure.

Facts of a notice: ``title, office, actor, note, findings [str], state, edition, when, to_do``; of
one about an end ``title, office, decree, until (ISO day), replaces, findings``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .describe import ITEM_NAMES, STATE_NAMES
from .notices import (
    APPOINTMENT_ENDS,
    APPOINTMENTS_END,
    ESCALATE,
    OFFICE_ENDS,
    RELEASE_GIVEN_UP,
    RELEASE_REFUSED,
    REMIND,
    Channel,
    Kind,
)
from .sop import Item, State
from .words import tanggal, waktu

KIND_NAMES: dict[Kind, tuple[str, str]] = {
    Kind.TASK: ("Tugas untuk Anda", "Ada yang harus Anda periksa, putuskan, atau perbaiki."),
    Kind.RESULT: ("Kemajuan pengajuan", "Dataset Anda dinyatakan sesuai, disetujui, ditahan."),
    Kind.DEADLINE: ("Tenggat", "Waktu hampir habis, atau sudah lewat."),
    Kind.PUBLIC: ("Terbit dan ditarik", "Edisi terbit, ditarik dari publik, ditayangkan lagi."),
}
CHANNEL_NAMES: dict[Channel, str] = {
    Channel.PORTAL: "Hanya di portal",
    Channel.MAIL: "Surel seketika",
    Channel.DIGEST: "Surel sekali sehari",
}

_TO_DO: dict[str, str] = {
    State.DRAFT.value: "Lengkapi metadata dan berkasnya, lalu ajukan.",
    State.NEEDS_CORRECTION.value: "Perbaiki setiap catatan, tandai yang selesai, lalu ajukan lagi.",
    State.AWAITING_CHECK.value: (
        "Periksa enam butirnya, lalu nyatakan sesuai atau kembalikan dengan catatan."
    ),
    State.AWAITING_SUPERVISOR.value: (
        "Lihat isinya, lalu nyatakan layak atau kembalikan dengan catatan."
    ),
    State.AWAITING_APPROVAL.value: "Lihat isinya, lalu setujui atau kembalikan dengan catatan.",
}


@dataclass(frozen=True)
class _Words:
    """``to_do``: the headline for whoever has to act now; ``head`` for everybody else."""

    head: str
    happened: str
    to_do: str = ""


_EVENTS: dict[str, _Words] = {
    "submit": _Words("Diajukan", "{actor} mengajukan dataset ini.", "Perlu diperiksa"),
    "withdraw": _Words("Ditarik kembali", "{actor} menarik kembali pengajuan ini."),
    "conform": _Words(
        "Dinyatakan sesuai", "{actor} menyatakan dataset ini sesuai.", "Perlu keputusan Anda"
    ),
    "return": _Words(
        "Dikembalikan", "{actor} mengembalikan dataset ini dengan catatan.", "Perlu perbaikan"
    ),
    "endorse": _Words(
        "Dinyatakan layak", "{actor} menyatakan dataset ini layak.", "Perlu persetujuan Anda"
    ),
    "skip_supervisor": _Words(
        "Dilanjutkan tanpa Pembina",
        "Waktu Pembina habis, dan {actor} melanjutkan dataset ini.",
        "Perlu persetujuan Anda",
    ),
    "send_back": _Words(
        "Diperiksa ulang", "{actor} meminta dataset ini diperiksa lagi.", "Perlu diperiksa ulang"
    ),
    "approve": _Words("Disetujui", "{actor} menyetujui dataset ini. {when}"),
    "hold": _Words("Penerbitan ditahan", "{actor} menahan dataset ini sebelum terbit."),
    "release": _Words("Sudah terbit", "Edisi {edition} dataset ini sudah terbit."),
    "revise": _Words("Edisi baru dibuka", "{actor} mulai mengerjakan edisi berikutnya."),
    "discard": _Words("Dibatalkan", "{actor} membatalkan pengajuan ini."),
    "retract": _Words("Ditarik dari publik", "{actor} menarik dataset ini dari publik."),
    "reinstate": _Words("Ditayangkan kembali", "{actor} menayangkan kembali dataset ini."),
    "transfer": _Words("Dialihkan", "Dataset ini sekarang milik {office}."),
    REMIND: _Words("Tenggat mendekat", "Waktu untuk langkah ini hampir habis.", "Tenggat mendekat"),
    ESCALATE: _Words(
        "Lewat tenggat", "Langkah «{state}» belum selesai pada waktunya.", "Lewat tenggat"
    ),
    RELEASE_REFUSED: _Words(
        "Belum bisa diterbitkan",
        "Isi dataset ini berubah sesudah disetujui, jadi portal tidak menerbitkannya.",
    ),
    RELEASE_GIVEN_UP: _Words(
        "Belum bisa diterbitkan",
        "Portal sudah berkali-kali mencoba menerbitkan dataset ini, selalu gagal, dan berhenti "
        "mencoba.",
    ),
    APPOINTMENT_ENDS: _Words(
        "Penunjukan Anda segera berakhir",
        "Tugas Anda{replaces} menurut keputusan {decree} berlaku sampai {until}.",
    ),
    APPOINTMENTS_END: _Words(
        "Penunjukan segera berakhir", "Penunjukan ini berakhir, paling lambat {until}."
    ),
    OFFICE_ENDS: _Words(
        "Perangkat daerah segera berakhir",
        "Hari terakhirnya {until}{by_decree}. Penunjukan untuknya ikut berakhir.",
    ),
}
_OTHER = _Words("Ada perubahan", "{actor} melakukan sesuatu pada dataset ini.")
_OWN_TO_DO: dict[str, str] = {
    RELEASE_REFUSED: "Tahan dataset ini, lihat perubahannya, lalu putuskan lagi.",
    RELEASE_GIVEN_UP: (
        "Minta pengelola portal mencari sebabnya dan menjalankannya lagi, atau tahan dataset ini."
    ),
    APPOINTMENT_ENDS: (
        "Selesaikan atau serahkan yang ada di tangan Anda sebelum hari itu. Bila tugasnya "
        "berlanjut, minta Walidata menunjuk Anda lagi dengan keputusan baru."
    ),
    APPOINTMENTS_END: (
        "Tunjuk lagi, dengan keputusan baru, siapa yang tugasnya berlanjut. Yang lain berakhir "
        "dengan sendirinya."
    ),
    OFFICE_ENDS: "Selesaikan atau serahkan yang ada di tangan Anda sebelum hari itu.",
}
# To whoever can do something about it.
_THEIRS_TO_DO = {
    OFFICE_ENDS: (
        "Alihkan datasetnya, dan tunjuk orang-orangnya untuk perangkat daerah penggantinya."
    ),
}


def headline(event: str, facts: Mapping[str, Any]) -> str:
    """``Perlu perbaikan: Jumlah Posyandu``: without a note, fit for every channel. One line."""
    words = _EVENTS.get(event, _OTHER)
    head = words.to_do if facts.get("to_do") and words.to_do else words.head
    return " ".join(f"{head}: {facts.get('title', '')}".split())


def happened(event: str, facts: Mapping[str, Any]) -> str:
    """One sentence: who did what."""
    known = {state.value: name for state, name in STATE_NAMES.items()}
    return (
        _EVENTS.get(event, _OTHER)
        .happened.format(
            actor=facts.get("actor") or "Portal",
            office=facts.get("office", ""),
            edition=facts.get("edition") or "",
            state=known.get(str(facts.get("state")), ""),
            when=_planned(facts.get("when")),
            until=_day(facts.get("until")),
            decree=facts.get("decree") or "-",
            by_decree=f" menurut {facts['decree']}" if facts.get("decree") else "",
            replaces=f" sebagai Plh. {facts['replaces']}" if facts.get("replaces") else "",
        )
        .strip()
    )


def _planned(moment: str | None) -> str:
    if not moment:
        return ""
    return f"Terbit {waktu(datetime.fromisoformat(moment))}."


def _day(day: str | None) -> str:
    return tanggal(date.fromisoformat(day)) if day else ""


def list_label(event: str) -> str:
    """What stands above the list of a notice."""
    return "Yang berakhir" if event == APPOINTMENTS_END else "Yang perlu diperbaiki"


def to_do(event: str, facts: Mapping[str, Any]) -> str:
    """What the reader has to do now; empty when nothing."""
    if facts.get("to_do") and event in _THEIRS_TO_DO:
        return _THEIRS_TO_DO[event]
    if event in _OWN_TO_DO:
        return _OWN_TO_DO[event]
    return _TO_DO.get(str(facts.get("state")), "") if facts.get("to_do") else ""


def finding_line(row: Mapping[str, Any]) -> str:
    """``Standar Data (baris 3, kolom satuan): Perbaiki satuannya.``"""
    items = {item.value: name for item, name in ITEM_NAMES.items()}
    places = (("sheet", "lembar"), ("row", "baris"), ("column", "kolom"), ("field", "isian"))
    where = ", ".join(f"{word} {row[name]}" for name, word in places if row.get(name))
    item = items.get(str(row.get("item")), items[Item.STANDARD.value])
    return f"{item}{f' ({where})' if where else ''}: {row['text']}"


def brief(event: str, facts: Mapping[str, Any], due: datetime | None, link: str) -> str:
    """A notice without its notes, ready to be pasted into a chat."""
    lines = [headline(event, facts), str(facts.get("office") or ""), happened(event, facts)]
    if due:
        lines.append(f"Tenggat: {waktu(due)}.")
    return "\n".join([line for line in lines if line] + [link])
