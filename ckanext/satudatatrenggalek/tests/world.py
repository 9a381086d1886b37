"""A small regency to test in: offices, people, appointments, a dataset; all by public actions.

Use through the fixtures of ``tests/world_fixtures.py``.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.satudatatrenggalek import clock, jobs

# Everybody was appointed before any moment a test sets the clock to.
FOUNDED = datetime(2026, 1, 5, 2, 0, tzinfo=timezone.utc)
CSV = (
    "tahun,kode_wilayah,kecamatan,jumlah_posyandu\n"
    "2025,35.03.01,Panggul,78\n"
    "2025,35.03.02,Munjungan,64\n"
    "2025,35.03.03,Pule,59\n"
)
BAD_CSV = CSV.replace("35.03.03", "35.03.3")
SCHEMA = {
    "fields": [
        {"name": "tahun", "type": "year"},
        {"name": "kode_wilayah", "type": "string"},
        {"name": "kecamatan", "type": "string"},
        {"name": "jumlah_posyandu", "type": "integer"},
    ]
}
METADATA = {
    "notes": "Banyaknya posyandu menurut kecamatan.",
    "jenis": "statistik",
    "konsep": "Posyandu",
    "definisi": "Pos pelayanan terpadu yang aktif.",
    "klasifikasi": "Wilayah",
    "ukuran": "Jumlah",
    "satuan": "Unit",
    "periode": "2025",
    "accrualPeriodicity": "tahunan",
    "accessRights": "terbuka",
    "license_id": "cc-by",
    "ii_pj_nama": "Kepala Bidang",
    "ii_pj_jabatan": "Kepala Bidang Kesehatan Masyarakat",
    "ii_pj_email": "kesmas@example.org",
}
# What a level asks for beyond METADATA.
NEEDS: dict[str, dict[str, str]] = {
    "terbuka": {},
    "terbatas": {},
    "tertutup": {
        "dasar_hukum_pembatasan": "UU 14/2008 Pasal 17 huruf h",
        "uji_konsekuensi": "Lembar 045/PPID/2026",
        "keputusan_forum": "BA Forum 050/12/2026",
    },
}
ITEMS = (
    "standard",
    "metadata",
    "interoperability",
    "reference_codes",
    "as_planned",
    "personal_data",
)
CHECKLIST = {item: {"verdict": "conform"} for item in ITEMS}


def upload(text: str | bytes, name: str = "posyandu.csv") -> FileStorage:
    """A file as a form sends it."""
    data = text.encode() if isinstance(text, str) else text
    return FileStorage(stream=io.BytesIO(data), filename=name)


@dataclass
class World:
    """Names of accounts are those of the demo; each holds what its name says."""

    office: dict[str, Any]
    other_office: dict[str, Any]
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def context(self, name: str | None) -> dict[str, Any]:
        """The context of somebody calling an action; None for somebody not signed in."""
        user = model.User.get(self.users[name]["id"]) if name else None
        return {
            "user": user.name if user else "",
            "auth_user_obj": user or model.AnonymousUser(),
            "ignore_auth": False,
        }

    def call(self, action: str, by: str | None, **data: Any) -> Any:
        """Call an action as somebody, with every permission check on."""
        return tk.get_action(action)(self.context(by), data)

    def headers(self, name: str | None) -> dict[str, str]:
        """HTTP headers that sign somebody in by API token."""
        if name is None:
            return {}
        if name not in self.tokens:
            made = tk.get_action("api_token_create")(
                {"ignore_auth": True, "user": self.users[name]["name"]},
                {"user": self.users[name]["name"], "name": "test"},
            )
            self.tokens[name] = made["token"]
        return {"Authorization": self.tokens[name]}

    def dataset(self, name: str = "posyandu", by: str = "produsen", **more: Any) -> dict[str, Any]:
        """A draft with complete metadata and no file."""
        level = NEEDS.get(more.get("accessRights", "terbuka"), {})
        fields = {"title": "Jumlah Posyandu", **METADATA, **_schema_minimum(), **level, **more}
        return self.call(
            "package_create",
            by,
            name=name,
            owner_org=self.office["id"],
            **fields,
        )

    def file(
        self, package_id: str, text: str | bytes = CSV, by: str = "produsen", **more: Any
    ) -> dict[str, Any]:
        """Upload a file to a draft and let the machine check it."""
        resource = self.call(
            "resource_create",
            by,
            package_id=package_id,
            name="Posyandu per kecamatan",
            format="CSV",
            schema=json.dumps(SCHEMA),
            upload=upload(text),
            **more,
        )
        jobs.work()
        return resource

    def draft(self, name: str = "posyandu", **more: Any) -> dict[str, Any]:
        """A draft ready to be submitted."""
        package = self.dataset(name, **more)
        self.file(package["id"])
        return self.show(package["id"])

    def show(self, key: str, by: str = "admin") -> dict[str, Any]:
        """The submission as somebody gets it."""
        return self.call("satudata_submission_show", by, id=key)

    def step(self, key: str, step: str, by: str, **more: Any) -> dict[str, Any]:
        """Take a step, with hash and checklist filled in when the step wants them."""
        if step in ("conform", "endorse", "approve"):
            more.setdefault("content_hash", self.show(key)["content_hash"])
        if step == "conform":
            more.setdefault("checklist", CHECKLIST)
        if step == "return":
            more.setdefault("findings", [{"item": "standard", "text": "Perbaiki satuannya."}])
        return self.call("satudata_step_take", by, id=key, step=step, **more)

    def at(self, state: str, name: str = "posyandu", **more: Any) -> dict[str, Any]:
        """A submission brought to a state through the public steps."""
        submission = self.draft(name, **more)
        for step, by in PATHS[state]:
            submission = self.step(submission["dataset_id"], step, by)
        if state in ("published", "retracted"):
            jobs.work()
        if state == "retracted":
            self.step(submission["dataset_id"], "retract", "penyetuju", comment="Angka keliru.")
        return self.show(submission["dataset_id"])

    def each(self, **states: str) -> dict[str, str]:
        """Datasets brought to a state each, by their names; the ids of their submissions."""
        return {
            name: str(self.at(state, name, title=f"Jumlah {name.title()}")["id"])
            for name, state in states.items()
        }


_TO_CHECK = [("submit", "produsen")]
_TO_APPROVAL = [*_TO_CHECK, ("conform", "pemeriksa")]
_TO_RELEASE = [*_TO_APPROVAL, ("approve", "penyetuju")]
PATHS: dict[str, list[tuple[str, str]]] = {
    "draft": [],
    "awaiting_check": _TO_CHECK,
    "needs_correction": [*_TO_CHECK, ("return", "pemeriksa")],
    "awaiting_approval": _TO_APPROVAL,
    "awaiting_release": _TO_RELEASE,
    "published": _TO_RELEASE,
    "retracted": _TO_RELEASE,
    "discarded": [("discard", "produsen")],
}


def _schema_minimum() -> dict[str, Any]:
    """Required fields the schema has beyond METADATA, filled with their first choice."""
    from ckanext.satudatatrenggalek.logic import facts

    filled: dict[str, Any] = {}
    for row in facts.dataset_fields():
        name = row["field_name"]
        if not row.get("satudata_required") or name in METADATA:
            continue
        if name not in ("title", "owner_org", "name"):
            choices = row.get("choices")
            filled[name] = choices[0]["value"] if choices else "35.03"
    return filled


def build() -> World:
    """Two offices, the walidata, and the demo's accounts with their appointments."""
    walidata = factories.Organization(name="dinas-kominfo", title="Dinas Kominfo")
    world = World(
        factories.Organization(name="dinas-kesehatan", title="Dinas Kesehatan"),
        factories.Organization(name="dinas-pertanian", title="Dinas Pertanian"),
    )
    world.users["admin"] = factories.Sysadmin(name="admin")
    for name, role, office in (
        ("produsen", "producer", world.office["id"]),
        ("produsen_lain", "producer", world.other_office["id"]),
        ("pendukung", "supporting_checker", world.office["id"]),
        ("pemeriksa", "checker", None),
        ("penyetuju", "approver", None),
        ("penyetuju_lain", "approver", None),
        ("pembina", "supervisor", None),
        ("forum", "forum", None),
        ("sekretariat", "secretariat", None),
        ("pimpinan", "leadership", None),
        ("warga", None, None),
    ):
        world.users[name] = factories.User(name=name, fullname=name.replace("_", " ").title())
        if role:
            grant = {"user": name, "role": role, "office": office, "decree": "SK 1/2026"}
            with clock.at(FOUNDED):
                world.call("satudata_appointment_grant", "admin", **grant)
    assert walidata["id"]
    return world
