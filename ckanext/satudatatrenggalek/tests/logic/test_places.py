"""A note is on a cell that exists, or it is refused with what exists."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.conformity import Expectation, last_row

from ..world import CSV, World


def _return(world: World, key: str, **place: Any) -> dict[str, Any]:
    finding = {"item": "standard", "text": "Angka Pule tidak masuk akal.", **place}
    return world.step(key, "return", "pemeriksa", findings=[finding])


def _refusal(world: World, key: str, **place: Any) -> str:
    with pytest.raises(tk.ValidationError) as refused:
        _return(world, key, **place)
    assert refused.value.error_dict["reason"] == "unknown_place"
    assert world.show(key)["state"] == "awaiting_check"
    return str(refused.value.error_dict["message"])


def test_a_row_or_column_that_is_not_there(world: World) -> None:
    shown = world.at("awaiting_check")
    key, file = shown["id"], shown["resources"][0]["id"]
    said = _refusal(world, key, resource_id=file, row=800, column="kecamatan")
    assert said == (
        "Catatan «Angka Pule tidak masuk akal.»: baris 800 tidak ada di posyandu.csv. "
        "Berkas itu punya baris 1 sampai 4. Betulkan tempatnya."
    )
    assert "baris 0 tidak ada" in _refusal(world, key, resource_id=file, row=0)
    said = _refusal(world, key, resource_id=file, row=4, column="kolom ngawur")
    assert "kolom «kolom ngawur» tidak ada di posyandu.csv." in said
    assert "Kolomnya: tahun, kode_wilayah, kecamatan, jumlah_posyandu." in said
    # Of the only file there is, also where the note does not name it.
    assert "baris 800" in _refusal(world, key, row=800)
    assert "Berkasnya: posyandu.csv." in _refusal(world, key, resource_id="bukan-ini", row=2)


def test_a_cell_that_is_there(world: World) -> None:
    shown = world.at("awaiting_check")
    place = {"resource_id": shown["resources"][0]["id"], "row": 4, "column": " Kecamatan"}
    returned = _return(world, shown["id"], **place)
    assert returned["findings"][0]["column"] == "kecamatan", "as the file writes it"


def test_rows_that_are_not_counted_are_there(world: World, tmp_path: Any) -> None:
    """A blank row and a total are rows of the sheet too."""
    text = CSV + ",,,\nJumlah,,,201\n"
    path = tmp_path / "posyandu.csv"
    path.write_text(text)
    assert last_row(path, Expectation(name="posyandu.csv", format="csv")) == 6
    package = world.dataset()
    world.file(package["id"], text)
    key = world.step(package["id"], "submit", "produsen")["id"]
    assert "baris 1 sampai 6" in _refusal(world, key, row=7)
    assert _return(world, key, row=6)["state"] == "needs_correction"


def test_in_the_next_edition_by_its_public_name(world: World) -> None:
    published = world.at("published")
    public = published["resources"][0]["id"]
    opened = world.step(published["dataset_id"], "revise", "produsen")
    jobs.work()
    key = world.step(opened["id"], "submit", "produsen")["id"]
    assert "baris 9 tidak ada" in _refusal(world, key, resource_id=public, row=9)
    assert "baris 9 tidak ada" in _refusal(
        world, key, resource_id=opened["resources"][0]["id"], row=9
    )
    assert _return(world, key, resource_id=public, row=3)["state"] == "needs_correction"


def test_the_form_offers_the_columns_and_keeps_what_was_typed(portal: Any, world: World) -> None:
    from ckanext.satudatatrenggalek.tests.views.meja_visitor import Visitor, refusal

    shown = world.at("awaiting_check")
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{shown['id']}")
    offered = [option["value"] for option in page.select("datalist#kolom-berkas option")]
    assert offered == ["tahun", "kode_wilayah", "kecamatan", "jumlah_posyandu"]
    typed = {
        "lain-0-text": "Angka Pule.",
        "lain-0-resource_id": shown["resources"][0]["id"],
        "lain-0-row": "800",
        "lain-0-column": "kolom ngawur",
    }
    refused = checker.press(page, "Tidak sesuai, kembalikan", 409, **typed)
    assert "kolom «kolom ngawur» tidak ada" in refusal(refused)
    assert refused.select_one("#lain-0-row")["value"] == "800"
