"""What the portal still owes after a step: work that waits, also for a part that is away."""

from dataclasses import dataclass
from datetime import datetime

from .words import waktu

# By kind of work: what is not as it should be yet.
LACKS = {
    "release": "Edisi yang disetujui belum didiseminasikan",
    "index": "Pencarian belum menunjukkan isi yang terakhir",
    "load": "Tabel isi berkas belum siap",
    "check": "Berkas belum diperiksa mesin",
    "report": "Hasil pemeriksaan belum diteruskan ke program lain",
    "tidy": "Salinan rapi belum siap",
    "mark": "Excel bertanda belum siap",
    "drop": "Tabel lama belum dibuang",
    "settle": "Penunjukan yang mulai atau berakhir belum ditata",
    "head": "Kepala catatan belum dibawa keluar",
    "reconcile": "Pencocokan isi belum selesai",
    "request_mail": "Surel tentang sebuah permintaan belum terkirim",
    "letter": "Surel portal kepada pengelola atau penyimpan kepala catatan belum terkirim",
}
# Of use to whoever keeps the portal, to nobody else.
FOR_KEEPERS = frozenset({"report", "drop", "settle", "head", "reconcile", "request_mail", "letter"})


@dataclass(frozen=True)
class Owed:
    """One piece of work. ``part``: what was away when it was last tried; None: nothing was."""

    kind: str
    since: datetime
    part: str | None = None
    given_up: bool = False

    @property
    def text(self) -> str:
        """A sentence: what is lacking, since when, why, and what happens next."""
        why = f": {self.part} tidak menjawab atau penuh" if self.part else ""
        then = (
            "Portal berhenti mencobanya; minta pengelola portal menjalankannya lagi."
            if self.given_up
            else "Portal mencobanya lagi sendiri, paling lambat sepuluh menit sekali."
        )
        return f"{LACKS.get(self.kind, self.kind)} sejak {waktu(self.since)}{why}. {then}"

    def as_dict(self) -> dict[str, str | bool | None]:
        """As the API gives it; ``since`` ISO 8601."""
        return {
            "kind": self.kind,
            "since": self.since.isoformat(),
            "part": self.part,
            "given_up": self.given_up,
            "text": self.text,
        }
