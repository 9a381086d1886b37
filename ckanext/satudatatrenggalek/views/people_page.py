"""Accounts without an appointment in force: a list, and the same as CSV."""

import csv
from io import StringIO
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Response

from ..documents.findings import harmless
from .meja import ask, meja

_MOST = 500
_HEAD = (
    "Nama akun",
    "Nama",
    "Surel",
    "Keadaan",
    "Pengelola portal",
    "Perangkat daerah menurut CKAN",
    "Penunjukan terakhir sampai",
    "Terakhir aktif",
)
_STATES = {"active": "aktif", "pending": "diundang"}


@meja.route("/penunjukan/tanpa-penunjukan", methods=["GET"])
def unappointed() -> Any:
    """One page of the list, by name; ``?anggota=1`` those CKAN still lets into an office."""
    args = tk.request.args
    asked = {name: args.get(name, "") for name in ("anggota", "sesudah")}
    listed = ask(
        "satudata_person_list_unappointed",
        members_only=bool(asked["anggota"]),
        after=asked["sesudah"],
    )
    return tk.render("meja/unappointed.html", {**listed, "asked": asked, "states": _STATES})


@meja.route("/penunjukan/tanpa-penunjukan.csv", methods=["GET"])
def unappointed_csv() -> Any:
    """The whole list. What a name begins with is never a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for row in _all(bool(tk.request.args.get("anggota"))):
        writer.writerow([harmless(cell) for cell in _line(row)])
    answer = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="akun-tanpa-penunjukan.csv")
    return answer


def _all(members_only: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = ask(
            "satudata_person_list_unappointed",
            members_only=members_only,
            after=after,
            limit=_MOST,
        )
        found += page["results"]
        after = page["next"]
    return found


def _line(row: dict[str, Any]) -> list[str]:
    offices = [f"{m['office']['title']} ({m['capacity']})" for m in row["memberships"]]
    return [
        row["name"],
        row["title"],
        row["email"] or "",
        str(_STATES.get(row["state"], row["state"])),
        "ya" if row["sysadmin"] else "",
        "; ".join(offices),
        row["last_appointment"] or "",
        (row["last_active"] or "")[:10],
    ]
