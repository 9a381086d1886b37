"""Twins of text files and of whole formats: delimiters, encodings, line ends, HTML, JSON."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from .twin_files import WRITERS, Sheet, as_csv, as_html
from .twins import GRID, HEAD, ROWS, SCHEMA, Twin, data, text_file

# A table with letters beyond ASCII, for the encodings.
_NOTES = [[*HEAD, "keterangan"], *([*row, "panen – “baik”"] for row in ROWS[:7])]
_NOTES += [[*row, "panen – “cukup”"] for row in ROWS[7:]]
_NOT_UTF8 = {"code": "not-utf8", "says": ["CSV UTF-8"]}
_HTML = {"code": "html-as-xls", "says": ["XLS", "XLSX"]}


def twins() -> list[Twin]:
    """Delimiters, encodings, line ends, the clean table in every format, disguises."""
    return [*_delimiters(), *_encodings(), *_lines(), *_formats(), *_pages(), *_json()]


def _delimiters() -> list[Twin]:
    return [
        Twin(name, file, text_file(as_csv(GRID, delimiter)))
        for name, file, delimiter in (
            ("semicolon", "data.csv", ";"),
            ("tab", "data.csv", "\t"),
            ("tab-tsv", "data.tsv", "\t"),
            ("pipe", "data.csv", "|"),
        )
    ] + [
        Twin(
            "excel-separator-line",
            "data.csv",
            text_file("sep=;\n" + as_csv(GRID, ";")),
            [{"code": "title-rows", "row": 2, "value": "sep=", "says": ["Hapus"]}],
            header=2,
        )
    ]


def _encodings() -> list[Twin]:
    text = as_csv(_NOTES)
    labels = tuple(_NOTES[0])
    twin = partial(Twin, file="data.csv", clean=_NOTES, labels=labels)
    marked = {"utf-16-le-mark": ("\ufeff", "utf-16-le"), "utf-16-be-mark": ("\ufeff", "utf-16-be")}
    return [
        twin("bom", content=text_file(text, "utf-8-sig")),
        twin("windows-1252", content=text_file(text, "cp1252"), findings=[_NOT_UTF8]),
        *(
            twin(name, content=text_file(mark + text, encoding), findings=[_NOT_UTF8])
            for name, (mark, encoding) in {
                **marked,
                "utf-16-le": ("", "utf-16-le"),
                "utf-16-be": ("", "utf-16-be"),
            }.items()
        ),
    ]


def _lines() -> list[Twin]:
    broken = [list(row) for row in _NOTES]
    broken[3][6] = "panen –\n“baik”"
    untidy = {"code": "untidy-text", "column": 7, "row": 4, "says": ["1 sel", "`panen – “baik”`"]}
    old = {"code": "old-line-ends", "says": ["CSV UTF-8"]}
    headless = {"code": "no-header", "row": 1, "says": ["Sisipkan"]}
    return [
        Twin("crlf", "data.csv", text_file(as_csv(GRID, end="\r\n"))),
        Twin("lone-cr", "data.csv", text_file(as_csv(GRID, end="\r")), [old]),
        Twin("no-last-line-end", "data.csv", text_file(as_csv(GRID).rstrip("\n"))),
        Twin(
            "embedded-newline",
            "data.csv",
            text_file(as_csv(broken)),
            [untidy],
            clean=_NOTES,
            labels=tuple(_NOTES[0]),
        ),
        Twin(
            "no-header",
            "data.csv",
            text_file(as_csv(ROWS)),
            [headless],
            schema=SCHEMA,
            header=0,
            labels=tuple(f"kolom_{n}" for n in range(1, 7)),
        ),
    ]


def _formats() -> list[Twin]:
    """The clean table itself: nothing is found in any format."""
    return [
        Twin(
            f"clean-{kind}",
            f"data.{kind}",
            lambda path, kind=kind: WRITERS[kind](path, [data()]),
            sheet="Data" if kind in ("xlsx", "xls", "ods") else "",
        )
        for kind in ("csv", "xlsx", "xls", "ods", "json")
    ]


def _pages() -> list[Twin]:
    plain = as_html(data())
    nested = _nested()
    page = "<!DOCTYPE html><html><head><title>x</title></head><body><p>Unduhan</p>"
    return [
        Twin("html-as-xls", "data.xls", text_file(plain), [_HTML]),
        Twin("html-as-xls-nested", "data.xls", text_file(nested), [_HTML]),
        Twin(
            "html-as-xls-layout-table",
            "data.xls",
            text_file(
                f"{page}<table><tr><td>{plain[plain.index('<table') : plain.index('</body')]}"
                "</td></tr></table></body></html>"
            ),
            [_HTML],
        ),
        Twin(
            "html-as-xls-left-open",
            "data.xls",
            text_file(re.sub("</(?:html|head|body|table|tr|td)>", "", plain)),
            [_HTML],
        ),
        Twin(
            "html-as-xls-utf-16",
            "data.xls",
            text_file("\ufeff" + plain.replace("utf-8", "utf-16"), "utf-16-le"),
            [_HTML],
        ),
    ]


def _nested() -> str:
    """Names on the left and figures on the right, each in a table of its own."""

    def part(first: int, last: int) -> str:
        piece = as_html(Sheet("", [row[first:last] for row in GRID]))
        return piece[piece.index("<table") : piece.index("</body")]

    left, right = part(0, 3), part(3, 6)
    outer = f"<table><tr><td><div>{left}</div></td><td><div>{right}</div></td></tr></table>"
    return f"<html><body>{outer}</body></html>"


def _json() -> list[Twin]:
    objects = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    place = {"type": "Point", "coordinates": [111.7, -8.05]}
    features = [{"type": "Feature", "properties": o, "geometry": place} for o in objects]

    def twin(name: str, file: str, content: Any) -> Twin:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        return Twin(name, file, text_file(text))

    return [
        twin("json-data", "data.json", {"status": "OK", "data": objects}),
        twin("json-result-records", "data.json", {"result": {"records": objects, "total": 14}}),
        twin("geojson", "data.geojson", {"type": "FeatureCollection", "features": features}),
        Twin(
            "json-text-numbers",
            "data.json",
            text_file(
                json.dumps([{**o, "petani": f"{o['petani']:,}".replace(",", ".")} for o in objects])
            ),
            [
                {
                    "code": "type-error",
                    "column": 6,
                    "rows": "2-8 11-14",
                    "value": "2.140",
                    "says": ["`2140`"],
                },
                {
                    "code": "number-as-text",
                    "column": 6,
                    "row": 9,
                    "value": "876",
                    "says": ["3 sel"],
                },
            ],
        ),
    ]
