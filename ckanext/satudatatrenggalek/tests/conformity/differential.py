"""Fields and cells held against frictionless: every type, constraint and kind of writing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

V2 = "https://datapackage.org/profiles/2.0/tableschema.json"
VALUES = [
    *("1", " 1", "1 ", "\t1", "\xa01", "+1", "-0", "01", "1.0", "1.", "1e3", "1,000", "1.000"),
    *("12 5", "0x10", "99999999999999999999", "TRUE", "--1", "1\n", "1E400", "1e-400", ".5", "-.5"),
    *("1,5", "1.234,5", "1.234.567", "1e", "Rp 5", "5%", "1d", "0x1p3", "5", "5.0", "10", "9.99"),
    *("1000000000.0000000001", "1000000000", "-1000000000.0000000001", "2.5", "0", "-1", "3"),
    *("2024-01-05", " 2024-01-05", "2024-01-05 ", "24-01-05", "20240105", "05/01/2024"),
    *("2024/01/05", "2024-02-30", "2024-02-29", "2023-02-29", "2024-01-05T00:00:00", "0001-01-01"),
    *(
        "2024-01-05 00:00:00",
        "10000-01-01",
        "0000-01-01",
        "2024-01-31",
        "5 Jan 2024",
        "-2024-01-05",
    ),
    *("2024-13-01", "2024-01-05T10:30:00Z", "2024-01-05T10:30:00+07:00", "2024-01-05T25:00:00Z"),
    *("2024", " 2024", "24", "02024", "-024", "2024.0", "20 4", "2024-01", "2024-1", "2024-13"),
    *("10:30:00", "10:30", "24:00:00", "10:30:00Z", "10:30:61", "7:30:00", "10:30:00+07:00"),
    *("true", "True", "1", "t", "yes", "ya", "Y", "false", "FALSE", "on", "tidak", "x", "y", "xy"),
    *("P1D", "P1Y2M", "PT5M", "1D", "111.7,-8.05", "111.7, -8.05", "181,0", "-180,90", "1,91"),
    *('{"lon": 1, "lat": 2}', "[1, 2]", "[]", "{}", '{"type": "Point", "coordinates": [1, 2]}'),
    *(
        '{"type": "Titik"}',
        '{"a"',
        "a,b,c",
        "1,2,3",
        "a;b",
        "",
        " ",
        "  ",
        "-",
        "NA",
        "#N/A",
        "n/a",
    ),
    *("a@b.id", "a@b", "warga@trenggalekkab.go.id", "http://a.id/x", "a.id", "mailto:a@b.id"),
    *("123e4567-e89b-12d3-a456-426614174000", "123e4567", "YWJj", "YWJ", "POINT (1 2)", "POINT"),
    *("padi", "Padi", "jagung", "kedelai ", "ab", "abc", "abcd", "35.03.01", "35.03.1", "é", "éé"),
    *("35.03.01\n", "baris\ndua", 'petik " di tengah', "'", "a\tb", "﻿a", "٣", "ſ"),
]
# Values that only we refuse (number-not-plain); they are compared apart.
ODD = ["1_000", "NaN", "nan", "sNaN", "inf", "-Infinity", "१२", "１", "१.५", "2024-1-5", "２０２４"]


def field(kind, constraints=None, **more):
    item = {"name": "v", "type": kind, **more}
    return {**item, "constraints": constraints} if constraints else item


FIELDS = {
    "string": field("string"),
    "string email": field("string", format="email"),
    "string uri": field("string", format="uri"),
    "string uuid": field("string", format="uuid"),
    "string binary": field("string", format="binary"),
    "string required": field("string", {"required": True}),
    "string length": field("string", {"minLength": 2, "maxLength": 3}),
    "string pattern": field("string", {"pattern": r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"}),
    "string pattern either": field("string", {"pattern": "x|y"}),
    "string pattern unsafe": field("string", {"pattern": r"\w+(?=i)i|\D"}),
    "string pattern class": field("string", {"pattern": r"[a-z]+\d?|.{2}"}),
    "string enum": field("string", {"enum": ["padi", "jagung", "1"]}),
    "string long enum": field("string", {"enum": ["padi", "1", *(f"K{n}" for n in range(90))]}),
    "string all": field(
        "string", {"required": True, "minLength": 1, "pattern": "[a-z]+", "enum": ["padi", "ab"]}
    ),
    "integer": field("integer"),
    "integer required": field("integer", {"required": True}),
    "integer bounds": field("integer", {"minimum": 1, "maximum": "1000000000"}),
    "integer exclusive": field("integer", {"exclusiveMinimum": 1, "exclusiveMaximum": 10}),
    "integer vast bound": field("integer", {"maximum": 10**30}),
    "integer enum": field("integer", {"enum": [1, "5", 99999999999999999999]}),
    "integer long enum": field("integer", {"enum": list(range(3, 99))}),
    "integer not bare": field("integer", bareNumber=False),
    "number": field("number"),
    "number required": field("number", {"required": True}),
    "number bounds": field("number", {"minimum": "0", "maximum": 1000000000}),
    "number near": field("number", {"minimum": "-1000000000", "maximum": "9.99"}),
    "number exclusive": field("number", {"exclusiveMinimum": 1, "exclusiveMaximum": "2.5"}),
    "number enum": field("number", {"enum": ["1.0", 5]}),
    "number float": field("number", {"minimum": 1, "maximum": 10}, floatNumber=True),
    "number comma": field("number", decimalChar=","),
    "number comma bounds": field("number", {"minimum": 1}, decimalChar=",", groupChar="."),
    "number groups": field("number", groupChar=","),
    "number hash": field("number", groupChar="#"),
    "number not bare": field("number", bareNumber=False),
    "number not bare comma": field("number", bareNumber=False, decimalChar=",", groupChar="."),
    "boolean": field("boolean"),
    "boolean required": field("boolean", {"required": True}),
    "boolean words": field("boolean", trueValues=["ya", "Y"], falseValues=["tidak", "0"]),
    "boolean enum": field("boolean", {"enum": [True]}),
    "date": field("date"),
    "date any": field("date", format="any"),
    "date format": field("date", format="%d/%m/%Y"),
    "date bounds": field("date", {"minimum": "2024-01-05", "maximum": "2024-01-31"}),
    "date enum": field("date", {"enum": ["2024-01-05"]}),
    "datetime": field("datetime"),
    "datetime any": field("datetime", format="any"),
    "datetime format": field("datetime", format="%Y-%m-%d %H:%M:%S"),
    "time": field("time"),
    "time any": field("time", format="any"),
    "time format": field("time", format="%H:%M"),
    "time bounds": field("time", {"maximum": "10:30"}, format="%H:%M"),
    "year": field("year"),
    "year bounds": field("year", {"required": True, "minimum": "2024", "maximum": 2024}),
    "year enum": field("year", {"enum": [2024]}),
    "yearmonth": field("yearmonth"),
    "yearmonth bounds": field("yearmonth", {"minimum": "2024-01"}),
    "duration": field("duration"),
    "geopoint": field("geopoint"),
    "geopoint array": field("geopoint", format="array"),
    "geopoint object": field("geopoint", format="object"),
    "geojson": field("geojson"),
    "geojson topojson": field("geojson", format="topojson"),
    "object": field("object"),
    "object length": field("object", {"required": True, "minLength": 1}),
    "array": field("array"),
    "array length": field("array", {"maxLength": 1}),
    "list": field("list"),
    "list of integers": field("list", itemType="integer"),
    "list delimiter": field("list", {"minLength": 2}, delimiter=";"),
    "any": field("any"),
    "any required": field("any", {"required": True}),
    "any enum": field("any", {"enum": ["padi", "1"]}),
    "no type": {"name": "v"},
    "missing of its own": field("number", missingValues=["-", "NA"]),
    "missing and required": field("number", {"required": True}, missingValues=["-", "", "0"]),
    "missing with labels": field("integer", missingValues=[{"value": "-", "label": "tidak ada"}]),
    "nothing missing": field("string", {"minLength": 1}, missingValues=[]),
}
MISSING = {"default": None, "dashes": ["-", "NA", "1"], "none": [], "blank": ["", " "]}


def schema_of(item, missing=None, **more):
    schema = {"$schema": V2, "fields": [{"name": "id", "type": "string"}, item], **more}
    return schema if missing is None else {**schema, "missingValues": missing}


def write(path: Path, rows, head=("id", "v"), end="\n", delimiter=",", quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, delimiter=delimiter, quoting=quoting).writerows(
        [head, *rows]
    )
    path.write_bytes(stream.getvalue().encode())
    return path


def rows_of(values):
    return [(f"r{number}", value) for number, value in enumerate(values)]
