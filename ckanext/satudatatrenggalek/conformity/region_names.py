"""Which columns hold the names of the regions whose codes another column holds."""

from __future__ import annotations

from collections.abc import Iterable

from . import regions
from .schema import Column


def names_beside(code: Column, names: Iterable[Column]) -> list[Column]:
    """Name columns of the same level as the code; all of them, finest first, for kode_wilayah."""
    level = regions.level_of(code.name)
    order = [regions.VILLAGE, regions.DISTRICT, regions.REGENCY, regions.PROVINCE, ""]
    own = _list_of(code.name)
    fitting = [
        c
        for c in names
        if (not level or regions.level_of(c.name) == level)
        and not (own and _list_of(c.name) not in ("", own))
    ]
    return sorted(fitting, key=lambda c: order.index(regions.level_of(c.name)))


def _list_of(label: str) -> str:
    return next((word for word in ("bps", "kemendagri") if word in label.lower()), "")
