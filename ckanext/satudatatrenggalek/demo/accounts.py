"""The demo's people: accounts marked as such, and their appointments.

The mark is in CKAN's ``plugin_extras`` and not in the name: a portal in earnest may have an
account called ``admin`` of its own.
"""

import secrets
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from .offices import Office

_MARK = {"satudata_demo": True}
_NO_ROLE = ""
FIRST_OFFICE = "dinkes"
OTHER_OFFICE = "dispertapan"


class NameTaken(Exception):
    """An account of this name exists and is not the demo's; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """One account: name, full name, role it is appointed to, key of its office ("" for all)."""

    name: str
    fullname: str
    role: str = _NO_ROLE
    office: str = ""
    kind: str = ""
    sysadmin: bool = False
    may_log_in: bool = True


ACCOUNTS = (
    Account("admin", "Bagus Setiawan", sysadmin=True),
    Account("produsen", "Siti Rahmawati", "producer", FIRST_OFFICE),
    Account("produsen_lain", "Agus Prasetyo", "producer", OTHER_OFFICE),
    Account("pendukung", "Dewi Lestari", "supporting_checker", FIRST_OFFICE),
    Account("pemeriksa", "Hendra Wijaya", "checker"),
    Account("penyetuju", "Endang Sulistyowati", "approver"),
    Account("pembina", "Arif Budiman (BPS)", "supervisor", kind="statistik"),
    Account("forum", "Wahyu Nugroho", "forum"),
    Account("sekretariat", "Ratna Kusuma", "secretariat"),
    Account("pimpinan", "Sekretaris Daerah (contoh)", "leadership"),
    Account("warga", "Yanti Maharani"),
)
HEAD, DEPUTY = "kepala-dinkes", "sekretaris-dinkes"
# An office head, and the secretary who is Plh. for some days; nobody signs in as the latter.
_HEADS = (
    Account(HEAD, "Kepala Dinas Kesehatan (contoh)", "office_head", FIRST_OFFICE),
    Account(DEPUTY, "Sekretaris Dinas Kesehatan (contoh)", may_log_in=False),
)
_STAFF_NAMES = (
    "Joko Purnomo",
    "Sri Wahyuni",
    "Budi Santoso",
    "Nur Hidayati",
    "Eko Susilo",
    "Indah Permatasari",
    "Dwi Cahyono",
    "Lilik Handayani",
    "Teguh Raharjo",
    "Fitri Anggraini",
    "Imam Mustofa",
    "Rina Puspitasari",
    "Slamet Riyadi",
    "Umi Kulsum",
    "Bambang Irawan",
    "Tutik Winarsih",
    "Galih Saputra",
    "Maya Oktaviani",
    "Suyono Hadi",
    "Anis Fauziah",
    "Rudi Hartono",
    "Wiwik Suryani",
    "Taufik Hidayat",
    "Desi Ratnasari",
)


def producer_of(office: str) -> str:
    """Name of the account that prepares the datasets of an office."""
    named = {FIRST_OFFICE: "produsen", OTHER_OFFICE: "produsen_lain"}
    return named.get(office, f"petugas-{office}")


def everybody(offices: list[str]) -> tuple[Account, ...]:
    """The named accounts, and one producer nobody signs in as for each further office."""
    further = sorted(set(offices) - {FIRST_OFFICE, OTHER_OFFICE})
    staff = [
        Account(
            producer_of(office),
            _STAFF_NAMES[number % len(_STAFF_NAMES)],
            "producer",
            office,
            may_log_in=False,
        )
        for number, office in enumerate(further)
    ]
    return (*ACCOUNTS, *_HEADS, *staff)


def is_demo(user: Any) -> bool:
    """Whether an account is one of the demo's."""
    return bool((getattr(user, "plugin_extras", None) or {}).get("satudata_demo"))


def machine() -> Any:
    """A context in which the portal itself sets up accounts and offices."""
    return {"ignore_auth": True, "user": tk.config["ckan.site_id"]}


def ensure(accounts: tuple[Account, ...], password: str) -> None:
    """Make the accounts that are missing; give the named ones this password.

    :raises NameTaken: before anything was changed.
    """
    known = {account.name: model.User.by_name(account.name) for account in accounts}
    for name, user in known.items():
        if user is not None and not is_demo(user):
            raise NameTaken(
                f"Akun '{name}' sudah ada dan bukan akun peragaan. Isi peragaan di portal yang "
                "masih kosong, atau ganti dulu nama akun itu."
            )
    for account in accounts:
        user = known[account.name]
        if user is None:
            _create(account, password)
        elif account.may_log_in and not user.validate_password(password):
            tk.get_action("user_patch")(machine(), {"id": user.id, "password": password})


def _create(account: Account, password: str) -> None:
    tk.get_action("user_create")(
        machine(),
        {
            "name": account.name,
            "fullname": account.fullname,
            "email": f"{account.name}@contoh.trenggalek.test",
            "password": password if account.may_log_in else secrets.token_urlsafe(32),
            "sysadmin": account.sysadmin,
            "plugin_extras": dict(_MARK),
        },
    )


def appoint(accounts: tuple[Account, ...], offices: dict[str, Office]) -> None:
    """Grant what is missing, by the portal's administrator; an ended appointment stays ended."""
    listed = tk.get_action("satudata_appointment_list")(acting_as("admin"), {"include_past": True})
    held = {(row["user"]["name"], row["role"]) for row in listed}
    for account in accounts:
        if account.role and (account.name, account.role) not in held:
            tk.get_action("satudata_appointment_grant")(
                acting_as("admin"),
                {
                    "user": account.name,
                    "role": account.role,
                    "office": offices[account.office].name if account.office else None,
                    "kind": account.kind or None,
                    "decree": "100.3.3.2/17/406.001.3/2026 (contoh)",
                },
            )


def acting_as(name: str) -> Any:
    """The context of somebody calling an action, every permission check on."""
    return {"user": name, "auth_user_obj": model.User.by_name(name), "ignore_auth": False}
