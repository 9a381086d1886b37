"""The command: exit codes, one sentence on standard error, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from .conftest import CLEAN, PADI

MODULE = "ckanext.satudatatrenggalek.conformity"


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", MODULE, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={"PATH": "", "LC_ALL": "C"},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def files(tmp_path):
    (tmp_path / "baik.csv").write_text(CLEAN)
    (tmp_path / "salah.csv").write_text(CLEAN + "2025,35.03.3,Pulé,x\n")
    (tmp_path / "skema.json").write_text(json.dumps(PADI))
    (tmp_path / "rusak.json").write_text("{")
    (tmp_path / "daftar.json").write_text("[]")
    return tmp_path


def test_a_conforming_file(files):
    code, out, err = run(files / "baik.csv", "--schema", files / "skema.json")
    assert (code, err) == (0, "")
    assert out.startswith("baik.csv: SESUAI")


def test_a_file_with_findings(files):
    code, out, err = run(files / "salah.csv", "--schema", files / "skema.json")
    assert (code, err) == (1, "")
    assert "salah.csv: TIDAK SESUAI" in out
    assert "Kesalahan (baris 4, kolom kode_wilayah)" in out
    assert "Ganti menjadi `35.03.03` (Pule)." in out


def test_json(files):
    code, out, _ = run(files / "salah.csv", "--schema", files / "skema.json", "--json")
    report = json.loads(out)
    assert code == 1
    assert not report["valid"]
    errors = report["tasks"][0]["errors"]
    assert {e["code"] for e in errors} == {"region-code", "type-error"}
    assert all(e["rowNumber"] == 4 for e in errors)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tidak-ada.csv"], "tidak ada"),
        (["."], "folder"),
        ([], "Sebutkan berkas yang diperiksa."),
        (["baik.csv", "--apa"], "Tidak dikenal: --apa."),
        (["baik.csv", "--tidy"], "Pilihan --tidy perlu isi: --tidy RAPI.csv."),
        (["baik.csv", "--period", "--json"], "Pilihan --period perlu isi: --period TAHUN."),
        (["baik.csv", "--schema", "tidak-ada.json"], "tidak ada"),
        (["baik.csv", "--schema", "rusak.json"], "bukan JSON"),
        (["baik.csv", "--schema", "daftar.json"], "bukan Table Schema"),
    ],
)
def test_what_cannot_be_read(files, arguments, words):
    paths = [a if a.startswith("--") else files / a for a in arguments]
    code, out, err = run(*paths)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
