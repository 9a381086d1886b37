"""Whoever starts the portal reads one sentence: what is wrong, where, and what to do."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launcher import ckan, ini, packages, portal
from launcher.checkout import Checkout, alone, choose_port, load_ports, load_secrets, save_port
from launcher.postgres import Postgres
from launcher.process import Daemon
from launcher.refusal import Refusal
from launcher.solr import require_space

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def taken():
    """A port that another program holds."""
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        yield stranger.getsockname()[1]


def refusal_of(act) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return str(caught.value)


def test_a_taken_web_port_names_the_port_and_another(checkout: Checkout, taken: int):
    said = refusal_of(lambda: portal.choose_web_port(checkout, str(taken)))
    assert f"Port {taken} sudah dipakai" in said
    assert f"make portal PORT={taken + 1}" in said


@pytest.mark.parametrize("wish", ["abc", "80", "70000", "-1"])
def test_an_impossible_port_is_refused(checkout: Checkout, wish: str):
    said = refusal_of(lambda: portal.choose_web_port(checkout, wish))
    assert f"PORT={wish}" in said
    assert "1024 sampai 65535" in said


def test_a_service_moves_to_another_port_when_a_stranger_took_its_own(
    checkout: Checkout, taken: int
):
    save_port(checkout, "redis", taken)
    chosen = choose_port(checkout, "redis")
    assert chosen != taken
    assert load_ports(checkout)["redis"] == chosen


def test_a_missing_package_is_named_with_its_command(monkeypatch):
    monkeypatch.setenv("PATH", "")
    need = packages.Need("Redis", "redis-server", lambda: False)
    said = refusal_of(lambda: packages.ensure((need,)))
    assert "Belum terpasang: Redis" in said
    assert "sudo apt install redis-server" in said


@pytest.mark.parametrize("need", packages.PORTAL_NEEDS + packages.TEST_NEEDS)
def test_each_need_has_a_plain_package_name(need: packages.Need, monkeypatch):
    """Also where apt-cache cannot be asked."""
    monkeypatch.setenv("PATH", "")
    assert packages.package_name(need).replace("-", "").replace(".", "").isalnum()


def test_too_little_space_for_solr_is_said_in_numbers(checkout: Checkout):
    said = refusal_of(lambda: require_space(checkout.var, 10 * 1024**2))
    assert "tinggal 10 MB" in said
    assert str(checkout.var) in said
    assert "Kosongkan penyimpanan" in said


def test_a_database_that_cannot_start_shows_its_own_log(checkout: Checkout):
    postgres = Postgres(checkout)
    postgres.data.mkdir()
    for name in ("PG_VERSION", "made", "postgresql.conf"):
        (postgres.data / name).write_text("nonsense\n")
    said = refusal_of(postgres.start)
    assert "postgres tidak berhasil dijalankan" in said
    assert "make reset" in said
    assert str(postgres.daemon.log_file) in said


def test_a_program_that_dies_at_once_is_not_waited_for(checkout: Checkout):
    daemon = Daemon(checkout, "web")
    daemon.start(["sh", "-c", "echo rusak; exit 3"])
    said = refusal_of(lambda: daemon.wait(lambda: False, 30, "Baca catatan ini."))
    assert "web tidak berhasil dijalankan. Baca catatan ini." in said
    assert "rusak" in said


def test_a_wrong_setting_is_named_with_its_file(checkout: Checkout):
    """CKAN itself reads this file and refuses it."""
    (checkout.var / "venv").symlink_to(Path(sys.prefix))
    checkout.ini.write_text(
        "[app:main]\nuse = egg:ckan\nSECRET_KEY = x\nckan.site_url = http://localhost:5000\n"
        "sqlalchemy.url = postgresql://nobody@127.0.0.1:1/none\n"
        "solr_url = http://127.0.0.1:1/solr/none\nckan.plugins =\n"
        "ckan.max_resource_size = seratus\n"
    )
    said = refusal_of(lambda: ckan.call(checkout, ["db", "version"], "Gagal"))
    assert f"Nilai pengaturan di {checkout.ini} salah" in said
    assert "ckan.max_resource_size" in said
    assert "\n" not in said


def test_an_unknown_plugin_is_named():
    told = "ckan.plugins.core.PluginNotFoundException: satudatatrengalek"
    said = ckan.explain(told, "var/ckan.ini", "Gagal")
    assert "Plugin satudatatrengalek" in said
    assert "var/ckan.ini" in said


def test_a_command_that_refuses_in_a_sentence_is_quoted():
    told = "2026-11-22 INFO something\nError: Akun 'x' tidak ada. Periksa namanya.\n"
    said = ckan.explain(told, "var/ckan.ini", "Token tidak dapat dibuat")
    assert said == "Token tidak dapat dibuat: Akun 'x' tidak ada. Periksa namanya."


def test_an_unknown_trouble_shows_its_last_lines():
    said = ckan.explain("satu\ndua\nKeyError: 'x'", "var/ckan.ini", "Tabel tidak dapat dibuat")
    assert said.startswith("Tabel tidak dapat dibuat.")
    assert "KeyError: 'x'" in said


def test_an_unreadable_ini_is_named(checkout: Checkout):
    checkout.ini.write_text("tanpa bagian\n")
    said = refusal_of(lambda: ini.setting(checkout, "ckan.site_id"))
    assert str(checkout.ini) in said
    assert "make portal" in said


def test_a_cut_off_secrets_file_is_not_guessed(checkout: Checkout):
    (checkout.var / "secrets.json").write_text('{"redis": "a')
    said = refusal_of(lambda: load_secrets(checkout))
    assert "secrets.json rusak" in said


def test_the_same_work_twice_at_once_is_refused(checkout: Checkout):
    def second() -> None:
        with alone(checkout, "portal"):
            raise AssertionError("two at once")

    with alone(checkout, "portal"):
        assert "make portal sedang berjalan" in refusal_of(second)
    with alone(checkout, "portal"):
        assert (checkout.var / "portal.lock").exists()


def test_a_token_needs_a_name_and_a_running_portal(checkout: Checkout):
    assert "AS=produsen" in refusal_of(lambda: portal.token(checkout, ""))
    assert "make portal" in refusal_of(lambda: portal.token(checkout, "produsen"))


def test_reset_without_a_terminal_asks_for_yes(monkeypatch):
    monkeypatch.delenv("YES", raising=False)
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115 - closed with the test
    assert "YES=1" in refusal_of(lambda: portal.confirm("Semua data akan dihapus."))


def test_make_ends_with_a_sentence_and_a_number():
    """No traceback, nothing on standard output, and not an account named after the assembler."""
    done = subprocess.run(
        ["make", "-s", "-C", str(ROOT), "token", f"PYTHON={sys.executable}"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "Sebutkan akunnya: make -s token AS=produsen."
