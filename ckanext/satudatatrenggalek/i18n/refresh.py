"""Renew the Indonesian catalogue from the installed CKAN, its extensions and this package.

    python ckanext/satudatatrenggalek/i18n/refresh.py           rewrite .pot, .po and .mo
    python ckanext/satudatatrenggalek/i18n/refresh.py --check   write nothing, exit 1 if stale

Existing translations are kept. A new string is added empty and printed, to be translated in
the .po by hand; a string no longer in any source is dropped.
"""

import argparse
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
DOMAIN = "ckanext-satudatatrenggalek"
POT = HERE / f"{DOMAIN}.pot"
PO = HERE / "id" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")

#: Installed packages whose words reach the people of this portal.
SOURCES = (
    "ckan",
    "ckanext.activity",
    "ckanext.audioview",
    "ckanext.datastore",
    "ckanext.datatablesview",
    "ckanext.dcat",
    "ckanext.harvest",
    "ckanext.imageview",
    "ckanext.resourceproxy",
    "ckanext.scheming",
    "ckanext.textview",
    "ckanext.tracking",
    "ckanext.validation",
    "ckanext.videoview",
    "ckanext.webpageview",
    "ckanext.xloader",
    "ckanext.satudatatrenggalek",
)

#: Strings CKAN puts together while running, so that no extraction finds them: it formats first
#: and looks the result up afterwards (ckan/views/group.py).
ASSEMBLED = (
    "Perangkat daerah not found",
    "Grup not found",
    "organization not found or you have no permission to view it",
    "group not found or you have no permission to view it",
)

#: An Indonesian catalogue without strings. Babel alone would give it two plural forms; Indonesian
#: has one. The dates stand still, so that a run without news changes nothing.
HEADER = b"""\
# Indonesian words of the Satu Data Trenggalek portal: CKAN's own strings, those of its
# extensions, and ours. How to renew it: README.md in the i18n folder.
msgid ""
msgstr ""
"Project-Id-Version: ckanext-satudatatrenggalek 1.0.0\\n"
"Report-Msgid-Bugs-To: Dinas Komunikasi dan Informatika Kabupaten Trenggalek\\n"
"POT-Creation-Date: 2026-01-01 00:00+0000\\n"
"PO-Revision-Date: 2026-01-01 00:00+0000\\n"
"Last-Translator: Dinas Komunikasi dan Informatika Kabupaten Trenggalek\\n"
"Language: id\\n"
"Language-Team: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

MessageId = str | tuple[str, ...] | list[str]


def folder_of(module: str) -> Path:
    """The folder an installed package was loaded from."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{module} is not installed; install requirements.txt first")
    return Path(spec.origin).parent


@cache
def source_strings() -> tuple[tuple[str, MessageId], ...]:
    """(file, string) of every marked string in the sources. Read once: it takes seconds."""
    return tuple(extracted())


def extracted() -> Iterator[tuple[str, MessageId]]:
    """Read the sources, as babel.cfg says."""
    with (HERE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = DEFAULT_KEYWORDS | {"ungettext": (1, 2)}
    for module in SOURCES:
        folder = folder_of(module)
        prefix = module.replace(".", "/")
        for name, _line, message, _comments, _context in extract_from_dir(
            folder, methods, options, keywords=keywords
        ):
            yield f"{prefix}/{name}", message


def core_strings() -> Iterator[tuple[str, MessageId]]:
    """(file, string) of CKAN's own template, which also holds its optional plugins."""
    with (folder_of("ckan") / "i18n" / "ckan.pot").open("rb") as file:
        for message in read_po(file):
            for name, _line in message.locations if message.id else ():
                yield name, message.id


def required() -> Catalog:
    """Every string the Indonesian catalogue must translate, with the files it comes from."""
    catalog = empty()
    strings = [*core_strings(), *source_strings(), *(("CKAN", text) for text in ASSEMBLED)]
    for name, text in sorted(strings, key=lambda pair: pair[0]):
        known = catalog.get(text)
        if known is None or (name, 0) not in known.locations:
            catalog.add(text, locations=[(name, 0)])
    return catalog


def empty() -> Catalog:
    """An Indonesian catalogue without strings."""
    return read_po(BytesIO(HEADER), locale="id", domain=DOMAIN)


def translated(wanted: Catalog, former: Catalog) -> Catalog:
    """`wanted` with the translations `former` has."""
    for message in wanted:
        known = former.get(message.id) if message.id else None
        if known is not None:
            message.string = known.string
    return wanted


def forms(text: MessageId | None) -> tuple[str, ...]:
    """The singular and plural of a string or of its translation; one form where there is one."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def is_translated(message: Message) -> bool:
    """Whether every form of the message has words."""
    return bool(message.string) and all(forms(message.string))


def untranslated(catalog: Catalog) -> list[Message]:
    """The messages without words."""
    return [message for message in catalog if message.id and not is_translated(message)]


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .po file: file names without line numbers, so that diffs stay small."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it while the portal runs."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def read(path: Path) -> Catalog:
    """The catalogue in a .po file; an absent file is an empty catalogue."""
    if not path.exists():
        return empty()
    with path.open("rb") as file:
        return read_po(file, locale="id", domain=DOMAIN)


def renewed() -> tuple[Catalog, dict[Path, bytes]]:
    """The renewed catalogue, and the content each file should have."""
    wanted = required()
    template = po_bytes(wanted)
    catalog = translated(wanted, read(PO))
    return catalog, {POT: template, PO: po_bytes(catalog), MO: mo_bytes(catalog)}


def report(lines: list[str]) -> None:
    """Write lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def main(arguments: list[str]) -> int:
    """Rewrite the files, or only say which are stale. Gives the exit code."""
    parser = argparse.ArgumentParser(description="Renew the Indonesian catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if stale")
    only_check = parser.parse_args(arguments).check
    catalog, files = renewed()
    missing = untranslated(catalog)
    stale = {
        path: content
        for path, content in files.items()
        if not path.exists() or path.read_bytes() != content
    }
    for path, content in stale.items() if not only_check else ():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    report([f"untranslated: {text.id!r} ({text.locations[0][0]})" for text in missing])
    report([f"{'stale' if only_check else 'written'}: {path.name}" for path in stale])
    report([f"{len(catalog)} strings, {len(missing)} untranslated, CKAN {version('ckan')}"])
    return 1 if missing or (only_check and stale) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
