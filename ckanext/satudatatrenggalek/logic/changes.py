"""What changed between the content somebody looked at and the content as it is now."""

import json
from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock
from ..model import contents
from . import content, differences
from .differences import Side

_MOST_NAMED = 6
_MOST_BYTES = 2 * 1024 * 1024
_READ = ("success", "failure")


def seen(now: content.Content) -> dict[str, Any]:
    """A content as it is kept under its hash."""
    body = {"metadata": now.metadata, "files": list(now.files), "checks": now.checks}
    # As it was hashed: what JSON has no word for is written as text.
    plain = json.loads(json.dumps(body, default=str))
    return {"hash": now.hash, **plain, "seen_at": clock.now()}


def side_of(session: Session, content_hash: str) -> Side | None:
    """Content that was once looked at, to compare; None when nobody kept it."""
    kept = contents.of_hash(session, content_hash)
    if kept is None:
        return None
    files = {file["resource_id"]: file for file in kept.files}
    read = {key for key, check in kept.checks.items() if (check or {}).get("status") in _READ}
    return Side(None, kept.metadata_, files, unread=frozenset(files) - read)


def since(session: Session, old_hash: str, now: content.Content) -> list[dict[str, Any]] | None:
    """What differs, in few words each; None when the older content is not known.

    :returns: ``[{what: metadata | file | check, field, label, from, to}]``; ``field`` is a
        metadata field's name or a file's public id, ``from`` and ``to`` are texts.
    """
    kept = contents.of_hash(session, old_hash)
    if kept is None or kept.metadata_.get("id") != now.metadata.get("id"):
        return None  # never seen, or another dataset's, which is not told here
    files = {file["resource_id"]: file for file in now.files}
    old = Side(None, kept.metadata_, {file["resource_id"]: file for file in kept.files})
    told = listed(old, Side(None, now.metadata, files))
    return [*told, *_checks(kept.checks, seen(now)["checks"], files)]


def listed(old: Side, new: Side) -> list[dict[str, Any]]:
    """Metadata fields and files that differ, as ``since`` gives them."""
    return [*_metadata(old, new), *_files(old, new)]


def counted(old: Side, new: Side) -> list[dict[str, Any]]:
    """How many rows differ in files that changed: ``{field, label, rows, note}``.

    ``rows`` is ``{by, added, removed, changed}``, or None and ``note`` says why. Only small files
    are read here, in the request; of larger ones the comparison of editions has a page.
    """
    found = []
    for key, file in new.files.items():
        before = old.files.get(key)
        if before is None or before["sha256"] == file["sha256"]:
            continue
        row = {"field": key, "label": file["name"], "rows": None, "note": ""}
        if max(before["size"], file["size"]) > _MOST_BYTES:
            found.append(
                {**row, "note": "Berkasnya terlalu besar untuk dibandingkan di halaman ini."}
            )
            continue
        told = differences.row_changes(old, new, key)
        names = ("by", "added", "removed", "changed")
        rows = {name: told["rows"][name] for name in names} if told.get("rows") else None
        found.append({**row, "rows": rows, "note": told.get("note", "")})
    return found


def _metadata(old: Side, new: Side) -> list[dict[str, Any]]:
    return [
        {
            "what": "metadata",
            "field": row["field"],
            "label": row["label"],
            "from": _text(row["from"]),
            "to": _text(row["to"]),
        }
        for row in differences.words(old.metadata, new.metadata)
    ]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _files(old: Side, new: Side) -> list[dict[str, Any]]:
    found = []
    for key in [*new.files, *(key for key in old.files if key not in new.files)]:
        before, after = old.files.get(key), new.files.get(key)
        name = (after or before or {})["name"]
        row = {"what": "file", "field": key, "label": name}
        if before is None or after is None:
            found.append({**row, "from": _file(before), "to": _file(after)})
            continue
        if before["sha256"] != after["sha256"]:
            found.append({**row, "from": _file(before), "to": _file(after)})
            told = differences.column_words(old, new, key)
        else:
            words = differences.file_words(old.resource(key), new.resource(key))
            told = [*words, *differences.column_words(old, new, key)]
        found += [
            {
                **row,
                "label": f"{name}, {each['label'][:1].lower()}{each['label'][1:]}",
                "from": _text(each["from"]),
                "to": _text(each["to"]),
            }
            for each in told
        ]
    return found


def _file(file: dict[str, Any] | None) -> str:
    return f"{file['filename']} ({file['sha256'][:8]})" if file else ""


def _checks(
    old: dict[str, Any], new: dict[str, Any], files: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    return [
        {
            "what": "check",
            "field": key,
            "label": files[key]["name"],
            "from": _result(old[key]),
            "to": _result(result),
        }
        for key, result in new.items()
        if key in files and key in old and old[key] != result
    ]


def _result(result: dict[str, Any] | None) -> str:
    if not result or result.get("status") == "pending":
        return "belum selesai dicek"
    return f"{result.get('errors', 0)} kesalahan, {result.get('warnings', 0)} perlu dilihat"


_KINDS = {
    "metadata": "isian {label}",
    "file": "berkas {label}",
    "check": "hasil pengecekan berkas {label}",
}


def sentence(changes: list[dict[str, Any]] | None) -> str:
    """The changes in one Indonesian sentence; empty when they are not known."""
    if not changes:
        return ""
    told = [_told(row) for row in changes[:_MOST_NAMED]]
    more = len(changes) - len(told)
    return "Yang berubah: " + "; ".join(told) + (f"; dan {more} lagi" if more else "") + "."


def _told(row: dict[str, Any]) -> str:
    name = _KINDS[row["what"]].format(label=row["label"])
    before, after = _short(row["from"]), _short(row["to"])
    return f"{name} (dari {before} menjadi {after})"


def _short(text: str) -> str:
    if not text:
        return "kosong"
    return f"«{text}»" if len(text) <= 60 else f"«{text[:57]}...»"
