"""The workbook's styles with ours added: every marked cell keeps its look, only the fill is ours.

The producer's own fill goes into the second colour of ours, which a solid fill does not show. So
a marked file that comes back gets its colours back, also after Excel has numbered them anew.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import lxml.etree as etree

from ..report import ERROR, WARNING
from .package import MAIN, Unmarkable, read_xml, write_xml

COLOURS = {ERROR: "FFFBEAE6", WARNING: "FFFCF0DA"}  # brick and earth of the design
_N = f"{{{MAIN}}}"
_NONE = {"indexed": "64"}


class Styles:
    """`xl/styles.xml`, read and extended. Raises Unmarkable when it has no cell formats."""

    def __init__(self, content: bytes) -> None:
        self._root = read_xml(content)
        formats, fills = self._root.find(f"{_N}cellXfs"), self._root.find(f"{_N}fills")
        if formats is None or fills is None or not len(formats) or not len(fills):
            raise Unmarkable("styles")
        self._formats: Any = formats
        self._fills: Any = fills
        self._made: dict[tuple[int, str], int] = {}
        self._restored: dict[int, int] = {}
        self._ours = {i for i, fill in enumerate(fills) if _is_ours(fill)}

    def content(self) -> bytes:
        """The part's bytes, its counts put right."""
        for items in (self._formats, self._fills, self._root.find(f"{_N}fonts")):
            if items is not None:
                items.set("count", str(len(items)))
        return write_xml(self._root)

    def marked(self, index: int, severity: str) -> int:
        """The format `index` with the fill of a severity; itself where its pattern must stay."""
        index = self.restored(index)
        key = (index, severity)
        if key not in self._made:
            own = _fill_id(self._format(index))
            pattern = self._fills[own].find(f"{_N}patternFill") if own < len(self._fills) else None
            kind = "none" if pattern is None else pattern.get("patternType", "none")
            if pattern is None or kind not in ("none", "solid"):
                self._made[key] = index
            else:
                shown = pattern.find(f"{_N}fgColor") if kind == "solid" else None
                self._made[key] = self._with_fill(index, _fill(COLOURS[severity], shown))
        return self._made[key]

    def restored(self, index: int) -> int:
        """The format `index` without a fill of ours: as it was before it was marked."""
        if index >= len(self._formats) or _fill_id(self._formats[index]) not in self._ours:
            return index
        if index not in self._restored:
            fill = self._fills[_fill_id(self._formats[index])]
            hidden = fill.find(f"{_N}patternFill/{_N}bgColor")
            none = hidden is None or dict(hidden.attrib) == _NONE
            self._restored[index] = (
                self._with_fill_id(index, 0) if none else self._with_fill(index, _solid(hidden))
            )
        return self._restored[index]

    def wrapped(self, bold: bool = False) -> int:
        """A format of our own list: wrapped text at the top of its cell."""
        made = etree.SubElement(
            self._formats, f"{_N}xf", numFmtId="0", fontId="0", fillId="0", borderId="0"
        )
        if bold:
            made.set("fontId", str(self._bold_font()))
            made.set("applyFont", "1")
        made.set("applyAlignment", "1")
        etree.SubElement(made, f"{_N}alignment", vertical="top", wrapText="1")
        return len(self._formats) - 1

    def _bold_font(self) -> int:
        fonts = self._root.find(f"{_N}fonts")
        if fonts is None or not len(fonts):
            return 0
        font = deepcopy(fonts[0])
        if font.find(f"{_N}b") is None:
            font.insert(0, etree.Element(f"{_N}b"))
        fonts.append(font)
        return len(fonts) - 1

    def _format(self, index: int) -> Any:
        return self._formats[index if index < len(self._formats) else 0]

    def _with_fill(self, index: int, fill: Any) -> int:
        self._fills.append(fill)
        return self._with_fill_id(index, len(self._fills) - 1)

    def _with_fill_id(self, index: int, fill: int) -> int:
        made = deepcopy(self._format(index))
        made.set("fillId", str(fill))
        made.set("applyFill", "1")
        self._formats.append(made)
        return len(self._formats) - 1


def _fill_id(item: Any) -> int:
    text = item.get("fillId", "0")
    return int(text) if text.isdigit() else 0


def _is_ours(fill: Any) -> bool:
    colour = fill.find(f"{_N}patternFill[@patternType='solid']/{_N}fgColor")
    return colour is not None and colour.get("rgb", "").upper() in COLOURS.values()


def _fill(rgb: str, hidden: Any) -> Any:
    fill = etree.Element(f"{_N}fill")
    pattern = etree.SubElement(fill, f"{_N}patternFill", patternType="solid")
    etree.SubElement(pattern, f"{_N}fgColor", rgb=rgb)
    under = dict(hidden.attrib) if hidden is not None else _NONE
    etree.SubElement(pattern, f"{_N}bgColor", under)
    return fill


def _solid(hidden: Any) -> Any:
    fill = etree.Element(f"{_N}fill")
    pattern = etree.SubElement(fill, f"{_N}patternFill", patternType="solid")
    etree.SubElement(pattern, f"{_N}fgColor", dict(hidden.attrib))
    etree.SubElement(pattern, f"{_N}bgColor", _NONE)
    return fill
