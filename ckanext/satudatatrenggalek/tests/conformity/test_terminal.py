"""The command on a terminal and in a pipe: a table that fits, other encodings, what it writes."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import subprocess
import sys

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import FINDINGS_SHEET, Finding, Report, Stats
from ckanext.satudatatrenggalek.conformity.terminal import progress_bar, show_report

from .conftest import CLEAN, PADI

MODULE = "ckanext.satudatatrenggalek.conformity"
BAD = CLEAN + '2025,35.03.3,Pulé,"10.714,8"\n2025,35.03.04,Dongko,-\n'


@pytest.fixture
def files(tmp_path):
    (tmp_path / "salah.csv").write_text(BAD)
    (tmp_path / "skema.json").write_text(json.dumps(PADI))
    return tmp_path


def command(*arguments):
    return [sys.executable, "-m", MODULE, *map(str, arguments)]


def piped(*arguments, **settings):
    done = subprocess.run(
        command(*arguments), capture_output=True, check=False, env={"PATH": "", **settings}
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def on_terminal(*arguments, columns=100, **settings):
    """(exit code, what a terminal of that width got)."""
    return run_on_terminal(command(*arguments), columns, **settings)


def run_on_terminal(program, columns=100, **settings):
    ours, theirs = pty.openpty()
    environment = {"PATH": "", "TERM": "xterm", "COLUMNS": str(columns), **settings}
    with subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            seen += part
    os.close(ours)
    assert b"Traceback" not in seen
    return process.returncode, re.sub(rb"\x1b\[[0-9;]*m", b"", seen)


def test_a_table_on_a_wide_terminal(files):
    code, seen = on_terminal(files / "salah.csv", "--schema", files / "skema.json")
    text = seen.decode()
    assert code == 1
    assert "TIDAK SESUAI" in text
    heads = next(line for line in text.splitlines() if "Cara memperbaiki" in line)
    assert heads.index("Tempat") < heads.index("Temuan") < heads.index("Cara")
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100


def test_one_below_the_other_on_a_narrow_terminal(files):
    _, seen = on_terminal(files / "salah.csv", "--schema", files / "skema.json", columns=40)
    text = seen.decode()
    assert "Cara memperbaiki" not in text
    assert "-> " in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 40


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_that_knows_few_letters(files, encoding):
    code, seen = on_terminal(
        files / "salah.csv", "--schema", files / "skema.json", PYTHONIOENCODING=encoding
    )
    assert code == 1
    assert "TIDAK SESUAI" in seen.decode(encoding, "replace")


def test_a_pipe_gets_plain_lines_in_utf_8(files):
    code, out, err = piped(
        files / "salah.csv", "--schema", files / "skema.json", PYTHONIOENCODING="ascii"
    )
    assert (code, err) == (1, "")
    assert "\x1b" not in out
    assert "Kesalahan (baris 4, kolom kode_wilayah)" in out


def test_a_reader_that_leaves_is_no_error(files):
    process = subprocess.Popen(
        command(files / "salah.csv"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in (0, 1)


def test_names_in_a_file_do_not_steer_the_terminal(capfd):
    finding = Finding("x", "error", "standard", "Salah \x1b[2J.", "Hapus \x07.", column="\x1b]0;x")
    show_report(Report(False, (finding,), Stats(errors=1), "\x1b[31mx.csv"))
    out = capfd.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_a_bar_only_where_somebody_sees_it(capfd):
    with progress_bar("Memeriksa") as tell:
        assert tell is None
    assert capfd.readouterr().err == ""


def test_a_bar_on_a_terminal():
    told = "tell(1, 0); sleep(0.8); tell(1, 2); sleep(0.3); tell(2, 2)"
    script = (
        f"from time import sleep; from {MODULE}.terminal import progress_bar\n"
        f"with progress_bar('Memeriksa') as tell: {told}\n"
    )
    code, seen = run_on_terminal([sys.executable, "-c", script])
    assert code == 0
    assert b"Memeriksa" in seen
    assert b"50%" in seen


def test_help_is_in_indonesian():
    code, out, _ = piped("--help")
    assert code == 0
    for option in ("--schema", "--period", "--sheet", "--previous", "--tidy", "--marked", "--json"):
        assert option in out
    for word in ("usage", "options", "positional", "optional", "show this"):
        assert word not in out


def test_the_tidied_copy_and_its_log(files):
    target = files / "rapi.csv"
    code, out, err = piped(
        files / "salah.csv", "--schema", files / "skema.json", "--tidy", target,
        "--answer", "missing-marker:4:-=empty",
    )  # fmt: skip
    assert (code, err) == (1, "")
    assert "Salinan rapi" in out
    assert "Perlu jawaban" not in out
    with target.open(newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[3:] == [["2025", "35.03.03", "Pulé", "10714.8"], ["2025", "35.03.04", "Dongko", ""]]
    assert (files / "rapi_perubahan.csv").read_text().count("\n") == 4
    assert (files / "salah.csv").read_text() == BAD
    assert sorted(p.name for p in files.iterdir()) == [
        "rapi.csv", "rapi_perubahan.csv", "salah.csv", "skema.json",
    ]  # fmt: skip


def test_open_questions_are_said_with_their_answers(files):
    _, out, _ = piped(
        files / "salah.csv", "--schema", files / "skema.json", "--tidy", files / "rapi.csv"
    )
    assert "Perlu jawaban: Apa arti `-` di kolom `produksi_ton`" in out
    assert "--answer 'missing-marker:4:-=zero'" in out


def test_the_marked_workbook(files):
    target = files / "tanda.xlsx"
    code, out, _ = piped(files / "salah.csv", "--marked", target)
    assert code == 1
    assert "Excel bertanda" in out
    assert FINDINGS_SHEET in openpyxl.load_workbook(target).sheetnames


def test_json_stays_json_beside_what_is_written(files):
    code, out, err = piped(
        files / "salah.csv", "--json", "--tidy", files / "r.csv", "--marked", files / "m.xlsx"
    )
    assert code == 1
    assert set(json.loads(out)) == {"valid", "stats", "warnings", "errors", "tasks"}
    assert "Salinan rapi" in err
    assert "Excel bertanda" in err


def test_a_sheet_and_an_earlier_edition(files, workbook):
    path = workbook([["tahun"], [2025]], Lain=[["tahun"], [2024], [2023]])
    code, out, _ = piped(path, "--sheet", "Lain", "--previous", files / "salah.csv")
    assert 'lembar "Lain"' in out
    assert code in (0, 1)
    code, _, err = piped(path, "--previous", files / "tidak-ada.csv")
    assert (code, "tidak ada" in err) == (2, True)


@pytest.mark.parametrize("option", ["--tidy", "--marked"])
def test_nothing_read_is_written_over(files, option):
    code, out, err = piped(files / "salah.csv", option, files / "salah.csv")
    assert (code, out) == (2, "")
    assert "pilih nama lain" in err
    assert (files / "salah.csv").read_text() == BAD


@pytest.mark.parametrize("option", ["--tidy", "--marked"])
def test_a_folder_that_is_not_there(files, option):
    code, _, err = piped(files / "salah.csv", option, files / "tidak" / "x.csv")
    assert code == 2
    assert "tidak bisa" in err


def test_what_is_no_table_is_said(files):
    (files / "surat.pdf").write_bytes(b"%PDF-1.7\n")
    code, out, _ = piped(files / "surat.pdf", "--tidy", files / "r.csv", "--marked", files / "m.x")
    assert code in (0, 2)
    assert "Salinan rapi tidak dibuat" in out
    assert "Excel bertanda tidak dibuat" in out
    assert not (files / "r.csv").exists()
