"""What is different between two tables of columns, and between one and a file, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .columns import codes_of, key_of, rules_of
from .layout import normal
from .messages import TYPE_WORDS
from .schema import align

_ALIKE = 0.6  # of letters in common: below it a lost and a new column are two columns


@dataclass(frozen=True)
class SchemaChange:
    """One difference.

    kind: "renamed", "lost", "new", "type", "unit", "required", "codes", "key" or "order" between
    schemas; "extra", "absent", "relabelled" or "order" against a file. column: its name now, or
    the one it had. text: a sentence.
    """

    kind: str
    column: str
    text: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[SchemaChange, ...]:
    """What became of the columns of one schema in another, in the order of the new one."""
    old, new = list(before["fields"]), list(after["fields"])
    pairs = _pairs(old, new)
    found = [change for a, b in pairs for change in _of_pair(a, b)]
    kept = [id(a) for a, _ in pairs]
    found += [_lost(item) for item in old if id(item) not in kept]
    kept = [id(b) for _, b in pairs]
    found += [_new(item) for item in new if id(item) not in kept]
    if _key(before, pairs) != _key(after):
        found.append(SchemaChange("key", "", _key_words(_key(before), _key(after))))
    if _moved(pairs, old, new):
        found.append(SchemaChange("order", "", "Urutan kolom berubah."))
    return tuple(found)


def _pairs(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Columns that are the same: by name, by tidied name, by title, then by likeness."""
    left, right = list(old), list(new)
    pairs = []
    for alike in (_same_name, _same_letters, _same_title, _close):
        for b in list(right):
            a = next((item for item in left if alike(item, b)), None)
            if a is not None:
                pairs.append((a, b))
                left = [item for item in left if item is not a]
                right = [item for item in right if item is not b]
    order = {id(item): number for number, item in enumerate(new)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _same_name(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return a["name"] == b["name"]


def _same_letters(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return normal(str(a["name"])) == normal(str(b["name"])) != ""


def _same_title(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    titles = normal(str(a.get("title") or "")), normal(str(b.get("title") or ""))
    return titles[0] == titles[1] != ""


def _close(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    names = normal(str(a["name"])), normal(str(b["name"]))
    return a.get("type") == b.get("type") and SequenceMatcher(None, *names).ratio() >= _ALIKE


def _of_pair(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[SchemaChange]:
    name = str(b["name"])
    if a["name"] != name:
        yield SchemaChange("renamed", name, f"Kolom `{a['name']}` sekarang bernama `{name}`.")
    was, now = str(a.get("type") or "any"), str(b.get("type") or "any")
    if was != now:
        text = f"Jenis isi kolom `{name}` berubah dari {words_of(was)} menjadi {words_of(now)}."
        yield SchemaChange("type", name, text)
    yield from _of_unit(a, b)
    yield from _of_rules(a, b)


def _of_unit(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[SchemaChange]:
    was, now = (str(item.get("satuan") or "").strip() for item in (a, b))
    if was != now:
        words = f"dari {was or 'kosong'} menjadi {now or 'kosong'}"
        yield SchemaChange("unit", str(b["name"]), f"Satuan kolom `{b['name']}` berubah {words}.")


def _of_rules(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[SchemaChange]:
    name = str(b["name"])
    was, now = rules_of(a), rules_of(b)
    if bool(was.get("required")) != bool(now.get("required")):
        words = "sekarang wajib diisi" if now.get("required") else "sekarang boleh kosong"
        yield SchemaChange("required", name, f"Kolom `{name}` {words}.")
    codes = codes_of(a), codes_of(b)
    if set(codes[0]) != set(codes[1]):
        yield SchemaChange("codes", name, _code_words(name, *codes))


def _code_words(name: str, was: Sequence[str], now: Sequence[str]) -> str:
    if not was:
        return f"Isi kolom `{name}` sekarang dibatasi {len(now)} pilihan."
    if not now:
        return f"Isi kolom `{name}` tidak lagi dibatasi daftar pilihan."
    more, less = (len(set(x) - set(y)) for x, y in ((now, was), (was, now)))
    parts = [f"{more} pilihan ditambah"] if more else []
    parts += [f"{less} pilihan dihapus"] if less else []
    return f"Daftar isi kolom `{name}` berubah: {', '.join(parts)}."


def _lost(item: Mapping[str, Any]) -> SchemaChange:
    name = str(item["name"])
    return SchemaChange("lost", name, f"Kolom `{name}` tidak ada lagi.")


def _new(item: Mapping[str, Any]) -> SchemaChange:
    name = str(item["name"])
    return SchemaChange("new", name, f"Kolom `{name}` baru.")


def _key(schema: Mapping[str, Any], renamed: Iterable[tuple[Any, Any]] = ()) -> list[str]:
    now = {str(a["name"]): str(b["name"]) for a, b in renamed}
    return [now.get(name, name) for name in key_of(schema)]


def _key_words(was: Sequence[str], now: Sequence[str]) -> str:
    if not now:
        return "Tidak ada lagi kolom pengenal baris."
    words = ", ".join(f"`{name}`" for name in now)
    return f"Pengenal baris {'sekarang' if was else 'ditetapkan'}: {words}."


def _moved(pairs: Sequence[tuple[Any, Any]], old: Sequence[Any], new: Sequence[Any]) -> bool:
    before = [id(item) for item in old]
    places = [before.index(id(a)) for a, _ in pairs]
    return places != sorted(places)


def against_file(schema: Mapping[str, Any], labels: Sequence[str]) -> tuple[SchemaChange, ...]:
    """What a table of columns and a file's heading do not agree on.

    labels: the heading of the file, one text a column; empty when it is not known.
    """
    if not labels:
        return ()
    lined = align(schema, labels, by_position=False)
    found = [
        SchemaChange(
            "extra",
            column.label,
            f"Kolom {column.number} di berkas, `{column.label}`, belum ada di tabel ini.",
        )
        for column in lined.extra
        if column.label.strip()
    ]
    found += [
        SchemaChange("absent", str(item["name"]), f"Kolom `{item['name']}` tidak ada di berkas.")
        for item in lined.missing
        if item["name"]
    ]
    found += [
        SchemaChange(
            "relabelled",
            column.name,
            f"Kolom `{column.name}` di berkas bernama `{column.label}`.",
        )
        for column in lined.renamed
        if column.name
    ]
    if lined.moved:
        found.append(SchemaChange("order", "", "Urutan kolom di berkas berbeda dari tabel ini."))
    return tuple(found)


def words_of(kind: str) -> str:
    """A column type in a few words."""
    short = {"any": "apa saja", "year": "tahun", "boolean": "ya atau tidak"}
    return short.get(kind) or TYPE_WORDS.get(kind, kind).partition(" seperti ")[0]
