"""The tidied copy of a file: look at it, have it made, take it beside the original."""

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from werkzeug.datastructures import FileStorage

from ... import clock, jobs, tidying
from ...model import blobs, derived, files, tidied_columns
from ...model import tidied as seals
from ...model.copies import governing
from ...model.tables import FileRecord
from .. import parameters, tidied_copies
from ..messages import conflict

__all__ = [
    "satudata_tidied_accept",
    "satudata_tidied_file",
    "satudata_tidied_prepare",
    "satudata_tidied_show",
]

_MOST_ANSWERS = 2_000
_PARTS = {"csv": "text/csv; charset=utf-8", "log": "text/csv; charset=utf-8"}


@tk.side_effect_free
def satudata_tidied_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The tidied copy of a resource's file under some answers, as far as it has been made.

    :param resource_id: the resource. :param answers: {question: option}.
    :returns: ``status``: none (no file), copy (it is one itself), absent (nobody has asked for
        it), ready, clean (nothing to tidy), unreadable (no table), failed (``message`` says it);
        ``sha256`` of the original, ``accepted`` ({resource_id, name,
        stale, covers, answers} or None); when
        ready also ``questions, counts, titles, changes, total, rows, columns, sample, origins,
        before, after, name, table_schema, files`` (``{csv, log: {name, size}}``). While it is
        absent, ``questions`` are those of the copy without answers, if that one is there.
    """
    tk.check_access("satudata_tidied_show", context, data_dict)
    resource, bound = _file(context, data_dict)
    answers = _answers(data_dict)
    copy = tidied_copies.copy_of(context["session"], resource)
    about = {
        "resource_id": resource.id,
        "answers": answers,
        "sha256": bound.sha256 if bound else "",
        "accepted": copy.to_dict() if copy else None,
    }
    if bound is None:
        return {**about, "status": "none"}
    if tidied_copies.is_copy(resource):
        return {**about, "status": "copy"}
    return {**about, **_made(context["session"], resource.id, answers)}


def _made(session: Session, resource_id: str, answers: dict[str, str]) -> dict[str, Any]:
    key = tidying.tidied_key(session, resource_id, answers)
    told = derived.told(resource_id, key)
    if told is None:
        plain = derived.told(resource_id, tidying.tidied_key(session, resource_id, {})) or {}
        return {"status": "absent", "questions": plain.get("questions") or []}
    if "failed" in told:
        return {"status": "failed", "message": told["failed"]}
    if told["rows"] is None:
        return {"status": "unreadable"}
    clean = not told["total"] and not told["questions"]
    names = {"csv": told["name"], "log": told["name"].replace("_rapi.csv", "_perubahan.csv")}
    files = {
        part: {"name": name, "size": _at(resource_id, key, part).stat().st_size}
        for part, name in names.items()
    }
    return {**told, "files": files, "status": "clean" if clean else "ready"}


def satudata_tidied_prepare(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Have the tidied copy made by the worker, if it is not there yet.

    :param resource_id: the resource. :param answers: {question: option}.
    :returns: as ``satudata_tidied_show``.
    """
    tk.check_access("satudata_tidied_prepare", context, data_dict)
    shown = satudata_tidied_show(context, data_dict)
    if shown["status"] == "absent":
        resource, _ = _file(context, data_dict)
        session, place = context["session"], _dataset_id(context["session"], resource)
        answers = _answers(data_dict)
        tidying.order(session, place, "tidy", clock.now(), resource.id, answers=answers)
        session.commit()
        jobs.wake()
    return shown


