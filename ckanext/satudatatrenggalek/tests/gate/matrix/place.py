"""One dataset for each access level and state, each full of words that are nobody else's.

A secret word says which part of which dataset it belongs to: ``sandi`` + part + number + ``x``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import jobs

from ...world import CSV, NEEDS, PATHS, SCHEMA, World, upload
from .expected import LEVELS

STATES = (
    "draft",
    "awaiting_check",
    "needs_correction",
    "awaiting_supervisor",
    "awaiting_approval",
    "awaiting_release",
    "published",
    "superseded",
    "retracted",
    "discarded",
)
WORKING = ("draft", "awaiting_check")
_SECRET = re.compile(r"sandi([tmfi])(\d\d)x")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TO_APPROVAL = (("submit", "produsen"), ("conform", "pemeriksa"))
_WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    **{state: tuple(way) for state, way in PATHS.items()},
    "awaiting_supervisor": _TO_APPROVAL,
    "superseded": tuple(PATHS["published"]),
}


@dataclass
class Entry:
    """A dataset (or working copy) of the matrix, and the ids that name it."""

    number: int
    level: str
    state: str
    working: bool = False
    package: str = ""
    name: str = ""
    resource: str = ""
    view: str = ""
    submission: str = ""
    finding: str = ""
    edition: int = 0

    def word(self, part: str) -> str:
        """The secret word of one part; of ``n`` the name."""
        if part == "n":
            return self.name
        return f"sandi{part}{self.number:02d}x"

    def __str__(self) -> str:
        return f"{self.level} {self.state}{' salinan' if self.working else ''}"


@dataclass
class Matrix:
    """All datasets, and a client to ask with."""

    world: World
    portal: Any
    entries: list[Entry] = field(default_factory=list)
    owners: dict[str, tuple[Entry, str]] = field(default_factory=dict)

    def found_in(self, text: str) -> Iterator[tuple[Entry, str, str]]:
        """Whatever of any dataset a text holds: (dataset, part, the word or id)."""
        lower = text.lower()
        for match in set(_SECRET.findall(lower)):
            part, number = match
            yield self.entries[int(number)], part, f"sandi{part}{number}x"
        for key in set(_ID.findall(lower)):
            if key in self.owners:
                entry, part = self.owners[key]
                yield entry, part, key


def settle(world: World, portal: Any) -> Matrix:
    """Build every dataset through the public actions."""
    matrix = Matrix(world, portal)
    wanted = [(level, state) for level in LEVELS for state in STATES]
    for level, state in wanted:
        matrix.entries.append(_written(world, Entry(len(matrix.entries), level, state)))
    jobs.work()
    for entry in list(matrix.entries):
        _walk(world, entry, _WAYS[entry.state])
    jobs.work()
    for entry in list(matrix.entries):
        if entry.state == "retracted":
            world.step(entry.package, "retract", "penyetuju", comment="Angka keliru.")
        elif entry.state in ("published", "superseded"):
            _next_edition(matrix, entry)
    jobs.work()
    for entry in matrix.entries:
        _name(matrix, entry)
    return matrix


def _content(entry: Entry) -> dict[str, Any]:
    priority = {"prioritas_tahun": "2026"} if entry.state == "awaiting_supervisor" else {}
    return {
        "title": f"Judul {entry.word('t')}",
        "notes": f"Keterangan {entry.word('m')}.",
        "tags": [{"name": entry.word("m")}],
        "accessRights": entry.level,
        **NEEDS[entry.level],
        **priority,
    }


def _file(entry: Entry) -> dict[str, Any]:
    return {
        "name": f"Berkas {entry.word('f')}",
        "format": "CSV",
        "schema": json.dumps(SCHEMA),
        "upload": upload(CSV.replace("Panggul", entry.word("f")), f"{entry.word('f')}.csv"),
    }


def _written(world: World, entry: Entry) -> Entry:
    package = world.dataset(entry.word("t"), **_content(entry))
    entry.package = package["id"]
    resource = world.call("resource_create", "produsen", package_id=entry.package, **_file(entry))
    entry.resource = resource["id"]
    entry.view = _view(world, entry)
    return entry


def _view(world: World, entry: Entry) -> str:
    made = world.call(
        "resource_view_create",
        "produsen",
        resource_id=entry.resource,
        title=f"Pratinjau {entry.word('f')}",
        view_type="text_view",
    )
    return made["id"]


def _walk(world: World, entry: Entry, way: tuple[tuple[str, str], ...]) -> None:
    said = entry.word("i")
    for step, by in way:
        more: dict[str, Any] = {"comment": f"Pesan {said}."}
        if step == "return":
            more["findings"] = [{"item": "standard", "text": f"Perbaiki {said}."}]
        if step == "approve" and entry.state == "awaiting_release":
            more["release_at"] = "2030-01-01T00:00"
        world.step(entry.package, step, by, **more)


def _next_edition(matrix: Matrix, entry: Entry) -> None:
    """Beside each published dataset a working copy; a superseded one has its next edition out."""
    kinds = WORKING if entry.state == "published" else ("published",)
    for state in kinds[: 1 if entry.level != "terbuka" else None]:
        _revise(matrix, entry, state)


def _revise(matrix: Matrix, old: Entry, state: str) -> None:
    world = matrix.world
    if state == "awaiting_check":
        # A dataset has one open submission: this copy is of a public dataset of its own.
        old = _published(matrix, old.level)
    opened = world.step(old.package, "revise", "produsen")
    entry = Entry(len(matrix.entries), old.level, state, working=state != "published")
    entry.package, entry.resource = opened["working_copy_id"], opened["resources"][0]["id"]
    matrix.entries.append(entry)
    content = {k: v for k, v in _content(entry).items() if k != "accessRights"}
    world.call("package_patch", "produsen", id=entry.package, **content)
    sent = {k: v for k, v in _file(entry).items() if k != "schema"}
    world.call("resource_patch", "produsen", id=entry.resource, **sent)
    entry.view = _view(world, entry)
    jobs.work()
    _walk(world, entry, _WAYS[state])
    if state == "published":
        jobs.work()
        old.edition, entry.edition, entry.package = 1, 2, old.package


def _published(matrix: Matrix, level: str) -> Entry:
    entry = Entry(len(matrix.entries), level, "published")
    matrix.entries.append(_written(matrix.world, entry))
    jobs.work()
    _walk(matrix.world, entry, _WAYS["published"])
    jobs.work()
    return entry


def _name(matrix: Matrix, entry: Entry) -> None:
    """Remember whose each id is. What an earlier edition was is named by its words alone."""
    package = model.Package.get(entry.package)
    assert package is not None
    entry.name = package.name
    if entry.state == "superseded":
        return
    shown = matrix.world.show(entry.package)
    if entry.working:
        # Put into words by the public dataset's name; the copy has one of its own.
        shown = shown if shown["working_copy_id"] == entry.package else shown["open_submission"]
    entry.submission = shown["id"]
    resources = shown["resources"]
    entry.resource = resources[0]["id"] if resources else entry.resource
    entry.finding = shown["findings"][0]["id"] if shown["findings"] else ""
    entry.edition = entry.edition or (shown["edition"] or 0)
    assert shown["state"] == entry.state, (entry, shown["state"])
    views = model.Session.query(model.ResourceView).filter_by(resource_id=entry.resource)
    entry.view = view.id if (view := views.first()) else entry.view
    for part, key in (
        ("t", entry.package),
        ("t", entry.submission),
        ("f", entry.resource),
        ("f", entry.view),
        ("i", entry.finding),
    ):
        if key:
            matrix.owners[key] = (entry, part)
