"""Rows named after the region that holds the others: `Jawa Timur` below its regencies.

Such a row is a total without saying so. Whether a name is one depends on the table: in a table
of provinces `Jawa Timur` is data. The first rows of the sheet tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PROVINCES = """
aceh|sumatera utara|sumatera barat|riau|jambi|sumatera selatan|bengkulu|lampung
kepulauan bangka belitung|kepulauan riau|dki jakarta|jawa barat|jawa tengah|di yogyakarta
daerah istimewa yogyakarta|jawa timur|banten|bali|nusa tenggara barat|nusa tenggara timur
kalimantan barat|kalimantan tengah|kalimantan selatan|kalimantan timur|kalimantan utara
sulawesi utara|sulawesi tengah|sulawesi selatan|sulawesi tenggara|gorontalo|sulawesi barat
maluku|maluku utara|papua|papua barat|papua barat daya|papua selatan|papua tengah
papua pegunungan
"""
PROVINCES = frozenset(re.split(r"[|\n]", _PROVINCES.strip()))
_PREFIX = re.compile(r"^(?:provinsi|propinsi|prov\.?)\s+", re.IGNORECASE)
_REGENCY = re.compile(r"^(?:kabupaten|kab\.?|kota)\s+\S", re.IGNORECASE)
_REGIONS = re.compile(r"wilayah|daerah|prov|prop|kab|kota|kec|desa|kelurahan|region|regency", re.I)
_NATION = frozenset({"indonesia", "nasional"})
_OURS = frozenset({"kabupaten trenggalek", "kab. trenggalek", "kab trenggalek"})
_FEW = 0.2  # at most one row in five is an aggregate; more of them are the table's own rows
_LEAST = 3


def plain_region(text: str) -> str:
    """A region's name for comparing: lower case, single blanks, without `Provinsi`."""
    return _PREFIX.sub("", " ".join(text.lower().split()))


def aggregates_of(rows: Sequence[Sequence[str]], labels: Sequence[str]) -> frozenset[str]:
    """Names (as `plain_region` writes them) that make a row of this table an aggregate.

    rows: data rows of a sample as texts. labels: of the columns; regions are looked for only
    where a label speaks of them.
    """
    firsts = [first for row in rows if (first := first_words(row))]
    if len(firsts) < _LEAST:
        return frozenset()
    index = Counter(index for index, _ in firsts).most_common(1)[0][0]
    if index >= len(labels) or not _REGIONS.search(labels[index]):
        return frozenset()
    names = [plain_region(text) for _, text in firsts]
    found: set[str] = set()
    for kind, belongs in (
        (PROVINCES, PROVINCES.__contains__),
        (_NATION, _NATION.__contains__),
        (_OURS, lambda name: bool(_REGENCY.match(name))),
    ):
        if sum(map(belongs, names)) <= len(names) * _FEW:
            found |= kind
    return frozenset(found)


def first_words(row: Sequence[str]) -> tuple[int, str] | None:
    """(index, text) of the first cell that holds letters."""
    for index, text in enumerate(row):
        if text.lower() != text.upper():
            return index, text.strip()
    return None
