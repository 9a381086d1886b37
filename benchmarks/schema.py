"""What the tables to measure with should be. Loads nothing, so that it costs no memory."""

from __future__ import annotations

from typing import Any

VILLAGES = 83_000  # of Indonesia, about: the codes of a list of regions
V2 = "https://datapackage.org/profiles/2.0/tableschema.json"


def _field(name: str, kind: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "constraints": constraints}


SCHEMA = {
    "$schema": V2,
    "fields": [
        _field("tahun", "year", required=True, minimum="2000", maximum="2030"),
        _field("kode_wilayah", "string", required=True, pattern=r"(?:[0-9]{2}\.){2}[0-9]{2}"),
        _field("kecamatan", "string", required=True),
        _field("desa", "string", required=True, maxLength=40),
        _field("tanggal", "date"),
        _field("komoditas", "string", enum=["padi", "jagung", "kedelai"]),
        _field("petani", "integer", minimum=0),
        _field("kelompok", "integer", minimum=0, maximum=100_000),
        _field("luas_ha", "number", minimum=0),
        _field("produksi_ton", "number"),
        _field("rasio", "number", exclusiveMaximum=2),
        _field("uraian", "string"),
    ],
}
