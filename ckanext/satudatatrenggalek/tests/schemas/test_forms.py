"""The forms as people meet them: a draft costs two answers, a mistake costs no typing."""

from ckanext.satudatatrenggalek.tests.world import CSV, World, upload

OFFERS_PUBLISHING = (
    'value="go-metadata-unpublish"',
    'value="go-metadata-publish"',
    'id="field-private"',
    "bulk_action.public",
    "bulk_action.private",
    "bulk_action.delete",
)


def _page(world: World, portal, path: str, by: str | None = None, status: int = 200) -> str:
    return portal.get(path, headers=world.headers(by), status=status).body


def _send(world: World, portal, by: str, **answers: str):
    form = {"_ckan_phase": "dataset_new_1", "save": "go-resource", "pkg_name": "", **answers}
    return portal.post(
        "/dataset/new", params=form, headers=world.headers(by), follow_redirects=False
    )


def test_a_draft_needs_a_title_and_an_office(portal, world):
    office = world.office["id"]
    answer = _send(world, portal, "produsen", title="Produksi Padi", owner_org=office)
    assert answer.status_code == 302
    package = world.call("package_show", "produsen", id="produksi-padi")
    assert package["private"] is True
    assert world.show("produksi-padi")["state"] == "draft"


def test_two_datasets_of_one_title_get_two_addresses(portal, world):
    office = world.office["id"]
    for _ in range(2):
        _send(world, portal, "produsen", title="Produksi Padi", owner_org=office)
    second = world.call("package_show", "produsen", id="produksi-padi-2")
    assert second["title"] == "Produksi Padi"


def test_what_was_typed_survives_a_mistake(portal, world):
    answer = _send(
        world,
        portal,
        "produsen",
        title="",
        owner_org=world.office["id"],
        notes="Uraian yang sudah panjang.",
        jadwal_rilis="31-02-2026",
    )
    assert answer.status_code == 200
    assert "Uraian yang sudah panjang." in answer.body
    assert 'value="31-02-2026"' in answer.body
    assert 'href="#field-title"' in answer.body
    assert "Judul belum diisi. Tulis nama datanya." in answer.body
    assert "misalnya 26-02-2027" in answer.body


def test_an_unanswered_choice_is_no_mistake(portal, world):
    office = world.office["id"]
    empty = dict.fromkeys(("jenis", "theme", "accrualPeriodicity", "prioritas_tahun"), "")
    answer = _send(world, portal, "produsen", title="Padi", owner_org=office, **empty)
    assert answer.status_code == 302


def test_an_unknown_choice_is_refused(portal, world):
    office = world.office["id"]
    answer = _send(world, portal, "produsen", title="Padi", owner_org=office, jenis="rahasia")
    assert answer.status_code == 200
    assert 'href="#field-jenis"' in answer.body


def test_a_file_keeps_its_own_name(portal, world):
    package = world.dataset()
    file = upload(CSV, "posyandu_2025.csv")
    made = world.call("resource_create", "produsen", package_id=package["id"], upload=file)
    assert made["name"] == "posyandu_2025.csv"


def test_no_form_offers_to_publish(portal, world):
    world.dataset()
    pages = [
        ("/dataset/new", "produsen"),
        ("/dataset/edit/posyandu", "produsen"),
        ("/dataset/edit/posyandu", "admin"),
        ("/dataset/posyandu/resource/new", "produsen"),
        ("/organization/bulk_process/dinas-kesehatan", "admin"),
    ]
    for path, by in pages:
        body = _page(world, portal, path, by)
        assert [offer for offer in OFFERS_PUBLISHING if offer in body] == [], path


def test_the_form_carries_its_token(portal, world):
    assert 'name="_csrf_token"' in _page(world, portal, "/dataset/new", "produsen")


def test_staff_is_led_to_the_submission(portal, world):
    submission = world.draft()
    body = _page(world, portal, "/dataset/posyandu", "produsen")
    assert f'href="/meja/dataset/{submission["id"]}"' in body
    assert "Draf" in body


def test_the_public_page_says_why_and_keeps_inner_matters_inside(portal, world):
    world.at("published")
    body = _page(world, portal, "/dataset/posyandu")
    assert "Sesuai prinsip Satu Data Indonesia" in body
    assert "Edisi ke-1" in body
    assert "/meja/" not in body
    assert "Ubah metadata" not in body


def test_a_draft_is_not_there_for_the_public(portal, world):
    world.dataset()
    assert "Halaman tidak ada" in _page(world, portal, "/dataset/posyandu", status=404)


def test_the_front_page_lists_what_was_released(portal, world):
    world.at("published")
    body = _page(world, portal, "/")
    assert 'href="/dataset/posyandu"' in body
    assert 'class="js"' not in body


def test_the_work_navigation_follows_the_appointment(portal, world):
    expected = [
        ("produsen", {"Tugas Saya", "Laporan"}),
        ("pemeriksa", {"Meja Kerja", "Laporan", "Penunjukan", "Hari Libur", "Catatan"}),
        ("pimpinan", {"Laporan"}),
        ("warga", set()),
        (None, set()),
    ]
    for by, links in expected:
        body = _page(world, portal, "/about", by)
        words = {"Tugas Saya", "Meja Kerja", "Laporan", "Penunjukan", "Hari Libur", "Ruang kerja"}
        words |= {"Catatan"}
        shown = {word for word in words if word in body}
        assert shown == (links | {"Ruang kerja"} if links else links), by
