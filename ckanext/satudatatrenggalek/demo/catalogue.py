"""What datasets the demo has: ``catalogue.yaml`` read into plain records."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("catalogue.yaml")
MARK = " (contoh)"
NOTE = "Data contoh: angka dibangkitkan untuk peragaan, bukan angka resmi."


@dataclass(frozen=True)
class Priority:
    """Why a dataset is *Data Prioritas*."""

    year: str
    criterion: str
    source: str


@dataclass(frozen=True)
class Spec:
    """One dataset of the demo. Keys as explained at the head of ``catalogue.yaml``."""

    portal_id: int
    slug: str
    title: str
    office: str
    theme: str
    rows: str
    columns: tuple[str, ...]
    konsep: str
    definisi: str
    klasifikasi: str
    ukuran: str
    satuan: str
    unit: str
    tags: str
    story: str
    start: int
    years: tuple[int, int] = (0, 0)
    level: str = ""
    jenis: str = "statistik"
    frequency: str = "tahunan"
    period: str = "2025"
    spatial: str = "35.03"
    access: str = "terbuka"
    format: str = "csv"
    priority: Priority | None = None
    release_in: int = 0
    defects: tuple[dict[str, Any], ...] = ()
    at_first: dict[str, str] = field(default_factory=dict)
    findings: tuple[dict[str, Any], ...] = ()
    findings_again: tuple[dict[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """Address of the dataset's page."""
        return f"{self.slug}-contoh"


_LISTS = {f.name for f in fields(Spec) if str(f.type).startswith("tuple")}


def read() -> tuple[Spec, ...]:
    """All datasets, in the order of the file."""
    text = _FILE.read_text("utf-8")
    return tuple(_spec(row) for row in yaml.safe_load(text))


def _spec(row: dict[str, Any]) -> Spec:
    values: dict[str, Any] = {
        key: tuple(value) if key in _LISTS else value for key, value in row.items()
    }
    if "priority" in values:
        values["priority"] = Priority(**values["priority"])
    return Spec(**values)


def notes_of(spec: Spec) -> str:
    """The description of the dataset, ending with what its figures are."""
    by = spec.klasifikasi.lower().replace("; ", ", ")
    return f"{spec.title}, dirinci menurut {by}. {NOTE}"


def metadata_of(spec: Spec, office_name: str, planned: str, collected: str) -> dict[str, Any]:
    """The dataset's fields as a producer writes them, complete.

    :param planned: day of release, ISO. :param collected: planned collection day, ISO.
    """
    own = {"name": spec.name, "owner_org": office_name}
    days = {"tanggal_pengumpulan": collected, "jadwal_rilis": planned}
    return {**own, **_standard(spec), **_reach(spec), **days, **_priority(spec)}


def _standard(spec: Spec) -> dict[str, str]:
    """What the data is: description, subject, the five parts of *Standar Data*."""
    return {
        "title": spec.title + MARK,
        "notes": notes_of(spec),
        "jenis": spec.jenis,
        "theme": spec.theme,
        "tag_string": f"{spec.tags}, data contoh",
        "konsep": spec.konsep,
        "definisi": spec.definisi,
        "klasifikasi": spec.klasifikasi,
        "ukuran": spec.ukuran,
        "satuan": spec.satuan,
    }


def _reach(spec: Spec) -> dict[str, str]:
    """When and where it is about, who may use it, who answers for it."""
    return {
        "periode": spec.period,
        "accrualPeriodicity": spec.frequency,
        "temporal_start": f"{spec.years[0] or spec.period[:4]}-01-01",
        "temporal_end": _last_day(spec.period),
        "spatial_code": spec.spatial,
        "level_penyajian": spec.level or spec.rows,
        "accessRights": spec.access,
        "license_id": "cc-by" if spec.access == "terbuka" else "other-closed",
        "ii_pj_nama": spec.unit,
        "ii_pj_jabatan": f"Kepala {spec.unit.split(',')[0]}",
        "ii_pj_email": f"{spec.office}@contoh.trenggalek.test",
        "publisher_type": "pemerintah_daerah",
    }


def _last_day(period: str) -> str:
    return f"{period[:4]}-06-30" if period.endswith("S1") else f"{period[:4]}-12-31"


def _priority(spec: Spec) -> dict[str, str]:
    if spec.priority is None:
        return {}
    return {
        "prioritas_tahun": spec.priority.year,
        "kriteria_prioritas": spec.priority.criterion,
        "sumber_referensi": spec.priority.source,
    }
