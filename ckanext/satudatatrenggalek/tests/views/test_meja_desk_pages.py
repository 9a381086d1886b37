"""A long desk: as many statements for fifty rows as for one, and pages that hold both ways."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek.model.tables import SubmissionRecord

from ..logic.test_desk import counted
from ..world import World
from .meja_visitor import Visitor, text_of


def copies_of(submission: dict[str, Any], number: int) -> None:
    """The same submission ``number`` times more, each a minute later: rows to make a desk long."""
    session = model.Session
    for table, key in (("package", "id"), ("satudata_submission", "id")):
        names = [column["name"] for column in sa.inspect(model.meta.engine).get_columns(table)]
        source = submission["dataset_id"] if table == "package" else submission["id"]
        for n in range(number):
            changed = {
                "id": f"{table}-{n}",
                "name": f"salinan-{n:02}",
                "title": f"Data {n:02}",
                "dataset_id": f"package-{n}",
                "working_copy_id": f"package-{n}",
                "due_at": None,
            }
            values = ", ".join(_value(name, changed, n) for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            chosen = f'SELECT {values} FROM "{table}" WHERE {key} = :id'
            session.execute(sa.text(f'INSERT INTO "{table}" ({columns}) {chosen}'), {"id": source})
    session.commit()


def _value(name: str, changed: dict[str, Any], n: int) -> str:
    if name == "due_at":
        return f"due_at + interval '{n + 1} minutes'"
    return f"'{changed[name]}'" if name in changed else f'"{name}"'


def test_fifty_rows_cost_as_many_statements_as_one(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    checker = Visitor(portal, world, "pemeriksa")
    urls = ("/meja", "/meja/beban", "/meja/orang/pemeriksa")
    world.call("satudata_desk_claim", "pemeriksa", id=submission["id"])
    for url in urls:
        checker.open(url)  # what is read once and remembered
    with counted() as for_one:
        one = [len(_rows(checker.open(url))) for url in urls]
    copies_of(submission, 49)
    with counted() as for_fifty:
        fifty = [len(_rows(checker.open(url))) for url in urls]
    assert one == [1, 5, 1]
    assert fifty == [20, 5, 50]
    assert len(for_fifty) == len(for_one)
    with counted() as desk:
        checker.open("/meja")
    assert len(desk) <= 30, "\n".join(desk)


def _rows(page: Any) -> list[str]:
    return [text_of(link) for link in page.select("td a.t")]


def test_pages_lead_forth_and_back_while_rows_change(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    copies_of(submission, 45)
    checker = Visitor(portal, world, "pemeriksa")
    first = checker.open("/meja?q=Data")
    second = checker.open(_link(first, "next"))
    third = checker.open(_link(second, "next"))
    names = [f"Data {n:02}" for n in range(45)]
    assert [_rows(page) for page in (first, second, third)] == [
        names[:20],
        names[20:40],
        names[40:],
    ]
    assert first.select_one("a[rel=prev]") is None
    assert third.select_one("a[rel=next]") is None
    back = checker.open(_link(third, "prev"))
    assert _rows(back) == names[20:40]
    # The rows the places were made of are gone; the places hold.
    _move_on("Data 20", "Data 40", "Data 39")
    back = checker.open(_link(third, "prev"))
    assert _rows(back) == [*names[18:20], *names[21:39]]
    again = checker.open(_link(second, "next"))
    assert _rows(again) == names[41:]
    start = checker.open(_link(second, "prev"))
    assert _rows(start) == names[:20]
    assert start.select_one("a[rel=prev]") is None
    assert _rows(checker.open("/meja?q=Data&sebelum=omong")) == names[:20]


def _link(page: Any, rel: str) -> str:
    link = page.select_one(f"a[rel={rel}]")
    assert link is not None
    return str(link["href"])


def _move_on(*titles: str) -> None:
    query = (
        sa.select(SubmissionRecord)
        .join(model.Package, model.Package.id == SubmissionRecord.working_copy_id)
        .where(model.Package.title.in_(titles))
    )
    for row in model.Session.execute(query).scalars():
        row.state = "discarded"
    model.Session.commit()


def test_the_desk_is_narrowed_by_kind_mark_and_holder(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    copies_of(submission, 3)
    session = model.Session
    for key, values in (
        ("satudata_submission-0", {"kind": "keuangan"}),
        ("satudata_submission-1", {"priority": True, "urgent": True}),
        ("satudata_submission-2", {"claimed_by": world.users["pendukung"]["id"]}),
    ):
        for name, value in values.items():
            setattr(session.get(SubmissionRecord, key), name, value)
    late = session.get(SubmissionRecord, submission["id"])
    assert late is not None
    late.due_at = late.created_at
    session.commit()
    checker = Visitor(portal, world, "pemeriksa")
    shown = {
        query: _rows(checker.open(f"/meja?{query}"))
        for query in (
            "jenis=keuangan",
            "tanda=prioritas",
            "tanda=mendesak",
            "tanda=terlambat",
            "pemegang=pendukung",
            "petugas=anybody&tanda=mendesak",
        )
    }
    assert shown == {
        "jenis=keuangan": ["Data 00"],
        "tanda=prioritas": ["Data 01"],
        "tanda=mendesak": ["Data 01"],
        "tanda=terlambat": ["Jumlah Posyandu"],
        "pemegang=pendukung": ["Data 02"],
        "petugas=anybody&tanda=mendesak": [],
    }
    # The most urgent is on top of every desk.
    assert _rows(checker.open("/meja"))[0] == "Data 01"
