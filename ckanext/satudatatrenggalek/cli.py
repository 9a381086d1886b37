"""``ckan satudata ...``: what operators do."""

from pathlib import Path

import ckan.plugins.toolkit as tk
import click
from ckan import model

from . import clock, config, heads, jobs, rechecking
from .demo import accounts, fill
from .domain.words import waktu
from .model import chain, notices
from .model import outbox as outbox_model
from .model.tables import OutboxRecord
from .notices import watching
from .reconcile import nightly

__all__ = ["satudata"]


@click.group(short_help="Satu Data Trenggalek")
def satudata() -> None:
    """Perintah operator portal Satu Data."""


@satudata.command()
@click.argument("name")
def token(name: str) -> None:
    """Cetak satu token API untuk akun NAME, dan tidak ada yang lain."""
    user = model.User.get(name)
    if user is None or user.state != "active":
        raise click.ClickException(f"Akun '{name}' tidak ada. Periksa namanya.")
    made = tk.get_action("api_token_create")(
        {"ignore_auth": True, "user": user.name}, {"user": user.name, "name": "make token"}
    )
    click.echo(made["token"])


@satudata.command()
@click.option("--password", help="Kata sandi akun peragaan; tanpa ini dari pengaturan portal.")
def demo(password: str | None) -> None:
    """Isi portal untuk peragaan. Boleh diulang: hanya yang kurang yang ditambahkan."""
    try:
        filled = fill.fill(password or config.demo_password())
    except (fill.NotLocal, accounts.NameTaken) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    what = f"{filled.offices} perangkat daerah, {filled.accounts} akun, {filled.datasets} dataset"
    added = f"{filled.events} kejadian ditambahkan" if filled.events else "tidak ada yang diubah"
    click.echo(f"Peragaan lengkap: {what}; {added}.")


@satudata.command()
def work() -> None:
    """Kerjakan sekarang semua yang menunggu, tanpa pekerja dan tanpa jadwal."""
    watching.watch(model.Session, clock.now())
    jobs.work()


@satudata.command()
def unmailed() -> None:
    """Cetak pemberitahuan dan surel portal yang tidak terkirim sebagai surel, dan sebabnya."""
    rows = notices.not_mailed(model.Session)
    refused = outbox_model.refused(model.Session)
    for row, name in rows:
        end = "tidak dikirim" if row.mail_stopped_at else "dicoba lagi"
        click.echo(
            f"{row.id}  {name or 'akun dihapus'}  {row.event}  {waktu(row.created_at)}  "
            f"{row.mail_attempts} kali  {end}: {row.mail_error}"
        )
    for letter, said in refused:
        kept = letter.payload
        click.echo(
            f"{letter.id}  {kept['address']}  {kept['subject']}  {waktu(letter.created_at)}  "
            f"tidak dikirim: {said}"
        )
    if not rows and not refused:
        click.echo("Tidak ada.")


