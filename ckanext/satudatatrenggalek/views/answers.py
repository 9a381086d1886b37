"""Reads the forms of the procedure's pages into what ``satudata_step_take`` asks for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from ..conformity import alike, figure
from ..domain.sop import Item
from ..domain.words import WIB, baca_bilangan

_EXTRA = ("item", "field", "resource_id", "sheet", "row", "column", "text")
_MOST_EXTRAS = 50
_ALSO = " Begitu pula "  # before the other places of what is mended in one go
_ROWS = 10  # of them that are named


class Misread(ValueError):
    """Something typed that cannot be understood; the message is the sentence for the person."""


def kept(form: MultiDict[str, str]) -> dict[str, str]:
    """A form as a page shows it again; the ticks, many under one name, stand in one text."""
    return {**form.to_dict(), "temuan": " ".join(form.getlist("temuan"))}


def ticked_in(form: Mapping[str, str]) -> set[str]:
    """Keys of the machine's findings that are to be sent to the producer."""
    return set(form.get("temuan", "").split())


def command_of(
    form: Mapping[str, str],
    submission: dict[str, Any],
    files: list[dict[str, Any]],
) -> dict[str, Any]:
    """The call of ``satudata_step_take`` a form asks for.

    :param form: as ``kept`` gives it.
    :raises Misread: the planned moment of release cannot be read.
    """
    name = form.get("step", "")
    steps = {step["name"]: step for step in submission["available_steps"]}
    returns = steps.get(name, {}).get("needs_finding", False)
    return {
        "id": submission["id"],
        "step": name,
        "comment": form.get("comment", ""),
        "content_hash": form.get("content_hash", ""),
        "checklist": checklist_of(form),
        "findings": findings_of(form, files) if returns else [],
        "release_at": moment_of(form.get("release_at", "")),
    }


def checklist_of(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The verdicts given so far: ``{item: {verdict, note}}``."""
    return {
        item.value: {
            "verdict": form[f"putusan-{item.value}"],
            "note": form.get(f"catatan-{item.value}", ""),
        }
        for item in Item
        if form.get(f"putusan-{item.value}")
    }


def findings_of(form: Mapping[str, str], files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What goes back to the producer: ticked findings of the machine, notes, extra findings.

    An item set aside keeps its findings and its note here: the note says why, to the record.
    """
    ticked = ticked_in(form)
    aside = {item for item, answer in checklist_of(form).items() if _is_aside(answer)}
    notes = [
        {"item": item.value, "text": form[f"catatan-{item.value}"]}
        for item in Item
        if item.value not in aside and form.get(f"catatan-{item.value}", "").strip()
    ]
    machine = [
        _of_machine(group)
        for file in files
        for group in alike(file["findings"])
        if group["item"] not in aside and any(one["key"] in ticked for one in group["members"])
    ]
    return machine + notes + [row for row in extras_of(form) if row["text"].strip()]


def _is_aside(answer: dict[str, str]) -> bool:
    return answer["verdict"] == "overridden"


def _of_machine(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "item": finding["item"],
        "resource_id": finding["resource_id"],
        "sheet": finding["sheet"],
        "row": finding["row"],
        "column": finding["column"],
        "text": text_of(finding),
    }


def text_of(finding: dict[str, Any]) -> str:
    """A finding of the machine in one line: what is wrong, how to mend it, where else it is.

    :param finding: one finding, or a group as ``conformity.alike`` gives it.
    """
    return f"{finding['message']} {finding['remedy']}".strip() + _elsewhere(finding)


def first_words(text: str) -> str:
    """The text of a group without its other places: that of its first finding."""
    return text.partition(_ALSO)[0]


def _elsewhere(finding: dict[str, Any]) -> str:
    rows = [str(row) for row in finding.get("rows") or () if row][:_ROWS]
    if not rows:
        return ""
    more = finding["count"] - 1 - len(rows)
    rest = f" dan {figure(more)} baris lain" if more > 0 else ""
    return f"{_ALSO}baris {', '.join(rows)}{rest}."


def extras_of(form: Mapping[str, str]) -> list[dict[str, str]]:
    """The checker's own findings on a field or a place in a file, also those still empty."""
    count = form.get("lain", "1")
    number = baca_bilangan(count, _MOST_EXTRAS)
    rows = range(1 if number is None else number)
    return [{name: form.get(f"lain-{n}-{name}", "") for name in _EXTRA} for n in rows]


def moment_of(text: str) -> str:
    """``30-11-2026 08.00`` (WIB) as ISO 8601; empty stays empty.

    :raises Misread: in words.
    """
    written = text.replace("WIB", "").replace(":", ".").strip()
    if not written:
        return ""
    try:
        moment = datetime.strptime(written, "%d-%m-%Y %H.%M").replace(tzinfo=WIB)
    except ValueError as error:
        raise Misread(
            f"Waktu diseminasi «{text}» tidak terbaca. "
            "Tulis tanggal-bulan-tahun dan jam WIB, misalnya 30-11-2026 08.00."
        ) from error
    return moment.isoformat()
