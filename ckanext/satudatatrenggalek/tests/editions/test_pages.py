"""Earlier editions stay readable, and two can be compared, on pages and by API."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ..world import CSV, NEEDS, World, upload
from .book import NEXT_CSV, changed, released


@pytest.fixture
def two(world: World) -> dict[str, Any]:
    """A dataset of two editions."""
    first = world.at("published")
    released(world, first["dataset_id"])
    package = world.call("package_show", None, id=first["dataset_id"])
    return {**package, "resource": package["resources"][0]["id"]}


def test_an_earlier_edition_is_read_with_its_files(
    world: World, portal: Any, two: dict[str, Any]
) -> None:
    page = portal.get(f"/dataset/{two['name']}/edisi/1")
    assert page.status_code == 200
    assert "Banyaknya posyandu menurut kecamatan." in page
    assert "Edisi kedua." not in page
    assert "Penyetuju" not in page
    address = f"/dataset/{two['name']}/edisi/1/berkas/{two['resource']}"
    assert address in page
    answer = portal.get(address)
    assert answer.data == CSV.encode()
    assert "attachment; filename=posyandu.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    now = portal.get(f"/dataset/{two['name']}/edisi/2/berkas/{two['resource']}")
    assert now.data == NEXT_CSV.encode()
    dataset = portal.get(f"/dataset/{two['name']}")
    assert f"/dataset/{two['name']}/edisi/1" in dataset
    assert "Lihat yang berubah sejak edisi sebelumnya" in dataset


def test_staff_read_who_approved_and_what_the_machine_found(
    world: World, portal: Any, two: dict[str, Any]
) -> None:
    page = portal.get(f"/dataset/{two['name']}/edisi/1", headers=world.headers("pemeriksa"))
    assert "Penyetuju" in page
    assert "Hasil pemeriksaan mesin" in page
    shown = world.call("satudata_edition_show", "pemeriksa", id=two["id"], number=1)
    assert shown["approved_by"]["name"] == "penyetuju"
    assert set(shown["check_report"]) == {two["resource"]}
    public = world.call("satudata_edition_show", None, id=two["id"], number=1)
    assert not {"approved_by", "check_report", "submission_id"} & set(public)


def test_the_path_of_a_file_is_told_to_nobody(world: World, two: dict[str, Any]) -> None:
    asked = {"id": two["id"], "number": 1, "resource_id": two["resource"]}
    shown = world.call("satudata_edition_file", "admin", **asked)
    assert "path" not in shown
    assert shown["url"].endswith(f"/edisi/1/berkas/{two['resource']}")


def test_editions_that_are_not_there_are_404(portal: Any, two: dict[str, Any]) -> None:
    for address in ("edisi/3", "edisi/0", "edisi/1/berkas/x", "edisi/banding?dari=7", "edisi/x"):
        assert portal.get(f"/dataset/{two['name']}/{address}").status_code == 404, address


def test_editions_of_a_retracted_dataset_are_for_staff(
    world: World, portal: Any, two: dict[str, Any]
) -> None:
    world.step(two["id"], "retract", "penyetuju", comment="Angka keliru.")
    for address in ("edisi/1", f"edisi/1/berkas/{two['resource']}", "edisi/banding?dari=1&ke=2"):
        url = f"/dataset/{two['name']}/{address}"
        assert portal.get(url).status_code == 404
        assert portal.get(url, headers=world.headers("pemeriksa")).status_code == 200


def test_a_closed_edition_is_not_opened_by_the_next_one(world: World) -> None:
    package = world.dataset(accessRights="terbatas")
    world.file(package["id"])
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(package["id"], step, by)
    from ckanext.satudatatrenggalek import jobs

    jobs.work()
    opened = world.step(package["id"], "revise", "produsen")
    world.call("package_patch", "produsen", id=opened["working_copy_id"], accessRights="terbuka")
    released(world, package["id"], opened)
    (two, one) = world.call("satudata_edition_list", None, id=package["id"])
    assert (len(two["files"]), one["files"]) == (1, [])
    kept = world.call("satudata_edition_show", None, id=package["id"], number=1)
    assert kept["metadata"]["resources"] == []
    assert len(world.call("satudata_edition_list", "pemeriksa", id=package["id"])) == 2


def test_a_closed_next_edition_takes_the_dataset_from_the_public(world: World) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    world.call(
        "package_patch",
        "produsen",
        id=opened["working_copy_id"],
        accessRights="tertutup",
        **NEEDS["tertutup"],
    )
    released(world, first["dataset_id"], opened)
    with pytest.raises(tk.ObjectNotFound):
        world.call("package_show", None, id=first["dataset_id"])
    package = model.Package.get(first["dataset_id"])
    assert package is not None
    assert package.private is True


def test_what_differs_is_told_by_key(world: World, portal: Any, two: dict[str, Any]) -> None:
    diff = world.call("satudata_edition_diff", None, id=two["id"], **{"from": 1, "to": 2})
    assert [(row["field"], row["to"]) for row in diff["metadata"]] == [("notes", "Edisi kedua.")]
    (file,) = diff["files"]
    rows = file["rows"]
    assert (file["change"], rows["by"], rows["key"]) == ("changed", "key", ["kode_wilayah"])
    counted = (rows["added"], rows["removed"], rows["changed"], rows["unchanged"])
    assert counted == (1, 0, 1, 2)
    (change,) = rows["examples"]["changed"]
    assert change["cells"] == [{"column": "jumlah_posyandu", "from": "78", "to": "80"}]
    assert rows["examples"]["added"][0]["kecamatan"] == "Dongko"
    page = portal.get(f"/dataset/{two['name']}/edisi/banding?dari=1&ke=2")
    assert page.status_code == 200
    assert "Baris dikenali dari kolom kode_wilayah" in page
    csv = portal.get(f"/dataset/{two['name']}/edisi/banding/{two['resource']}.csv?dari=1&ke=2")
    lines = csv.get_data(as_text=True).splitlines()
    assert lines[0] == "perubahan,baris,kolom,sebelum,sesudah"
    assert "diubah,35.03.01,jumlah_posyandu,78,80" in lines
    assert "ditambah,35.03.04,kecamatan,,Dongko" in lines


def test_the_edition_in_the_making_is_compared_for_those_who_may_read_it(
    world: World, portal: Any
) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened)
    diff = world.call("satudata_edition_diff", "produsen", id=first["dataset_id"])
    assert (diff["from"], diff["to"]) == (1, None)
    assert diff["files"][0]["rows"]["added"] == 1
    with pytest.raises(tk.ObjectNotFound):
        world.call("satudata_edition_diff", None, id=first["dataset_id"])
    world.step(opened["id"], "submit", "produsen")
    page = portal.get(f"/meja/periksa/{opened['id']}", headers=world.headers("pemeriksa"))
    assert f"/dataset/{first['public_name']}/edisi/banding?dari=1" in page
    seen = portal.get(
        f"/dataset/{first['public_name']}/edisi/banding?dari=1", headers=world.headers("pemeriksa")
    )
    assert "edisi yang sedang disiapkan" in seen


def test_a_file_no_check_came_through_is_not_read_to_be_compared(world: World) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    world.call(
        "resource_patch", "produsen", id=opened["resources"][0]["id"], upload=upload(CSV * 2)
    )
    (file,) = world.call("satudata_edition_diff", "produsen", id=first["dataset_id"])["files"]
    assert (file["change"], file["rows"]) == ("changed", None)
    assert "Pemeriksaan berkas ini belum selesai" in file["note"]
    asked = {"id": first["dataset_id"], "resource_id": file["resource_id"]}
    with pytest.raises(tk.ObjectNotFound):
        world.call("satudata_edition_diff_rows", "produsen", **asked)


def test_a_cell_that_calculates_is_no_formula_in_the_list_of_differences(world: World) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened, CSV + "2025,-1+cmd|' /C calc'!A0,Dongko,-41\n")
    (file,) = world.call("satudata_edition_diff", "produsen", id=first["dataset_id"])["files"]
    asked = {"id": first["dataset_id"], "resource_id": file["resource_id"]}
    text = world.call("satudata_edition_diff_rows", "produsen", **asked)["content"]
    assert ",'-1+cmd|" in text
    assert ",-41" in text


def test_the_button_is_on_the_pages_of_whoever_may_press_it(world: World, portal: Any) -> None:
    first = world.at("published")
    for url in (f"/dataset/{first['name']}", f"/meja/dataset/{first['id']}"):
        page = portal.get(url, headers=world.headers("produsen"))
        assert 'name="step" value="revise"' in page, url
        other = portal.get(url, headers=world.headers("pemeriksa"))
        assert 'value="revise"' not in other, url
    form = {"step": "revise", "halaman": "dataset"}
    address = f"/meja/langkah/{first['id']}"
    headers = world.headers("produsen")
    answer = portal.post(address, data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 302
    opened = world.show(first["dataset_id"], by="produsen")["open_submission"]
    assert answer.headers["Location"].endswith(f"/meja/dataset/{opened['id']}")
    working = portal.get(f"/dataset/{opened['name']}", headers=headers)
    assert "Ini salinan kerja untuk edisi berikutnya." in working
    public = portal.get(f"/dataset/{first['name']}", headers=headers)
    assert 'value="revise"' not in public


def test_every_page_of_every_submission_opens_for_staff(
    world: World, portal: Any, two: dict[str, Any]
) -> None:
    opened = world.step(two["id"], "revise", "produsen")
    headers = world.headers("produsen")
    listed = world.call("satudata_edition_list", "produsen", id=two["id"])
    keys = [opened["id"], *(edition["submission_id"] for edition in listed)]
    for key in keys:
        for place in ("dataset", "periksa"):
            assert portal.get(f"/meja/{place}/{key}", headers=headers).status_code == 200, place
    assert portal.get("/meja/tugas", headers=headers).status_code == 200
