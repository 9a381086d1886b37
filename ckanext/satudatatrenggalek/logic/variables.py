"""What a file's columns mean, in the names of MS-Var (BPS), told wherever a dataset is shown.

Table Schema has words of its own for some of it; the national ones are made from them here.
"""

from typing import Any

from ..conformity import codes_of
from ..model.basis import read_json

_TYPES = {"integer": "Integer", "year": "Integer", "number": "Float", "array": "Array"}
# MS-Var's name: the name in the Table Schema of the portal's table of columns.
_TEXTS = {
    "alias": "title",
    "konsep": "konsep",
    "definisi": "description",
    "ukuran": "ukuran",
    "satuan": "satuan",
}


def tell(package: dict[str, Any]) -> None:
    """Write ``variabel`` on each file that has a table of columns.

    :param package: as ``package_show`` gives it; changed in place. ``variabel`` is ``[{nama,
        tipe_data, alias, konsep, definisi, ukuran, satuan, value_domain}]``, what is not written
        left out.
    """
    for resource in package.get("resources") or ():
        resource.pop("variabel", None)
        fields = (read_json(resource.get("schema")) or {}).get("fields")
        if isinstance(fields, list):
            resource["variabel"] = [_variable(f) for f in fields if _is_named(f)]


def _is_named(field: Any) -> bool:
    return isinstance(field, dict) and bool(field.get("name"))


def _variable(field: dict[str, Any]) -> dict[str, Any]:
    texts = {ours: field.get(theirs) for ours, theirs in _TEXTS.items()}
    domain = {"value_domain": [str(code) for code in codes_of(field)]}
    told = {name: value for name, value in {**texts, **domain}.items() if value}
    kind = _TYPES.get(str(field.get("type")), "String")
    return {"nama": str(field["name"]), "tipe_data": kind, **told}
