"""What the columns of a table are for: where, when, what about, how much."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import periods, regions
from .layout import normal
from .schema import Column, is_year_column
from .years import years_in

REGION, PERIOD, CATEGORY, MEASURE, ASIDE = "region", "period", "category", "measure", "aside"
_ASIDE = re.compile(
    r"(?:no|nomor|nomer|no_urut|nomor_urut|urut|id|fid|objectid|ket|keterangan|catatan|sumber"
    r"|sumber_data|link|tautan|foto)"
)
_SORTS = re.compile(r"(?:rt|rw|umur|usia|kelas|golongan|minggu|minggu_ke|hari|tingkat|jenjang)")
_WIDER = re.compile(
    r"(?:nomor|no)_(?:prov(?:insi)?|kab(?:upaten)?(?:_kota)?|kota|kec(?:amatan)?|desa|kel(?:urahan)?)"
    r"|(?:nama_|id_)?(?:prov(?:insi)?|kab(?:upaten)?(?:_kota)?|kabkota|kota)"
)
_VILLAGE = re.compile(r"desa|kel(?:urahan)?(?:_|$)")
_NUMBERS = ("number", "integer")


def role(column: Column) -> str:
    """What a column is for, by its name and type."""
    name = normal(column.name)
    if regions.is_code_column(name) or regions.is_name_column(name) or _WIDER.fullmatch(name):
        return REGION
    if is_year_column(name) and not years_in(name):
        return PERIOD
    if periods.kind_of_label(name) is not None or periods.is_date_column(name):
        return PERIOD
    if _ASIDE.fullmatch(name):
        return ASIDE
    if column.type in _NUMBERS and not _SORTS.fullmatch(name):
        return MEASURE
    return CATEGORY


def measures(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of figures."""
    return tuple(column for column in columns if role(column) == MEASURE)


def key_columns(columns: Sequence[Column], periods_too: bool = True) -> tuple[Column, ...]:
    """The columns that say what a row is about; () where they hardly make a key.

    They do when a region is named better than by a village's name, which many villages share,
    and there are figures to be keyed.
    """
    roles = {column.number: role(column) for column in columns}
    places = [c for c in columns if roles[c.number] == REGION]
    sure = [c for c in places if regions.is_code_column(c.name) or not _VILLAGE.search(c.name)]
    if not sure or MEASURE not in roles.values():
        return ()
    wanted = (REGION, PERIOD, CATEGORY) if periods_too else (REGION, CATEGORY)
    return tuple(column for column in columns if roles[column.number] in wanted)
