"""CSV and its relatives: encoding, delimiter, line ends and quotes as offices produce them.

Row numbers are records, not lines: a quoted line break does not start a new row.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TextIO

from .source import Problem, Row, Sheet, Source, Unreadable

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = 16 * 1024 * 1024  # a village boundary as WKT in one cell
LONGEST_LINE = 2 * FIELD_LIMIT
MOST_CELLS = 16_384  # of one row, as in a spreadsheet; what is beyond is cut
_SAMPLE = 64 * 1024
_CHUNK = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_text(path: Path, format: str, wanted: frozenset[str]) -> Source:
    """A CSV or TSV. wanted: normalised column names, which help to tell the delimiter."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        sample = stream.read(_SAMPLE)
    delimiter = "\t" if format == "tsv" and "\t" in sample else _delimiter(sample, wanted)
    source = Source("csv", [], encoding=encoding, delimiter=delimiter, path=path)
    source.sheets.append(Sheet("", lambda: _read(path, source)))
    if encoding not in ("utf-8", "utf-8-sig"):
        source.note(Problem("not-utf8", {"encoding": encoding.upper()}))
    if "\r" in sample and "\n" not in sample:
        source.note(Problem("old-line-ends"))
    if "\0" in sample:
        source.note(Problem("binary-content"))
    return source


def detect_encoding(path: Path) -> str:
    """By its mark, else strict UTF-8 of the whole file, else UTF-16 by its zeros, else cp1252."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 3:
        return "utf-16-be"
    return "utf-8" if _decodes(path) else "cp1252"


def _decodes(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                # Most of most files is ASCII, which is far cheaper to tell than to decode.
                if decoder.getstate()[0] or not chunk.isascii():
                    decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str, wanted: frozenset[str]) -> str:
    """The one that cuts the sample into the most even table; names of columns decide first."""
    if sample[:5].lower().startswith("sep=") and len(sample) > 4:
        return sample[4] if sample[4] in DELIMITERS else ","
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter, wanted))


def _evenness(sample: str, delimiter: str, wanted: frozenset[str]) -> tuple[int, float, int]:
    records = _sample_records(sample, delimiter)
    widths = Counter(len(r) for r in records if len(r) > 1)
    if not widths:
        return 0, 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    names = max((len(wanted & {cell.strip().lower() for cell in r}) for r in records), default=0)
    return names, count / len(records), width


def _sample_records(sample: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                records.append(record)
            if len(records) >= 60:
                break
    except csv.Error:
        return records
    return records[:-1] if len(records) > 1 and len(sample) >= _SAMPLE else records


class _Lines:
    """Lines of one record, kept to look again at the last one when the file ends.

    A line that never ends is not read to its end: a gigabyte of it would be held in memory.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise Unreadable("line-too-long", limit=LONGEST_LINE // 1_000_000)
            self.kept.append(line)
            yield line


def _read(path: Path, source: Source) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), FIELD_LIMIT))
    with path.open(encoding=source.encoding, errors="replace", newline="") as stream:
        lines = _Lines(stream)
        number, last = 0, ""
        for record in csv.reader(lines, delimiter=source.delimiter):
            number += 1
            last = lines.kept[0] if len(lines.kept) == 1 else "".join(lines.kept)
            lines.kept.clear()
            if len(record) > MOST_CELLS:
                words = {"count": len(record), "limit": MOST_CELLS}
                source.note(Problem("too-many-columns", words, number))
            yield record[:MOST_CELLS]
    if _left_open(last, source.delimiter):
        source.note(Problem("unclosed-quote", row=number))
    if not number:
        raise Unreadable("source-error")


def _left_open(record: str, delimiter: str) -> bool:
    """Whether the last record ends inside a quote: only strict reading tells."""
    if '"' not in record:
        return False
    try:
        for _ in csv.reader(StringIO(record, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
