"""Comments of a sheet and the drawing that shows them (VML, which Excel still wants).

The producer's own comments stay; a cell that has one gets no second. Ours are known by their
author and are replaced when the file is marked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import lxml.etree as etree

from ..coordinates import column_letter
from ..messages.marked import AUTHOR
from .marks import Mark
from .package import MAIN, Unmarkable, read_xml, write_xml
from .text import for_xml

_N = f"{{{MAIN}}}"
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_PLACE = re.compile(rb"<x:(Row|Column)>\s*([0-9]+)\s*</x:\1>")
_IDENTITY = re.compile(rb"_s([0-9]{1,9})")
_EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_BLOCK = 1024  # shape numbers Excel gives out at a time

_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_NOTE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202"'
    ' style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


class Comments:
    """The comments part of one sheet."""

    def __init__(self, content: bytes | None) -> None:
        self._root = read_xml(content or _EMPTY)
        authors, items = self._root.find(f"{_N}authors"), self._root.find(f"{_N}commentList")
        if authors is None or items is None:
            raise Unmarkable("comments")
        self._authors: Any = authors
        self._items: Any = items

    def content(self) -> bytes:
        """The part's bytes."""
        return write_xml(self._root)

    def drop_ours(self) -> set[str]:
        """Take away what an earlier marking wrote; gives the cells."""
        ours = {str(i) for i, a in enumerate(self._authors) if (a.text or "") == AUTHOR}
        dropped = [item for item in self._items if item.get("authorId") in ours]
        for item in dropped:
            self._items.remove(item)
        return {item.get("ref", "") for item in dropped}

    def add(self, marks: Iterable[Mark]) -> list[Mark]:
        """Comment cells that have no comment yet; gives those that were commented."""
        taken = {item.get("ref") for item in self._items}
        added = [mark for mark in marks if reference(mark) not in taken]
        author = str(self._author()) if added else ""
        for mark in added:
            item = etree.SubElement(
                self._items, f"{_N}comment", ref=reference(mark), authorId=author
            )
            run = etree.SubElement(etree.SubElement(item, f"{_N}text"), f"{_N}t")
            run.text = for_xml(mark.text)
            run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return added

    def _author(self) -> int:
        for index, author in enumerate(self._authors):
            if (author.text or "") == AUTHOR:
                return index
        etree.SubElement(self._authors, f"{_N}author").text = AUTHOR
        return len(self._authors) - 1


def reference(mark: Mark) -> str:
    """`C12` of a mark."""
    return f"{column_letter(mark.column)}{mark.row}"


def draw(content: bytes | None, dropped: set[str], added: Sequence[Mark]) -> bytes:
    """The drawing without the notes of `dropped` cells, with notes for `added` ones.

    Worked on as text: drawings of older programs are often no well-formed XML.
    """
    if content is None:
        blocks = ",".join(str(n) for n in range(1, len(added) // _BLOCK + 2))
        content = _DRAWING.format(blocks=blocks).encode()
    content = _SHAPE.sub(lambda m: b"" if _cell(m.group()) in dropped else m.group(), content)
    start = max((int(n) for n in _IDENTITY.findall(content)), default=_BLOCK)
    notes = "".join(_note(mark, start + n) for n, mark in enumerate(added, start=1))
    end = content.rfind(b"</xml>")
    if end < 0:
        raise Unmarkable("drawing")
    return content[:end] + notes.encode() + content[end:]


def _cell(shape: bytes) -> str:
    if b'ObjectType="Note"' not in shape:
        return ""
    place = {name: int(number) for name, number in _PLACE.findall(shape)}
    if not place.keys() >= {b"Row", b"Column"}:
        return ""
    return f"{column_letter(place[b'Column'] + 1)}{place[b'Row'] + 1}"


def _note(mark: Mark, number: int) -> str:
    row, column = mark.row - 1, mark.column - 1
    lines = sum(len(line) // 38 + 1 for line in mark.text.split("\n"))
    high = min(max(lines, 3), 20) + 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {row + high}, 4"
    return _NOTE.format(number=number, anchor=escape(anchor), row=row, column=column)
