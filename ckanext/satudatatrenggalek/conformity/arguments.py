"""What the command takes: `python -m ckanext.satudatatrenggalek.conformity BERKAS ...`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

UNREADABLE = 2
_PROGRAM = "python -m ckanext.satudatatrenggalek.conformity"
_ENDING = """\
Hasil: 0 bila sesuai, 1 bila tidak sesuai, 2 bila tidak bisa dibaca.
Berkas asal tidak pernah diubah. Salinan rapi hanya mengubah yang pasti; yang tidak pasti
ditanyakan, dan dijawab dengan --answer."""


class _Words(argparse.RawDescriptionHelpFormatter):
    """argparse's own words in Indonesian."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Cara memakai: ")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split())
        self.exit(UNREADABLE, f"{self._in_words(message)} {usage}\n")

    def _in_words(self, message: str) -> str:
        """What argparse found wrong, as a sentence."""
        if match := re.fullmatch(
            r"argument (\S+): expected (?:one|at least one) argument", message
        ):
            taken = next(a for a in self._actions if match[1] in a.option_strings)
            return f"Pilihan {match[1]} perlu isi: {match[1]} {taken.metavar}."
        if "required" in message:
            return "Sebutkan berkas yang diperiksa."
        if match := re.fullmatch(r"unrecognized arguments: (.*)", message):
            return f"Tidak dikenal: {match[1]}."
        return "Perintah tidak lengkap."


def parser() -> argparse.ArgumentParser:
    """The command line. Wrong use exits with 2 and one line on standard error."""
    made = _Parser(
        prog=_PROGRAM,
        usage="%(prog)s BERKAS [pilihan]",
        description="Memeriksa kesesuaian satu berkas data.",
        epilog=_ENDING,
        formatter_class=_Words,
        add_help=False,
    )
    made.add_argument("file", metavar="BERKAS", type=Path, help=argparse.SUPPRESS)
    what = made.add_argument_group("Yang diharapkan dari berkas")
    what.add_argument("--schema", metavar="SKEMA.json", type=Path, help="Table Schema (JSON)")
    what.add_argument("--period", metavar="TAHUN", default="", help="tahun edisi, misalnya 2025")
    what.add_argument("--sheet", metavar="LEMBAR", default="", help="lembar yang diperiksa")
    what.add_argument("--previous", metavar="BERKAS", type=Path, help="berkas edisi sebelumnya")
    out = made.add_argument_group("Yang dihasilkan")
    out.add_argument("--json", action="store_true", help="laporan sebagai JSON Frictionless")
    out.add_argument(
        "--tidy",
        metavar="RAPI.csv",
        type=Path,
        help="tulis salinan rapi, dan catatan perubahannya di RAPI_perubahan.csv",
    )
    out.add_argument(
        "--answer",
        metavar="TANYA=JAWAB",
        action="append",
        default=[],
        help="jawaban untuk salinan rapi, misalnya missing-marker:4:-=empty; boleh berulang",
    )
    out.add_argument(
        "--marked", metavar="TANDA.xlsx", type=Path, help="tulis Excel dengan sel keliru diwarnai"
    )
    out.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")
    return made
