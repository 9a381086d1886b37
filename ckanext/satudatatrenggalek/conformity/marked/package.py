"""An XLSX as what it is, a zip of parts: read some, replace a few, copy the rest as they are."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from pathlib import Path
from typing import IO, Any

import lxml.etree as etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "[Content_Types].xml"
_OLDEST = (1980, 1, 1, 0, 0, 0)
_SMALL = 64 * 1024 * 1024  # parts held in memory; a sheet is streamed


class Unmarkable(Exception):
    """A workbook whose parts are not as expected; it is marked as a copy of its table instead."""


def read_xml(content: bytes) -> Any:
    """The root of a part. No entity is expanded, nothing is fetched. Raises Unmarkable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unmarkable("xml") from error
    if root.getroottree().docinfo.doctype:
        raise Unmarkable("doctype")
    return root


def write_xml(root: Any) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class Package:
    """The parts of a workbook. Changes are kept until `save`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._changed: dict[str, bytes | IO[bytes]] = {}

    def has(self, name: str) -> bool:
        """Whether a part of this name exists."""
        return name in self._names or name in self._changed

    def read(self, name: str) -> bytes:
        """A part as it is now. Raises Unmarkable when there is none or it is huge."""
        changed = self._changed.get(name)
        if isinstance(changed, bytes):
            return changed
        if name not in self._names or self._archive.getinfo(name).file_size > _SMALL:
            raise Unmarkable(name)
        return self._archive.read(name)

    def open(self, name: str) -> IO[bytes]:
        """A part of the original to be streamed. Raises Unmarkable."""
        if name not in self._names:
            raise Unmarkable(name)
        return self._archive.open(name)

    def put(self, name: str, content: bytes | IO[bytes]) -> None:
        """Replace or add a part; a stream is read from its beginning when saved."""
        self._changed[name] = content

    def free(self, pattern: str) -> str:
        """A part name not in use: `xl/comments{}.xml` with the first free number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def save(self, target: Path) -> None:
        """Write the package; parts that were not changed have the same content."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self._archive.infolist():
                if info.filename not in self._changed:
                    with self._archive.open(info) as part, out.open(_like(info), "w") as copy:
                        shutil.copyfileobj(part, copy)
            for name, content in self._changed.items():
                with out.open(_like(zipfile.ZipInfo(name, _OLDEST)), "w") as copy:
                    if isinstance(content, bytes):
                        copy.write(content)
                    else:
                        content.seek(0)
                        shutil.copyfileobj(content, copy)

    # Relationships and content types

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Relationship id to part name, of one kind ("comments", "worksheet")."""
        rels = _rels_of(part)
        if not self.has(rels):
            return {}
        found = {}
        for item in read_xml(self.read(rels)):
            internal = item.get("TargetMode", "Internal") == "Internal"
            if internal and item.get("Type") == f"{RELATED}/{kind}":
                found[item.get("Id", "")] = _resolve(part, item.get("Target", ""))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; gives its id."""
        rels = _rels_of(part)
        root = (
            read_xml(self.read(rels))
            if self.has(rels)
            else etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
        )
        used = {item.get("Id") for item in root}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        etree.SubElement(
            root,
            f"{{{_RELS}}}Relationship",
            Id=f"rId{number}",
            Type=f"{RELATED}/{kind}",
            Target=posixpath.relpath(target, posixpath.dirname(part)),
        )
        self.put(rels, write_xml(root))
        return f"rId{number}"

    def declare(self, name: str, content_type: str) -> None:
        """State the content type of an added part."""
        root = read_xml(self.read(_CONTENT))
        etree.SubElement(
            root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
        )
        self.put(_CONTENT, write_xml(root))


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    copy.compress_type = zipfile.ZIP_DEFLATED
    copy.external_attr = info.external_attr
    copy.file_size = info.file_size
    return copy


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
