"""The fast road for CSV: polars parses, where it provably reads what Python's csv would.

The file is taken block by block, each cut at a line end outside quotes. A block is parsed by
polars when every quote in it is an RFC 4180 quote, no line has more or fewer cells than the
table, and nothing in it is read differently by the two (NUL, lone carriage returns, a mark in
the middle). A block with ragged rows goes through `csv` alone; from a quote out of place on, the
rest of the file does, since it may reach over any number of lines.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

import polars as pl

from .source import Row

BLOCK = 4 * 1024 * 1024  # smaller ones take less memory and more time
_LONGEST = 64 * 1024 * 1024  # a record longer than this is left to the careful reader
_HEAD = 256 * 1024  # in which the header is looked for
_TAIL = 64 * 1024  # in which the last line end of a block is looked for
_FEW_QUOTES = 2_000  # of a block, looked at one by one


class Odd(Exception):
    """From here on only the careful reader can tell the records."""


class Block(NamedTuple):
    """Consecutive records: a frame of them, or rows where they are ragged.

    first: number of the first among the file's records. position: bytes of the file read.
    """

    first: int
    content: pl.DataFrame | list[Row]
    position: int


class Place(NamedTuple):
    """Where a block of a file in UTF-8 begins: records and bytes before it."""

    records: int
    position: int


START = Place(0, 0)


class FastCsv:
    """A text file as frames of text, one column a cell position, named "1", "2" ...

    encoding: as `detect_encoding` names it. width: cells of a row. Iterating raises Odd where
    the careful reader has to go on; `done` is then the number of records given.
    """

    def __init__(self, path: Path, encoding: str, delimiter: str, width: int) -> None:
        self._path = path
        self._encoding = encoding
        self._delimiter = delimiter
        self._width = width
        self._schema = {str(number): pl.String for number in range(1, width + 1)}
        mark = re.escape(delimiter.encode())
        # The quote comes first in the expression: a literal is what `re` searches fast.
        self._quoted = re.compile(
            rb'"(?<![^%s\r\n]")[^"]*(?:""[^"]*)*"(?![^%s\r\n])' % (mark, mark)
        )
        self.done = 0
        self.position = 0

    def blocks(self, skip: int, begin: Place = START) -> Iterator[Block]:
        """The records after the first `skip`, from a place on where a block began."""
        self.done, self.position = begin
        for piece in self._pieces():
            if self.done < skip:
                piece = self._after(piece, skip)
                if not piece:
                    continue
            content = self._content(piece)
            del piece  # as large as a block, and of no more use
            first = self.done + 1
            self.done += len(content)
            yield Block(first, content, self.position)

    def _pieces(self) -> Iterator[bytes]:
        """Blocks in UTF-8 without a mark, each ending at a line end outside quotes."""
        with self._path.open("rb") as stream:
            if self._encoding == "utf-8":
                yield from self._as_they_stand(stream)
            else:
                yield from self._decoded(stream)

    def _as_they_stand(self, stream: BinaryIO) -> Iterator[bytes]:
        """Looks for the line end first, so that no block has to be copied to be cut."""
        size = self._path.stat().st_size
        stream.seek(self.position)
        wanted = BLOCK
        while self.position < size:
            piece = stream.read(_up_to_line_end(stream, wanted))
            end = len(piece) if stream.tell() >= size else _end(piece)
            if not end:
                wanted += BLOCK
                if wanted > _LONGEST:
                    raise Odd
                stream.seek(self.position)
                continue
            self.position += end
            stream.seek(self.position)
            wanted, block = BLOCK, piece[:end]
            del piece
            yield block
            del block

    def _decoded(self, stream: BinaryIO) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        rest = b""
        while raw := stream.read(BLOCK):
            self.position += len(raw)
            data = rest + decoder.decode(raw).encode()
            end = _end(data)
            if end:
                yield data[:end]
            rest = data[end:]
            if len(rest) > _LONGEST:
                raise Odd
        rest += decoder.decode(b"", final=True).encode()
        if rest:
            yield rest

    def _after(self, block: bytes, skip: int) -> bytes:
        """What follows the first `skip` records, which lie at the beginning."""
        head = block[:_HEAD] if len(block) > _HEAD else block
        used = 0

        def lines() -> Iterator[str]:
            nonlocal used
            for line in StringIO(head.decode(errors="replace"), newline=""):
                used += len(line.encode())
                yield line

        reader = csv.reader(lines(), delimiter=self._delimiter)
        for _ in range(skip):
            if next(reader, None) is None:
                raise Odd
        whole = self.position >= self._path.stat().st_size and head.count(b'"') % 2 == 0
        if used >= len(head) and not whole:
            raise Odd  # the header may reach further
        self.done = skip
        return block[used:]

    def _content(self, block: bytes) -> pl.DataFrame | list[Row]:
        quotes = block.count(b'"')
        cells = self._quoted_cells(block, quotes) if quotes else 0
        if b"\r" in block:
            bare = self._bare(block)
            if bare.count(b"\r") != bare.count(b"\r\n"):
                if quotes:
                    raise Odd
                block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\0" in block or block.startswith(codecs.BOM_UTF8):
            return self._rows(block)
        frame = self._parsed(block, quotes > 0)
        if frame is None or not self._even(frame, block, cells + quotes // 2):
            return self._rows(block)
        return frame

    def _quoted_cells(self, block: bytes, quotes: int) -> int:
        """How many cells are quoted. Raises Odd where a quote is none of RFC 4180."""
        if quotes > _FEW_QUOTES:
            bare, cells = self._quoted.subn(b"", block)
            if b'"' in bare:
                raise Odd
            return cells
        cells, place = 0, block.find(b'"')
        while place >= 0:
            cell = self._quoted.match(block, place)
            if cell is None:
                raise Odd
            cells += 1
            place = block.find(b'"', cell.end())
        return cells

    def _bare(self, block: bytes) -> bytes:
        """The block without its quoted cells."""
        return self._quoted.sub(b"", block) if b'"' in block else block

    def _parsed(self, block: bytes, quoted: bool) -> pl.DataFrame | None:
        try:
            return pl.read_csv(
                block,
                has_header=False,
                schema=self._schema,
                separator=self._delimiter,
                quote_char='"' if quoted else None,
                empty_string_is_null=False,
            )
        except pl.exceptions.PolarsError:
            return None  # a row with more cells than the table, or bytes that are no UTF-8

    def _even(self, frame: pl.DataFrame, block: bytes, quoting: int) -> bool:
        """Whether no row is short: polars refuses long rows and fills short ones with blanks.

        quoting: bytes of the block that are quotes and no part of a cell.
        """
        if self._adds_up(frame, block, quoting):
            return True
        bare = self._bare(block)
        lines = bare.count(b"\n") + (not bare.endswith(b"\n"))
        delimiters = bare.count(self._delimiter.encode())
        return len(frame) == lines and delimiters == lines * (self._width - 1)

    def _adds_up(self, frame: pl.DataFrame, block: bytes, quoting: int) -> bool:
        """Whether cells, quotes, delimiters and line ends of whole rows are as long as the block.

        A short row lacks delimiters, and nothing else makes a block shorter. Adding up the cells
        is far cheaper than counting delimiters.
        """
        length = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
        length += len(frame) * (self._width - 1) + quoting
        length += len(frame) - (not block.endswith(b"\n"))
        if b"\r" in block:
            length += self._bare(block).count(b"\r\n")
        return length == len(block)

    def _rows(self, block: bytes) -> list[Row]:
        stream = StringIO(block.decode(errors="replace"), newline="")
        try:
            return list(csv.reader(stream, delimiter=self._delimiter))
        except csv.Error as error:
            raise Odd from error


def _up_to_line_end(stream: BinaryIO, wanted: int) -> int:
    """How many of the bytes `wanted` end at a line end, as far as the last few tell."""
    start = stream.tell()
    before = max(0, wanted - _TAIL)
    stream.seek(start + before)
    tail = stream.read(wanted - before)
    stream.seek(start)
    end = tail.rfind(b"\n") + 1
    return before + end if end and len(tail) == wanted - before else wanted


def _end(data: bytes) -> int:
    """Where the last line that ends outside quotes ends; 0 when none does."""
    end = data.rfind(b"\n") + 1
    if not end and b'"' not in data:
        return data.rfind(b"\r", 0, len(data) - 1) + 1
    odd = data.count(b'"', 0, end) % 2
    while end and odd:
        before = data.rfind(b"\n", 0, end - 1) + 1
        odd ^= data.count(b'"', before, end) % 2
        end = before
    return end