@satudata.command()
@click.argument("datasets", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Juga draf yang sudah punya hasil.")
@click.option("--batch", default=100, type=click.IntRange(1), help="Dataset per simpanan.")
def recheck(datasets: tuple[str, ...], everything: bool, batch: int) -> None:
    """Periksa lagi berkas DATASETS, atau semua dataset bila tidak disebut.

    Tanpa --all hanya berkas yang belum punya hasil yang berlaku, misalnya sesudah pembaruan
    portal. Berkas yang sudah diajukan atau terbit tidak diperiksa ulang bila hasilnya berlaku:
    keputusan bersandar pada hasil itu.
    """
    found = [model.Package.get(name) for name in datasets]
    unknown = [name for name, package in zip(datasets, found, strict=True) if package is None]
    if unknown:
        raise click.ClickException(f"Dataset '{unknown[0]}' tidak ada. Periksa namanya.")
    ids = [package.id for package in found if package] if datasets else None
    sent = rechecking.recheck(model.Session, clock.now(), ids, everything, batch)
    jobs.wake()
    click.echo(f"{sent} berkas akan diperiksa.")


@satudata.group()
def outbox() -> None:
    """Pekerjaan latar: lihat yang tertunda, jalankan lagi yang berhenti dicoba."""


@outbox.command("list")
def outbox_list() -> None:
    """Cetak pekerjaan yang tertunda dan yang sudah tidak dicoba lagi, tertua dahulu."""
    rows = outbox_model.late(model.Session, clock.now())
    for row in rows:
        given_up = row.attempts >= outbox_model.MAX_ATTEMPTS
        part = outbox_model.part_away(row)
        click.echo(
            f"{row.id}  {row.kind}  dataset {row.dataset_id}  sejak {waktu(row.created_at)}  "
            + (f"{row.attempts} kali, berhenti  " if given_up else "dicoba lagi  ")
            + (f"[{part}]  " if part else "")
            + (row.last_error or "tanpa pesan")
        )
    if not rows:
        click.echo("Tidak ada.")


@outbox.command("retry")
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Semua yang menyerah.")
def outbox_retry(ids: tuple[int, ...], everything: bool) -> None:
    """Jalankan lagi pekerjaan bernomor IDS (lihat `outbox list`)."""
    rows: list[OutboxRecord] = outbox_model.given_up(model.Session)
    chosen = [row for row in rows if everything or row.id in ids]
    missing = sorted(set(ids) - {row.id for row in rows})
    if missing or not (ids or everything):
        what = f"Pekerjaan {missing[0]} tidak ada" if missing else "Sebutkan nomornya, atau --all"
        raise click.ClickException(f"{what}. Lihat: ckan satudata outbox list.")
    for row in chosen:
        outbox_model.revive(row)
    model.Session.commit()
    jobs.wake()
    click.echo(f"{len(chosen)} pekerjaan dijalankan lagi.")


@satudata.command()
@click.option("--mend", is_flag=True, help="Perbaiki yang tidak menghilangkan apa pun.")
def reconcile(mend: bool) -> None:
    """Cocokkan tabel portal, CKAN, indeks, berkas, DataStore, edisi, dan catatan kejadian.

    --mend memperbaiki indeks, membuang tabel yang tidak dipakai, dan berkas yang tidak dipakai
    sesudah discarded_bytes_days. Berakhir dengan 1 bila ada perbedaan yang belum diperbaiki.
    """
    found = nightly.run(model.Session, clock.now(), None, mend)
    for one in found:
        click.echo(f"{one.text}{' Sudah diperbaiki.' if one.mended else ''} [{one.kind}]")
    if late := len(outbox_model.late(model.Session, clock.now())):
        click.echo(f"{late} pekerjaan masih tertunda. Lihat: ckan satudata outbox list.")
    left = sum(not one.mended for one in found)
    if left:
        raise click.ClickException(f"{left} perbedaan belum diperbaiki.")
    click.echo("Semua cocok." if not found else "Semua sudah diperbaiki.")


@satudata.group()
def audit() -> None:
    """Catatan kejadian: periksa keutuhannya, bawa kepalanya keluar."""


@audit.command()
@click.option(
    "--against",
    multiple=True,
    help="Kepala yang disimpan di luar basis data: 64 huruf itu sendiri, atau sebuah berkas.",
)
def verify(against: tuple[str, ...]) -> None:
    """Telusuri seluruh rantai catatan dan bandingkan dengan semua kepala yang disimpan.

    Kepala di berkas portal (audit.head_file) selalu ikut dibandingkan.
    """
    try:
        kept = [head for named in against for head in _heads_in(named)] + heads.kept()
    except (heads.NotHeads, OSError) as error:
        raise click.ClickException(f"Kepala yang disimpan tidak terbaca: {error}.") from error
    report = chain.verify(model.Session, kept)
    if report.broken_at is not None:
        raise click.ClickException(
            f"Catatan rusak: baris {report.broken_at} tidak cocok dengan baris sebelumnya. "
            "Bandingkan dengan cadangan basis data."
        )
    if report.missing:
        first = report.missing[0]
        when = f" pada {waktu(first.at)}" if first.at else ""
        raise click.ClickException(
            f"Kepala yang disimpan{when} tidak ada lagi di tempatnya ({first.hash}): catatan "
            f"pernah dipotong atau ditulis ulang. {len(report.missing)} dari {len(kept)} kepala "
            "hilang. Bandingkan dengan cadangan basis data."
        )
    if asleep := chain.unguarded(model.Session):
        raise click.ClickException(
            f"Rantai utuh ({report.rows} baris), tetapi penjaganya di basis data mati: "
            f"{', '.join(asleep)}. Nyalakan lagi dengan ALTER TABLE satudata_audit ENABLE TRIGGER "
            "USER, dan cari siapa yang mematikannya."
        )
    click.echo(f"Utuh: {report.rows} baris, {len(kept)} kepala cocok. Kepala: {report.head}")


def _heads_in(named: str) -> list[chain.Head]:
    path = Path(named)
    return heads.read(path.read_text(encoding="utf-8").splitlines() if path.exists() else [named])


@audit.command("head")
@click.option("--write", is_flag=True, help="Tambahkan ke berkas audit.head_file.")
@click.option("--mail", is_flag=True, help="Kirim ke alamat audit.head_mail.")
def audit_head(write: bool, mail: bool) -> None:
    """Cetak kepala catatan sekarang: waktu, banyak baris, hash baris terakhir."""
    head = chain.head(model.Session, clock.now())
    click.echo(heads.line_of(head))
    try:
        if write:
            click.echo(f"Ditulis ke {heads.write(head)}.")
        if mail:
            sent = heads.mail(head)
            click.echo(f"Dikirim ke {', '.join(sent) or 'tidak seorang pun: isi audit.head_mail'}.")
    except OSError as error:
        raise click.ClickException(f"Kepala belum tersimpan di luar: {error}.") from error
