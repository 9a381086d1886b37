"""What pages and the desk show of a tidied copy: its faults, its files, its rows, an example."""

from typing import Any

import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import CSV, World, upload
from .meja_visitor import Visitor, content, text_of
from .test_meja_tidied import Draft, take


@pytest.fixture
def draft(world: World) -> Draft:
    return Draft(world)


def _on_the_desk(world: World, machine: str = "") -> dict[str, dict[str, Any]]:
    listed = world.call("satudata_desk_list", "pemeriksa", machine=machine)
    return {row["name"]: row["machine"] for row in listed["results"]}


def test_the_desk_counts_what_the_submission_counts(world: World, draft: Draft) -> None:
    """An original its copy covers, one whose seal is broken, one with personal data."""
    copy = take(draft, "zero")
    name = draft.package["name"]
    world.step(draft.key, "submit", "produsen")
    shown = world.show(draft.key)["machine"]
    told = _on_the_desk(world)[name]
    assert (told["errors"], told["warnings"]) == (shown["errors"], shown["warnings"])
    assert (shown["errors"], told["files"]) == (0, 2)
    assert name not in _on_the_desk(world, "errors")
    other = "warnings" if shown["warnings"] else "none"
    assert name in _on_the_desk(world, other)

    world.step(draft.key, "withdraw", "produsen")
    world.call("resource_patch", "produsen", id=copy["id"], upload=upload(CSV, "x.csv"))
    jobs.work()
    world.step(draft.key, "submit", "produsen")
    shown, told = world.show(draft.key)["machine"], _on_the_desk(world)[name]
    assert (told["errors"], told["warnings"]) == (shown["errors"], shown["warnings"])
    assert shown["errors"] > 0
    assert name in _on_the_desk(world, "errors")


def test_personal_data_of_a_covered_original_counts_on_the_desk_too(world: World) -> None:
    people = "Siti,3503014107850001\r\nBudi,3503010101900002\r\nWahyu,3503011203880003\r\n"
    draft = Draft(world, f"DAFTAR;\r\nnama;nik\r\n{people.replace(',', ';')}JUMLAH;3\r\n")
    take(draft, "zero")
    world.step(draft.key, "submit", "produsen")
    shown = world.show(draft.key)["machine"]
    told = _on_the_desk(world)[draft.package["name"]]
    assert (told["errors"], told["warnings"]) == (shown["errors"], shown["warnings"])
    assert shown["items"]["personal_data"]["errors"] > 0
    assert draft.package["name"] in _on_the_desk(world, "errors")


def test_files_are_named_with_their_format_and_size(
    portal: Any, world: World, draft: Draft
) -> None:
    producer = Visitor(portal, world, "produsen")
    page = producer.open(draft.page)
    links = [text_of(link) for link in page.select("#berkas .sd-actions a")]
    [own] = [words for words in links if words.startswith("Unduh posyandu.csv")]
    assert own == "Unduh posyandu.csv (CSV, 0,2 KB)"
    [marked] = [words for words in links if "bertanda" in words]
    assert marked.startswith("Unduh posyandu_bertanda.xlsx (Excel bertanda, ")
    page = producer.open(draft.address)
    words = content(page)
    assert "Unduh posyandu_rapi.csv (CSV, " in words
    assert "Unduh posyandu_perubahan.csv (CSV, " in words
    csv = producer.answer(str(page.select_one("a[href*='/csv']")["href"]))
    assert "posyandu_rapi.csv" in csv.headers["Content-Disposition"]


def test_rows_of_the_copy_name_their_row_in_the_original(
    portal: Any, world: World, draft: Draft
) -> None:
    page = Visitor(portal, world, "produsen").open(draft.address)
    table = page.select("#h-banding ~ .sd-half table")[1]
    heads = [text_of(head) for head in table.select("thead th")]
    assert heads[:2] == ["Baris", "Baris asli"]
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert [row[:2] for row in rows] == [["2", "4"], ["3", "5"], ["4", "6"]]
    assert rows[2][4] == "Pule"


def test_years_are_asked_about_with_an_example(portal: Any, world: World) -> None:
    package = world.dataset()
    text = "kecamatan,2023,2024,2025\nPule,1,2,3\nSuruh,4,5,6\nKarangan,7,8,9\n"
    sent = {"name": "Lebar", "format": "CSV", "upload": upload(text, "lebar.csv")}
    file = world.call("resource_create", "produsen", package_id=package["id"], **sent)
    jobs.work()
    key = world.show(package["id"])["id"]
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{key}/rapi/{file['id']}")
    before, after = page.select(".sd-example table")
    assert text_of(before) == "Sekarang kecamatan 2023 2024 Pule 1 2 Suruh 4 5"
    assert text_of(after) == (
        "Bila dijadikan baris kecamatan tahun nilai Pule 2023 1 Pule 2024 2 Suruh 2023 4 "
        "Suruh 2024 5"
    )
