"""The settings of the portal: one typed getter per option of ``config_declaration.yaml``.

Getters read the configuration each time, so a test may change it. ``check`` asks all of
them once at start. Nothing here decides anything about a submission.
"""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from .domain.sop import CLOCKS, State
from .domain.workflow import Rules

PREFIX = "ckanext.satudatatrenggalek."

_ON, _OFF = ("true", "yes", "on", "1", "ya"), ("false", "no", "off", "0", "tidak")
_SWITCHES = dict.fromkeys(_ON, True) | dict.fromkeys(_OFF, False)


class BadOption(CkanConfigurationException):
    """An option has a value the portal cannot work with; the sentence names both."""

    def __init__(self, option: str, value: object, wanted: str) -> None:
        super().__init__(
            f"Pengaturan {PREFIX}{option} bernilai '{value}', padahal harus {wanted}; "
            "perbaiki di ckan.ini lalu jalankan lagi."
        )


def _raw(option: str) -> object:
    return tk.config.get(PREFIX + option)


def _text(option: str) -> str:
    value = _raw(option)
    text = "" if value is None else str(value).strip()
    if not text:
        raise BadOption(option, text, "diisi")
    return text


def _number(option: str, low: int, high: int) -> int:
    wanted = f"bilangan bulat {low} sampai {high}"
    try:
        number = int(_text(option))
    except ValueError as error:
        raise BadOption(option, _raw(option), wanted) from error
    if not low <= number <= high:
        raise BadOption(option, number, wanted)
    return number


def _switch(option: str) -> bool:
    value = _SWITCHES.get(_text(option).lower())
    if value is None:
        raise BadOption(option, _raw(option), "true atau false")
    return value


def _time(option: str) -> time:
    text = _text(option)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise BadOption(option, text, "jam dan menit seperti 07:30")
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def _words(option: str) -> tuple[str, ...]:
    return tuple(str(_raw(option) or "").split())


def work_hours() -> tuple[time, time]:
    """Opening and closing time of the offices (WIB).

    :raises BadOption: when the offices would close before they open.
    """
    opens, closes = _time("work_opens"), _time("work_closes")
    if opens >= closes:
        wanted = f"lebih awal daripada work_closes ({closes:%H:%M})"
        raise BadOption("work_opens", f"{opens:%H:%M}", wanted)
    return opens, closes


def local_holidays() -> frozenset[date]:
    """Days off of the regency besides national holidays and *cuti bersama*."""
    try:
        return frozenset(date.fromisoformat(word) for word in _words("local_holidays"))
    except ValueError as error:
        wanted = "daftar tanggal seperti 2026-08-31, dipisah spasi"
        raise BadOption("local_holidays", _raw("local_holidays"), wanted) from error


def clock_limit(state: State, urgent: bool = False) -> tuple[float, str] | None:
    """How long a submission may stand in ``state``: amount and ``day`` or ``hour``.

    Both of Indonesian working time (SOP steps 6-9). None: no clock runs in this state.
    An urgent submission gets ``clock.urgent_percent`` of it.
    """
    clock = CLOCKS.get(state)
    if clock is None:
        return None
    amount = _number(f"clock.{clock.setting}", 1, 365)
    share = _number("clock.urgent_percent", 1, 100) if urgent else 100
    return amount * share / 100, clock.unit


def rules() -> Rules:
    """The switches that ``domain.workflow`` judges by."""
    return Rules(
        supervisor_check=_switch("supervisor_check"),
        one_person_walidata=_switch("one_person_walidata"),
        office_head_signoff=_switch("office_head_signoff"),
    )


def remind_hours() -> int:
    """Working hours before its end at which a clock is reminded of."""
    return _number("notice.remind_hours", 0, 100)


def ending_days() -> tuple[int, ...]:
    """Days before its last day at which people are told of an end; the longest first."""
    words = _words("notice.ending_days")
    if not all(word.isdigit() and 1 <= int(word) <= 365 for word in words):
        wanted = "daftar bilangan 1 sampai 365 seperti 30 7, dipisah spasi"
        raise BadOption("notice.ending_days", " ".join(words), wanted)
    return tuple(sorted({int(word) for word in words}, reverse=True))


def digest_hour() -> time:
    """At which hour of a working day (WIB) the digest goes out."""
    return _time("notice.digest_at")


def token_steps() -> bool:
    """Whether steps may be taken with an API token."""
    return _switch("token_steps")


