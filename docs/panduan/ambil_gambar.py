"""Takes this guide's pictures from the running demo portal.

Run ``var/venv/bin/python docs/panduan/ambil_gambar.py [NAME ...]``, of the rooms of ``ROOMS`` or of
all of them; ``make test`` installs what it needs.

Address and password are read from ``var/ckan.ini``; run ``make portal`` first.
"""

import base64
import configparser
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).resolve().parent / "gambar"
ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MESSY = """PRODUKSI PERIKANAN TAHUN 2025;;;;
;;;;
tahun;kode_wilayah;kecamatan;produksi_laut;produksi_budidaya
2025;35.03.01;Panggul;3.645,2;212,5
2025;35.03.02;Munjungan;2.318,4;146,8
2025;35.03.03;Pule;-;98,4
2025;35.03.08;Watulimo;18.912,7;488,0
JUMLAH;;;24.876,3;945,7
"""
HEIGHT = 1400  # pixels; a picture shows the top of a page, not its whole length
SCALE, QUALITY = 0.75, 60  # of WebP: letters stay readable, a picture weighs a fifth of its PNG


def settings() -> tuple[str, str]:
    """Address of the portal and password of the demo accounts."""
    ini = configparser.RawConfigParser()
    if not ini.read(ROOT / "var" / "ckan.ini"):
        sys.exit("Portal contoh belum ada. Jalankan make portal dulu.")
    main = ini["app:main"]
    return main["ckan.site_url"], main["ckanext.satudatatrenggalek.demo_password"]