def satudata_tidied_accept(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put the tidied copy beside the original, or in the place of our earlier copy of it.

    :param resource_id: the original. :param answers: {question: option}.
    :param sha256: of the original as the caller has seen it; empty: whatever it is now.
    :returns: the resource that is the copy; it waits for its check like any upload.
    :raises ValidationError: 409 ``nothing_to_tidy``, ``not_prepared``, ``missing_answers``,
        ``stale_file``, or whatever refuses an upload.
    """
    tk.check_access("satudata_tidied_accept", context, data_dict)
    shown = satudata_tidied_show(context, data_dict)
    _refuse(shown, parameters.text(data_dict, "sha256"))
    resource, bound = _file(context, data_dict)
    assert bound is not None  # refused above
    path = _path(context["session"], resource.id, shown["answers"], "csv")
    with path.open("rb") as stream:
        fields = _fields(resource, bound, shown, FileStorage(stream, shown["name"]))
        fields["tidied_seal"] = seals.seal(bound.sha256, blobs.digest(path))
        caller: Any = {"user": context["user"], "auth_user_obj": context.get("auth_user_obj")}
        if shown["accepted"]:
            fields["id"] = shown["accepted"]["resource_id"]
            taken = tk.get_action("resource_patch")(caller, fields)
        else:
            place = {"package_id": resource.package_id}
            taken = tk.get_action("resource_create")(caller, {**place, **fields})
    _before(context, str(resource.package_id), taken["id"], resource.id)
    return taken


def _before(context: Any, package_id: str, copy: str, original: str) -> None:
    """The copy is what is judged and read: it stands before its original, here and in public."""
    shown = tk.get_action("package_show")({"ignore_auth": True}, {"id": package_id})
    order = [resource["id"] for resource in shown["resources"]]
    if order.index(copy) > order.index(original):
        order.remove(copy)
        order.insert(order.index(original), copy)
        caller: Any = {"user": context["user"], "auth_user_obj": context.get("auth_user_obj")}
        tk.get_action("package_resource_reorder")(caller, {"id": package_id, "order": order})


def _refuse(shown: dict[str, Any], seen: str) -> None:
    if seen and seen != shown["sha256"]:
        raise conflict(
            "stale_file",
            "Berkas asli sudah diganti sejak Anda membuka halaman ini. Lihat lagi salinannya, "
            "lalu terima.",
        )
    if shown["status"] == "absent":
        raise conflict(
            "not_prepared",
            "Salinan dengan jawaban ini belum siap. Tunggu sebentar, lihat hasilnya, lalu terima.",
        )
    if shown["status"] != "ready":
        raise conflict(
            "nothing_to_tidy",
            shown.get("message") or "Tidak ada yang perlu dirapikan pada berkas ini.",
        )
    open_ones = [question for question in shown["questions"] if not question["answer"]]
    if open_ones:
        raise conflict("missing_answers", f"Jawab dulu: {open_ones[0]['text']}")


def _fields(
    resource: model.Resource, bound: FileRecord, shown: dict[str, Any], upload: FileStorage
) -> dict[str, Any]:
    """The copy's fields. It is held against the original's table of columns, if that was kept,
    and against its own from when people kept one for it.
    """
    fields = {
        "name": f"{resource.name or bound.filename} (salinan rapi)",
        "description": f"Salinan rapi dari berkas {bound.filename}, dibuat oleh portal dan "
        "diterima oleh produsen. Berkas aslinya tetap tersimpan.",
        "format": "CSV",
        "upload": upload,
        "tidied_from": resource.id,
        "tidied_sha256": bound.sha256,
        "tidied_answers": json.dumps(shown["answers"], ensure_ascii=False),
    }
    kept = tidied_columns.columns_of_copy(model.Session, resource.id)
    if (resource.extras or {}).get("schema") and kept is None:
        fields["schema"] = json.dumps(shown["table_schema"], ensure_ascii=False)
        fields["schema_source"] = tidied_columns.FROM_ORIGINAL
    return fields


@tk.side_effect_free
def satudata_tidied_file(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A file of the tidied copy. Its bytes are served at the page's own address.

    :param resource_id: the resource. :param answers: {question: option}.
    :param part: csv (the copy) or log (every change).
    :returns: ``filename, mimetype, size``; inside the portal ``context["path"]`` is the file.
    :raises ObjectNotFound: not made yet.
    """
    tk.check_access("satudata_tidied_file", context, data_dict)
    part = parameters.one_of(data_dict, "part", tuple(_PARTS)) or "csv"
    shown = satudata_tidied_show(context, data_dict)
    resource, _ = _file(context, data_dict)
    if shown["status"] not in ("ready", "clean"):
        raise tk.ObjectNotFound
    context["path"] = _path(context["session"], resource.id, shown["answers"], part)
    found = shown["files"][part]
    return {"filename": found["name"], "mimetype": _PARTS[part], "size": found["size"]}


def _path(session: Session, resource_id: str, answers: dict[str, str], part: str) -> Path:
    return _at(resource_id, tidying.tidied_key(session, resource_id, answers), part)


def _at(resource_id: str, key: str, part: str) -> Path:
    return derived.path_of(resource_id, key, tidying.FILES[part])


def _file(context: Any, data_dict: dict[str, Any]) -> tuple[model.Resource, FileRecord | None]:
    session: Session = context["session"]
    resource_id = parameters.needed(data_dict, "resource_id")
    resource = session.get(model.Resource, resource_id)
    if resource is None:  # sysadmins are not asked whether it is there
        raise tk.ObjectNotFound
    return resource, files.of_resource(session, resource.id)


def _dataset_id(session: Session, resource: model.Resource) -> str:
    package_id = str(resource.package_id)
    record = governing(session, package_id)
    return record.dataset_id if record else package_id


def _answers(data_dict: dict[str, Any]) -> dict[str, str]:
    """Answers sent as an object, or as its JSON text; those left empty count as none."""
    sent = data_dict.get("answers") or {}
    if isinstance(sent, str):
        sent = tidied_columns.answers_of(parameters.plain(sent, "Parameter answers", 100_000))
    if not isinstance(sent, dict) or len(sent) > _MOST_ANSWERS:
        raise conflict(
            "bad_input", "Parameter answers tidak terbaca. Kirim sebagai {pertanyaan: pilihan}."
        )
    read = {
        parameters.plain(key, "Pertanyaan", 500): parameters.plain(value, "Jawaban", 500)
        for key, value in sent.items()
    }
    return {key: value for key, value in read.items() if key and value}