def request_rules() -> dict[str, int]:
    """Requests of the public: working days for files and error, days open, most an hour."""
    names = "files_days", "error_days", "open_days", "hourly"
    return {name.removesuffix("_days"): _number(f"request.{name}", 1, 365) for name in names}


def max_upload_mb() -> int:
    """Largest size of one file in megabytes."""
    return _number("max_upload_mb", 1, 10_000)


def allowed_types() -> tuple[str, ...]:
    """CKAN package types that may be created."""
    types = _words("allowed_types")
    if "dataset" not in types:
        raise BadOption("allowed_types", " ".join(types), "memuat dataset")
    return types


def on_behalf_days() -> int:
    """Calendar days for which a letter lets the walidata work on behalf of an office."""
    return _number("on_behalf_days", 1, 365)


def keep_days() -> dict[str, int]:
    """Calendar days for which is kept: the files of a discarded submission, who made a request
    after it was closed, a notice after it was read, what was prepared from a file, work done."""
    return {
        "discarded": _number("discarded_bytes_days", 0, 36_500),
        "request": _number("request.keep_days", 1, 36_500),
        "notice": _number("notice.keep_days", 1, 36_500),
        "prepared": _number("prepared.keep_days", 1, 36_500),
        "outbox": _number("outbox.keep_days", 1, 36_500),
    }


def audit_head_file() -> Path:
    """Where the record's heads are kept: outside the database, a line for each."""
    named = str(_raw("audit.head_file") or "").strip()
    return Path(named or Path(tk.config["ckan.storage_path"], "catatan", "kepala.txt"))


def audit_head_mail() -> tuple[str, ...]:
    """Addresses the record's head is mailed to every day."""
    return _addresses("audit.head_mail")


def _addresses(option: str) -> tuple[str, ...]:
    addresses = _words(option)
    for address in addresses:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            raise BadOption(option, address, "alamat surel, dipisah spasi")
    return addresses


def nightly_mail() -> tuple[str, ...]:
    """Addresses that are told of differences found at night."""
    return _addresses("nightly_mail")


def nightly_hour() -> int:
    """The hour (WIB) from which the night's work is done: head of the record, comparison."""
    return _number("nightly_hour", 0, 23)


def validated_formats() -> frozenset[str]:
    """Formats that the machine checks, as ``ckanext.validation.formats`` says; empty means all."""
    named = tk.aslist(tk.config.get("ckanext.validation.formats") or "")
    return frozenset(str(name).lower() for name in named)


def check_limits() -> dict[str, int]:
    """What the check of one file may use: seconds; megabytes of memory and of disk."""
    return {
        "seconds": _number("check.max_seconds", 1, 86_400),
        "cpu_seconds": _number("check.max_cpu_seconds", 1, 86_400),
        "memory_mb": _number("check.max_memory_mb", 64, 1_000_000),
        "disk_mb": _number("check.max_disk_mb", 1, 1_000_000),
    }


def regency_name() -> str:
    """Name of the regency on pages and documents."""
    return _text("regency_name")


def regency_code() -> str:
    """Kemendagri code of the regency, ``35.03``."""
    code = _text("regency_code")
    if not re.fullmatch(r"\d\d\.\d\d", code):
        raise BadOption("regency_code", code, "kode Kemendagri kabupaten seperti 35.03")
    return code


def walidata_office() -> str:
    """Name of the CKAN organization that is the walidata."""
    return _text("walidata_office")


def letterhead() -> tuple[str, ...]:
    """Lines of the letterhead of reports and documents."""
    return tuple(line.strip() for line in _text("letterhead").split("|") if line.strip())


def demo_password() -> str:
    """Password of the demo accounts; CKAN wants eight characters or more."""
    password = _text("demo_password")
    if len(password) < 8:
        raise BadOption("demo_password", "***", "sedikitnya 8 huruf")
    return password


_GETTERS: tuple[Callable[[], object], ...] = (
    work_hours,
    local_holidays,
    rules,
    remind_hours,
    digest_hour,
    ending_days,
    token_steps,
    on_behalf_days,
    request_rules,
    max_upload_mb,
    allowed_types,
    keep_days,
    audit_head_mail,
    nightly_mail,
    nightly_hour,
    check_limits,
    regency_name,
    regency_code,
    walidata_office,
    letterhead,
    demo_password,
)


def check() -> None:
    """Refuses a configuration the portal cannot work with; called once at start.

    :raises BadOption: one sentence, for the first option found wrong.
    """
    for getter in _GETTERS:
        getter()
    for state in CLOCKS:
        clock_limit(state, urgent=True)
