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
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import polars as pl

from .source import Row

BLOCK = 8 * 1024 * 1024
_LONGEST = 8 * BLOCK  # a record longer than this is left to the careful reader
_HEAD = 256 * 1024  # in which the header is looked for


class Odd(Exception):
    """From here on only the careful reader can tell the records."""


class Block(NamedTuple):
    """Consecutive records: a frame of them, or rows where they are ragged.

    first: number of the first among the file's records. position: bytes of the file read.
    """

    first: int
    content: pl.DataFrame | list[Row]
    position: int


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

    def blocks(self, skip: int) -> Iterator[Block]:
        """The records after the first `skip`; one block is read ahead of the one given."""
        return _ahead(self._blocks(skip))

    def _blocks(self, skip: int) -> Iterator[Block]:
        self.done = 0
        for piece in self._pieces():
            if self.done < skip:
                piece = self._after(piece, skip)
                if not piece:
                    continue
            content = self._content(piece)
            first = self.done + 1
            self.done += len(content)
            yield Block(first, content, self.position)

    def _pieces(self) -> Iterator[bytes]:
        """Blocks in UTF-8 without a mark, each ending at a line end outside quotes."""
        decoder = None
        if self._encoding != "utf-8":
            decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        rest = b""
        with self._path.open("rb") as stream:
            while raw := stream.read(BLOCK):
                self.position += len(raw)
                data = rest + (decoder.decode(raw).encode() if decoder else raw)
                end = _end(data)
                if end:
                    yield data[:end]
                rest = data[end:]
                if len(rest) > _LONGEST:
                    raise Odd
        rest += decoder.decode(b"", final=True).encode() if decoder else b""
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
        plain = bare = block
        quoted = b'"' in block
        if quoted:
            bare = self._quoted.sub(b"", block)
            if b'"' in bare:
                raise Odd
        if b"\r" in bare and bare.count(b"\r") != bare.count(b"\r\n"):
            if quoted:
                raise Odd
            plain = bare = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\0" in block or block.startswith(codecs.BOM_UTF8):
            return self._rows(block)
        frame = self._parsed(plain, quoted)
        if frame is None or not self._even(frame, bare):
            return self._rows(block)
        return frame

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

    def _even(self, frame: pl.DataFrame, bare: bytes) -> bool:
        """Whether no row is short: polars refuses long rows and fills short ones with blanks."""
        lines = bare.count(b"\n") + (not bare.endswith(b"\n"))
        if len(frame) != lines:
            return False
        if not (frame[str(self._width)] == "").any():
            return True
        return bare.count(self._delimiter.encode()) == lines * (self._width - 1)

    def _rows(self, block: bytes) -> list[Row]:
        stream = StringIO(block.decode(errors="replace"), newline="")
        try:
            return list(csv.reader(stream, delimiter=self._delimiter))
        except csv.Error as error:
            raise Odd from error


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


def _ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same, each made in a thread while the one before it is judged."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = pool.submit(next, blocks, None)
            yield block