class Visitor:
    """A browser of one account."""

    def __init__(self, browser: Any, address: str, name: str = "", password: str = "") -> None:
        self.address = address
        self.page = browser.new_context(
            viewport={"width": 1280, "height": HEIGHT}, locale="id-ID"
        ).new_page()
        if name:
            self.go("/user/login")
            self.page.fill("input[name=login]", name)
            self.page.fill("input[name=password]", password)
            self.page.click("form:has(input[name=password]) button[type=submit]")

    def go(self, path: str) -> None:
        """Open an address of the portal."""
        self.page.goto(self.address + path)

    def follow(self, selector: str) -> None:
        """Click the first link that fits."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def take(self, name: str, around: str = "") -> None:
        """Keep what stands at the top of the page, or around a part of it."""
        # The bar of decisions floats over what one looks for.
        self.page.add_style_tag(content=".sd-decide { position: static !important }")
        size = self.page.evaluate("document.documentElement.scrollHeight")
        top = 0
        if around:
            found = self.page.locator(around).bounding_box()
            seen = self.page.evaluate("window.scrollY")
            top = max(0, int(found["y"] + seen) - HEIGHT // 2) if found else 0
        height = min(size - top, HEIGHT)
        clip = {"x": 0, "y": top, "width": 1280, "height": height, "scale": SCALE}
        session = self.page.context.new_cdp_session(self.page)
        shot = session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
        )
        (PICTURES / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


def main() -> None:
    """All pictures, in the order of the guide."""
    address, password = settings()
    PICTURES.mkdir(exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        sys.exit("Chromium belum terpasang. Pasang paket chromium.")
    wanted = sys.argv[1:] or list(ROOMS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        for room in wanted:
            take, *names = ROOMS[room]
            take(*(Visitor(browser, address, str(name), password) for name in names))
        browser.close()


def producer(clerk: Visitor) -> None:
    """What a clerk of an office sees."""
    clerk.go("/meja/tugas")
    clerk.take("tugas")
    clerk.follow("tr:has(.is-fix) a[href*='/meja/']")
    clerk.take("perbaikan")
    clerk.follow("a[href*='/resource/'][href*='/edit']")
    clerk.take("unggah")
    clerk.go("/meja/tugas")
    clerk.follow("tr:has(.is-wait) a[href*='/meja/']")
    clerk.page.wait_for_function("!document.body.innerText.includes('Sedang diperiksa mesin')")
    clerk.take("hasil-mesin")
    clerk.go("/meja/tugas")
    clerk.follow("tr:has(.is-fix) a[href*='/meja/']")
    clerk.follow("a[href*='/kolom/']")
    clerk.take("tabel-kolom")
    clerk.go("/meja/tugas")
    clerk.follow("tr:has(.is-wait) a[href*='/meja/']")
    clerk.follow("a:has-text('Tanda terima')")
    clerk.take("tanda-terima")
    clerk.go("/meja/pemberitahuan")
    clerk.take("pemberitahuan")
    messy(clerk)
    next_edition(clerk)


def messy(clerk: Visitor) -> None:
    """An untidy file in a draft of its own, which is given up again after the picture."""
    clerk.go("/dataset/new")
    clerk.page.fill("input[name=title]", "Contoh salinan rapi")
    clerk.page.click("button[name=save]")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "produksi perikanan 2025 FIX.csv"
        path.write_text(MESSY, encoding="utf-8")
        clerk.page.set_input_files("input[type=file][name=upload]", str(path))
        clerk.page.click("button[name=save].btn-primary")
    clerk.go("/meja/tugas")
    clerk.follow("a[href*='/meja/']:has-text('Contoh salinan rapi')")
    address = clerk.page.url
    for _ in range(60):
        if clerk.page.locator("a[href*='/rapi/']").count():
            break
        clerk.page.wait_for_timeout(500)
        clerk.page.goto(address)
    clerk.follow("a[href*='/rapi/']")
    for question in clerk.page.query_selector_all("fieldset.sd-question"):
        question.query_selector("input[value=zero]").check()
    clerk.page.click("button[value=lihat]")
    clerk.page.wait_for_selector("button[value=terima]")
    clerk.take("salinan-rapi")
    give_up(clerk, address)


def next_edition(clerk: Visitor) -> None:
    """The next edition of a public dataset, with two other figures, given up after the picture."""
    clerk.go("/meja/tugas")
    clerk.follow("section:has(#h-terbit) tr:has(.is-good) a.t")
    clerk.follow("button[value=revise]")
    address = clerk.page.url
    file = clerk.page.locator(".sd-file a[href*='/download/']").first.get_attribute("href")
    lines = clerk.page.request.get(str(file)).text().splitlines()
    for number in (2, 5):
        cells = lines[number].split(",")
        lines[number] = ",".join([*cells[:-1], str(float(cells[-1]) + 3).removesuffix(".0")])
    clerk.follow("a:has-text('Unggah berkas perbaikan')")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "perbaikan.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        clerk.page.set_input_files("input[type=file][name=upload]", str(path))
        clerk.page.click("form:has(input[type=file]) button.btn-primary[name=save]")
        clerk.page.wait_for_load_state()
    clerk.page.goto(address)
    clerk.follow("a:has-text('Lihat perubahannya')")
    clerk.take("perubahan")
    give_up(clerk, address)


def give_up(clerk: Visitor, address: str) -> None:
    """Leave the demo as it was."""
    clerk.page.goto(address)
    clerk.page.locator("details:has(button[value=discard])").evaluate("d => d.open = true")
    clerk.page.fill("#comment-discard", "Contoh untuk panduan.")
    clerk.follow("button[value=discard]")


def checker(walidata: Visitor) -> None:
    """What the walidata sees."""
    walidata.go("/meja")
    walidata.take("meja")
    walidata.go("/meja?status=awaiting_check")
    walidata.follow("a[href*='/meja/periksa/']")
    walidata.take("periksa")
    walidata.go("/meja?status=awaiting_check")
    for box in walidata.page.locator("input[name=pilih]").all()[:4]:
        box.check()
    # Nobody has kept a checklist: each is passed over with its reason, and nothing changes.
    walidata.follow("button[value=conform]")
    walidata.take("massal")
    walidata.go("/meja/atas-nama")
    walidata.take("atas-nama")
    walidata.go("/meja/catatan")
    walidata.take("catatan")


def approver(chief: Visitor) -> None:
    """What only an approver does, and the report."""
    for name, path in (
        ("penunjukan", "/meja/penunjukan"),
        ("beban", "/meja/beban"),
        ("laporan", "/meja/laporan"),
    ):
        chief.go(path)
        chief.take(name)


def others(supervisor: Visitor, forum: Visitor) -> None:
    """Pembina Data, and those who read the report."""
    supervisor.go("/meja?status=awaiting_supervisor")
    supervisor.follow("a[href*='/meja/periksa/']")
    supervisor.take("pembina")
    forum.go("/meja/laporan")
    forum.follow("[role=main] a[href*='/meja/laporan/']")
    forum.take("angka")


def public(visitor: Visitor, walidata: Visitor) -> None:
    """What everybody sees; the request made for the picture is answered after it."""
    visitor.go("/dataset/?q=posyandu")
    visitor.follow(".dataset-heading a:has-text('Posyandu')")
    visitor.take("dataset")
    visitor.go("/ditarik")
    visitor.follow("[role=main] table a")
    visitor.take("ditarik")
    visitor.go("/dataset/?q=posyandu")
    visitor.follow(".dataset-heading a:has-text('Posyandu')")
    visitor.follow("a:has-text('Laporkan kesalahan data')")
    visitor.page.fill("#name", "Siti Rahma")
    visitor.page.fill("#email", "siti@contoh.test")
    visitor.page.fill("#message", "Baris Kecamatan Pule keliru; menurut laporan puskesmas 61.")
    visitor.follow("button:has-text('Kirim laporan')")
    visitor.take("laporan-kesalahan")
    walidata.go("/meja/permintaan")
    walidata.follow("tr:has-text('Siti Rahma') a.t")
    walidata.take("jawab")
    walidata.page.fill("#answer", "Contoh untuk panduan.")
    walidata.follow("button:has-text('Kirim jawaban')")


def head(chief: Visitor) -> None:
    """What an office head sees where the office wants the sign-off; the switch is put back."""
    chief.go("/meja/tugas")
    chief.follow("button[name=required][value=true]")
    chief.follow("tr:has(.is-fix) a[href*='/meja/']")
    chief.take("persetujuan-kepala", "#persetujuan")
    chief.go("/meja/tugas")
    chief.follow("button[name=required][value=default]")


def granted(visitor: Visitor, walidata: Visitor) -> None:
    """A request for the files of a restricted dataset, granted."""
    visitor.go("/dataset/?q=PMKS")
    visitor.follow(".dataset-heading a:has-text('PMKS')")
    visitor.follow("a:has-text('Minta berkas')")
    visitor.page.fill("#name", "Siti Rahma")
    visitor.page.fill("#email", "siti@contoh.test")
    visitor.page.fill("#message", "Untuk skripsi di universitas, bagian Kecamatan Panggul.")
    visitor.follow("button:has-text('Kirim permintaan')")
    address = visitor.page.url
    walidata.go("/meja/permintaan")
    walidata.follow("tr:has-text('PMKS') a.t")
    walidata.page.check("#granted")
    walidata.page.fill("#answer", "Silakan dipakai. Sebutkan Dinas Sosial sebagai sumbernya.")
    walidata.follow("button:has-text('Kirim jawaban')")
    visitor.page.goto(address)
    visitor.take("dikabulkan")


def changed(walidata: Visitor, clerk: Visitor) -> None:
    """A decision refused because the content changed meanwhile; the words are put back."""
    walidata.go("/meja?status=awaiting_check")
    walidata.follow("a[href*='/meja/periksa/']:has-text('Penyakit Menular')")
    key = walidata.page.url.split("/meja/periksa/")[1].split("?")[0]
    before = rewrite(clerk, key, "Angkanya menurut keadaan akhir tahun.")
    walidata.follow("button[value=conform]")
    walidata.take("isi-berubah")
    rewrite(clerk, key, before)


def rewrite(clerk: Visitor, key: str, notes: str) -> str:
    """Take a submission back, give it other words, submit it again; the words before."""
    clerk.go(f"/meja/dataset/{key}")
    clerk.page.locator("details:has(button[value=withdraw])").evaluate_all(
        "all => all.forEach(d => d.open = true)"
    )
    clerk.follow("button[value=withdraw]")
    clerk.go(f"/meja/dataset/{key}")
    clerk.follow("a:has-text('Ubah metadata')")
    before = clerk.page.input_value("[name=notes]")
    clerk.page.fill("[name=notes]", notes)
    clerk.follow("button[name=save].btn-primary")
    clerk.go(f"/meja/dataset/{key}")
    clerk.follow("button[value=submit]")
    return before


# Each room with the accounts it needs; no name is nobody signed in.
ROOMS: dict[str, tuple[Any, ...]] = {
    "publik": (public, "", "pemeriksa"),
    "produsen": (producer, "produsen"),
    "kepala": (head, "kepala-dinkes"),
    "pemeriksa": (checker, "pemeriksa"),
    "penyetuju": (approver, "penyetuju"),
    "lain": (others, "pembina", "forum"),
    "permintaan": (granted, "", "pemeriksa"),
    "berubah": (changed, "pemeriksa", "produsen"),
}

if __name__ == "__main__":
    main()
