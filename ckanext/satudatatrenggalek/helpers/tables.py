"""The first rows of a file, ready to be printed."""

from decimal import Decimal, InvalidOperation
from typing import Any

from ..domain import words
from .fields import satudata_variables
from .knowing import ask

__all__ = [
    "satudata_preview",
]


def satudata_preview(resource: dict[str, Any], limit: int = 6) -> dict[str, Any] | None:
    """The first rows of a file as text.

    ``{columns: [{title, numeric, unit, meaning}], rows: [[text]], more}``; ``unit`` and ``meaning``
    are those of the table of columns, empty where it says nothing.

    The public reads them from the DataStore, staff from the file itself, loaded or not. Columns
    take title and type from the Table Schema; numbers are written the Indonesian way. None when
    there is no table to show.
    """
    table = _stored_rows(resource, limit) or _file_rows(resource, limit)
    if table is None:
        return None
    described = {v["name"]: v for v in satudata_variables({"resources": [resource]})}
    columns = [_column(name, kind, described) for name, kind in table["columns"]]
    columns = [_aligned(c, n, table["rows"]) for n, c in enumerate(columns)]
    rows = [[_cell(*pair) for pair in zip(row, columns, strict=False)] for row in table["rows"]]
    return {"columns": columns, "rows": rows, "more": table["more"]}


def _stored_rows(resource: dict[str, Any], limit: int) -> dict[str, Any] | None:
    if not resource.get("datastore_active"):
        return None
    found = ask("datastore_search", {"resource_id": resource["id"], "limit": limit, "sort": "_id"})
    if found is None:
        return None
    columns = [(f["id"], f["type"]) for f in found["fields"] if f["id"] != "_id"]
    rows = [[record[name] for name, _ in columns] for record in found["records"]]
    return {"columns": columns, "rows": rows, "more": found["total"] > len(rows)}


def _file_rows(resource: dict[str, Any], limit: int) -> dict[str, Any] | None:
    asked = {"resource_id": resource["id"], "offset": 0, "limit": limit}
    found = ask("satudata_conformity_table", asked)
    if not found or not found["columns"]:
        return None
    rows = [[cell["value"] for cell in row["cells"]] for row in found["rows"]]
    return {
        "columns": [(name, "") for name in found["columns"]],
        "rows": rows,
        "more": found["more"],
    }


def _column(name: str, kind: str, described: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers count as numbers only where the schema says so: 2024 is a year, not 2.024."""
    variable = described.get(name, {})
    numeric = variable.get("type", kind) in ("integer", "number", "numeric", "float8")
    said = {"unit": variable.get("satuan") or "", "meaning": variable.get("description") or ""}
    return {"title": variable.get("title") or name, "numeric": numeric, **said}


def _aligned(column: dict[str, Any], number: int, rows: list[list[Any]]) -> dict[str, Any]:
    """Numbers of one column are shown with as many decimals as the longest of them has."""
    numbers = [_number(row[number]) for row in rows if number < len(row)]
    exponents = [int(n.as_tuple().exponent) for n in numbers if n is not None]
    return {**column, "decimals": max((-e for e in exponents if e < 0), default=0)}


def _cell(value: Any, column: dict[str, Any]) -> str:
    if value is None or value == "":
        return "-"
    number = _number(value) if column["numeric"] else None
    return str(value) if number is None else words.angka(number, column["decimals"])


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
