"""``ckan satudata ...``: what operators do."""

import time

import ckan.plugins.toolkit as tk
import click
from ckan import model

from . import config, jobs
from .demo import accounts, fill
from .model import audit as audit_model

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
@click.option("--every", type=click.IntRange(1), help="Ulangi setiap sekian detik.")
def sweep(every: int | None) -> None:
    """Bangunkan pekerja bila ada yang tertinggal (diseminasi, indeks, pemeriksaan)."""
    jobs.sweep()
    while every:
        time.sleep(every)
        jobs.sweep()


@satudata.command()
def work() -> None:
    """Kerjakan sekarang semua yang menunggu, tanpa pekerja."""
    jobs.work()


@satudata.group()
def audit() -> None:
    """Catatan kejadian: periksa keutuhannya."""


@audit.command()
@click.option("--against", help="Kepala rantai yang disimpan di luar basis data.")
def verify(against: str | None) -> None:
    """Telusuri seluruh rantai catatan."""
    report = audit_model.verify(model.Session, against)
    if report.broken_at is not None:
        raise click.ClickException(
            f"Catatan rusak: baris {report.broken_at} tidak cocok dengan baris sebelumnya. "
            "Bandingkan dengan cadangan basis data."
        )
    if not report.head_found:
        raise click.ClickException(
            "Kepala rantai yang disimpan tidak ada lagi: catatan pernah dipotong atau ditulis "
            "ulang."
        )
    click.echo(f"Utuh: {report.rows} baris. Kepala: {report.head}")
