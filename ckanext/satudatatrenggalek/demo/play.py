"""Carries out one event of a story: the public action, as the account it is said to be by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk

from .. import clock, jobs
from . import catalogue, files, rows
from .accounts import acting_as, producer_of
from .offices import Office
from .schedule import Schedule
from .stories import Event

_ITEMS = (
    "standard",
    "metadata",
    "interoperability",
    "reference_codes",
    "as_planned",
    "personal_data",
)
_COMMENTS = {
    "skip_supervisor": "Tenggat Pembina sudah lewat, sedangkan data ini ditunggu untuk rapat "
    "koordinasi.",
    "send_back": "Mohon diperiksa sekali lagi jumlah kejadian kecil di tiap kecamatan.",
    "hold": "Angka triwulan IV masih dicocokkan dengan laporan kegiatan penanaman modal.",
    "retract": "Angka tiga kecamatan tertukar. Edisi yang benar sedang disiapkan.",
    "discard": "Tidak dilanjutkan; datanya disajikan dalam bentuk lain.",
}
_BARE = ("name", "title", "owner_org", "notes", "jenis", "theme", "periode", "tag_string")


@dataclass(frozen=True)
class Stage:
    """What every event needs to know besides itself."""

    offices: dict[str, Office]
    schedule: Schedule


def play(event: Event, stage: Stage) -> None:
    """Do what the event says, at its moment."""
    with clock.at(event.at):
        _HANDLERS[event.verb](event, stage)


def _call(action: str, by: str, **data: Any) -> Any:
    return tk.get_action(action)(acting_as(by), data)


def _producer(event: Event) -> str:
    return producer_of(event.spec.office)


def _metadata(event: Event, stage: Stage) -> dict[str, Any]:
    spec, schedule = event.spec, stage.schedule
    planned = schedule.day(spec.start, 4).isoformat()
    collected = schedule.day(spec.start, 0).isoformat()
    return catalogue.metadata_of(spec, stage.offices[spec.office].name, planned, collected)


def _create(event: Event, stage: Stage) -> None:
    _call("package_create", _producer(event), **_metadata(event, stage))


def _create_faulty(event: Event, stage: Stage) -> None:
    fields = {**_metadata(event, stage), **event.spec.at_first}
    _call("package_create", _producer(event), **fields)


def _create_bare(event: Event, stage: Stage) -> None:
    fields = _metadata(event, stage)
    _call("package_create", _producer(event), **{name: fields[name] for name in _BARE})


def _upload(event: Event, stage: Stage, faulty: bool = False) -> None:
    fields = files.resource_of(event.spec, rows.table_of(event.spec, faulty))
    _call("resource_create", _producer(event), package_id=event.spec.name, **fields)
    jobs.work()


def _upload_faulty(event: Event, stage: Stage) -> None:
    _upload(event, stage, faulty=True)


def _mend_fields(event: Event, stage: Stage) -> None:
    right = _metadata(event, stage)
    mended = {name: right[name] for name in event.spec.at_first}
    _tick_off(event)
    _call("package_patch", _producer(event), id=event.spec.name, **mended)


def _mend_file(event: Event, stage: Stage) -> None:
    file = files.upload_of(event.spec, rows.table_of(event.spec))
    resource = _tick_off(event)["resources"][0]["id"]
    _call("resource_patch", _producer(event), id=resource, upload=file)
    jobs.work()


def _tick_off(event: Event) -> dict[str, Any]:
    shown = _show(event, _producer(event))
    for finding in shown["findings"]:
        if not finding["mended"]:
            _call("satudata_finding_mend", _producer(event), id=finding["id"], mended=True)
    return shown


def _show(event: Event, by: str) -> dict[str, Any]:
    return _call("satudata_submission_show", by, id=event.spec.name)


def _step(event: Event, step: str, by: str, **more: Any) -> None:
    comment = _COMMENTS.get(step, "")
    _call("satudata_step_take", by, id=event.spec.name, step=step, comment=comment, **more)


def _submit(event: Event, stage: Stage) -> None:
    jobs.work()  # a check cut off by the end of an earlier run
    _step(event, "submit", _producer(event))


def _claim(event: Event, stage: Stage, by: str = "pemeriksa") -> None:
    _call("satudata_desk_claim", by, id=_show(event, by)["id"])


def _claim_pendukung(event: Event, stage: Stage) -> None:
    _claim(event, stage, "pendukung")


def _conform(event: Event, stage: Stage, by: str = "pemeriksa") -> None:
    shown = _show(event, by)
    found = shown["machine"]["items"]
    checklist = {item: _answer(found.get(item, {}).get("errors", 0)) for item in _ITEMS}
    _step(event, "conform", by, content_hash=shown["content_hash"], checklist=checklist)


def _answer(errors: int) -> dict[str, str]:
    if errors:
        note = "Sudah dibicarakan dengan produsen; isinya memang demikian."
        return {"verdict": "overridden", "note": note}
    return {"verdict": "conform"}


def _conform_pendukung(event: Event, stage: Stage) -> None:
    _conform(event, stage, "pendukung")


def _return(event: Event, stage: Stage) -> None:
    _send_findings(event, "pemeriksa", event.spec.findings)


def _return_again(event: Event, stage: Stage) -> None:
    _send_findings(event, "pemeriksa", event.spec.findings_again)


def _return_pembina(event: Event, stage: Stage) -> None:
    _send_findings(event, "pembina", event.spec.findings)


def _send_findings(event: Event, by: str, findings: tuple[dict[str, Any], ...]) -> None:
    """A finding on a cell or column names the file it is in."""
    resource = _show(event, by)["resources"][0]["id"]
    sent = [{**f, "resource_id": resource} if "column" in f else f for f in findings]
    _step(event, "return", by, findings=sent)


def _endorse(event: Event, stage: Stage) -> None:
    shown = _show(event, "pembina")
    _step(event, "endorse", "pembina", content_hash=shown["content_hash"])


def _approve(event: Event, stage: Stage) -> None:
    shown = _show(event, "penyetuju")
    at = event.release_at.isoformat() if event.release_at else None
    _step(event, "approve", "penyetuju", content_hash=shown["content_hash"], release_at=at)


def _release(event: Event, stage: Stage) -> None:
    """The portal's own step: what waits and is due comes out now."""
    jobs.work()


def _by_producer(step: str) -> Callable[[Event, Stage], None]:
    return lambda event, stage: _step(event, step, _producer(event))


def _by_approver(step: str) -> Callable[[Event, Stage], None]:
    return lambda event, stage: _step(event, step, "penyetuju")


_HANDLERS: dict[str, Callable[[Event, Stage], None]] = {
    "create": _create,
    "create_faulty": _create_faulty,
    "create_bare": _create_bare,
    "upload": _upload,
    "upload_faulty": _upload_faulty,
    "mend_fields": _mend_fields,
    "mend_file": _mend_file,
    "submit": _submit,
    "withdraw": _by_producer("withdraw"),
    "discard": _by_producer("discard"),
    "claim": _claim,
    "claim_pendukung": _claim_pendukung,
    "conform": _conform,
    "conform_pendukung": _conform_pendukung,
    "return": _return,
    "return_again": _return_again,
    "return_pembina": _return_pembina,
    "endorse": _endorse,
    "skip_supervisor": _by_approver("skip_supervisor"),
    "send_back": _by_approver("send_back"),
    "hold": _by_approver("hold"),
    "retract": _by_approver("retract"),
    "approve": _approve,
    "approve_planned": _approve,
    "release": _release,
}
