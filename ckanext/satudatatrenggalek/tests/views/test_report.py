"""The report's pages: numbers, the lists behind them, who may read, what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.model.tables import AppointmentRecord

from ..model.month import Month, wib
from ..world import World
from .report_month import NOVEMBER, PAGE, big_figures, cells_of, recorded, soup_of


@pytest.fixture
def month(world: World) -> Iterator[Month]:
    with recorded() as written:
        yield written


def get(portal: Any, world: World, who: str | None, url: str, status: int = 200) -> Any:
    return portal.get(url, headers=world.headers(who), status=status, follow_redirects=False)


def test_the_page_says_what_was_worked_out_by_hand(portal: Any, world: World, month: Month) -> None:
    soup = soup_of(get(portal, world, "pemeriksa", PAGE))
    figures = big_figures(soup)
    assert figures["Diajukan"] == "4"
    assert figures["Dikembalikan"] == "1"
    assert figures["Disetujui"] == "2"
    assert figures["Terbit"] == "2"
    assert figures["Terbit tanpa perbaikan"] == "50%"
    assert figures["Melewati tenggat"] == "2"
    kes = cells_of(soup, "Bulan: Dinas Kesehatan")
    assert kes[:6] == ["3", "1", "2", "2", "50%", "1"]
    assert cells_of(soup, "Bulan: Sekretariat DPRD") == ["0", "0", "0", "0", "-", "0", "-"]
    check = cells_of(soup, "7. Pemeriksaan")
    assert check == ["Pemeriksa (Walidata)", "3", "3,5", "4,8", "7,9", "8,5", "2", "67%"]
    codes = cells_of(soup, "Kode Referensi dan Data Induk")
    assert codes == ["1", "2", "Kode wilayah 35.03.3 tidak ada"]
    assert cells_of(soup, "1 putaran") == ["1", "50%"]


def test_every_number_opens_a_list_of_that_length(portal: Any, world: World, month: Month) -> None:
    links = {
        (link["href"], link.get_text())
        for link in soup_of(get(portal, world, "pemeriksa", PAGE)).select("#content a[href]")
        if link.get_text().strip().isdigit() and "/meja/laporan/" in str(link["href"])
    }
    assert len(links) >= 24
    for href, number in sorted(links, key=str):
        rows = soup_of(get(portal, world, "pemeriksa", str(href))).select("tbody tr")
        assert (href, str(len(rows))) == (href, number)


def test_a_list_names_dataset_office_time_person_and_note(
    portal: Any, world: World, month: Month
) -> None:
    soup = soup_of(get(portal, world, "sekretariat", f"/meja/laporan/returned?{NOVEMBER}"))
    text = " ".join(soup.select_one("tbody").get_text(" ").split())  # type: ignore[union-attr]
    for words in (
        "Dataset A",
        "Bulan: Dinas Kesehatan",
        "Rabu, 2 November 2033 08.00 WIB",
        "Budi Pemeriksa",
        "Perbaiki kode wilayah.",
    ):
        assert words in text


def test_one_office_can_be_chosen(portal: Any, world: World, month: Month) -> None:
    soup = soup_of(get(portal, world, "pimpinan", f"{PAGE}&opd=bulan-distan"))
    assert big_figures(soup)["Diajukan"] == "1"
    chosen = soup.select_one("#opd option[selected]")
    assert chosen is not None
    assert chosen.get_text() == "Bulan: Dinas Pertanian"


def test_an_empty_period_says_so(portal: Any, world: World, month: Month) -> None:
    page = get(portal, world, "forum", "/meja/laporan?dari=01-01-2032&sampai=31-01-2032")
    assert "Tidak ada pengajuan yang bergerak" in page.body
    assert big_figures(soup_of(page))["Terbit tanpa perbaikan"] == "-"


def test_without_a_period_it_is_this_month(portal: Any, world: World, month: Month) -> None:
    page = soup_of(get(portal, world, "forum", "/meja/laporan"))
    assert page.select_one("#dari")["value"] == "01-12-2033"  # type: ignore[index]
    assert page.select_one("#sampai")["value"] == "31-12-2033"  # type: ignore[index]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("dari=2033-13-01&sampai=30-11-2033", "tidak terbaca"),
        ("dari=01-11-2033&sampai=kemarin", "tidak terbaca"),
        ("dari=30-11-2033&sampai=01-11-2033", "lebih awal"),
    ],
)
def test_a_period_that_cannot_be_read_is_explained(
    portal: Any, world: World, days: str, words: str
) -> None:
    page = get(portal, world, "pemeriksa", f"/meja/laporan?{days}", status=400)
    alert = soup_of(page).select_one("[role=alert]")
    assert alert is not None
    assert words in alert.get_text()


@pytest.mark.parametrize(
    "path", ["/meja/laporan", f"/meja/laporan/published?{NOVEMBER}", "/meja/laporan/tidak-ada"]
)
def test_whoever_is_not_signed_in_goes_to_the_login(portal: Any, world: World, path: str) -> None:
    response = get(portal, world, None, path, status=302)
    assert "/user/login" in response.headers["Location"]


def test_who_may_read_and_who_may_not(portal: Any, world: World, month: Month) -> None:
    may = {
        name: portal.get(PAGE, headers=world.headers(name)).status_code == 200
        for name in world.users
    }
    assert may == {
        "admin": True,
        "produsen": True,
        "produsen_lain": True,
        "pendukung": True,
        "pemeriksa": True,
        "penyetuju": True,
        "penyetuju_lain": True,
        "pembina": False,
        "forum": True,
        "sekretariat": True,
        "pimpinan": True,
        "warga": False,
    }


def test_an_office_reads_its_own_figures_only(portal: Any, world: World, month: Month) -> None:
    model.Session.add(
        AppointmentRecord(
            user_id=world.users["warga"]["id"],
            role="producer",
            office_id=month.tan.id,
            valid_from=wib(1, 0).date(),
            decree="SK 2",
            created_at=wib(1, 0),
        )
    )
    model.Session.commit()
    soup = soup_of(get(portal, world, "warga", PAGE))
    assert big_figures(soup)["Diajukan"] == "1"
    assert "Dinas Kesehatan" not in soup.get_text()
    assert "Terbitkan laporan" not in soup.get_text()
    rows = soup_of(get(portal, world, "warga", f"/meja/laporan/submitted?{NOVEMBER}"))
    assert "Dataset D" in rows.get_text()
    assert "Dataset A" not in rows.get_text()
    get(portal, world, "warga", f"{PAGE}&opd=bulan-dinkes", status=403)
    get(portal, world, "warga", f"/meja/laporan/late?{NOVEMBER}&opd={month.kes.id}", status=403)


def test_what_does_not_exist_is_not_found(portal: Any, world: World, month: Month) -> None:
    for path in ("late.published", "rahasia", "reason.", "rounds.x"):
        get(portal, world, "pemeriksa", f"/meja/laporan/{path}?{NOVEMBER}", status=404)
    get(portal, world, "pemeriksa", f"{PAGE}&opd=tidak-ada", status=404)
