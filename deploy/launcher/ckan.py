"""Run CKAN's own commands for the portal, and turn its start-up errors into one sentence."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence

from .checkout import Checkout
from .process import as_service, give_to_service, is_root, last_lines, service_reaches
from .refusal import Refusal


def command(checkout: Checkout, *arguments: str) -> list[str]:
    return [checkout.program("ckan"), "-c", str(checkout.ini), *arguments]


def as_portal(checkout: Checkout, command: Sequence[str]) -> list[str]:
    """Run by the service account, unless root keeps its Python where nobody else may look."""
    if not is_root() or not service_reaches(checkout.python):
        return list(command)
    return as_service(["env", f"HOME={checkout.storage}", *command])


def hand_over(checkout: Checkout) -> None:
    """What the portal writes, and the settings it reads, belong to whoever runs it."""
    if is_root() and service_reaches(checkout.python):
        give_to_service(checkout.storage)
        checkout.storage.chmod(0o750)
        give_to_service(checkout.mail)
        checkout.mail.chmod(0o750)
        give_to_service(checkout.ini)


def call(checkout: Checkout, arguments: Sequence[str], why: str) -> str:
    """What the command prints on standard output."""
    done = subprocess.run(
        as_portal(checkout, command(checkout, *arguments)),
        check=False,
        capture_output=True,
        text=True,
        cwd=checkout.var,
    )
    if done.returncode:
        raise Refusal(explain(done.stderr + done.stdout, str(checkout.ini), why))
    return done.stdout


def explain(told: str, ini: str, why: str) -> str:
    """One sentence for what CKAN printed; its last lines where no cause is known."""
    wrong = re.search(
        r"Invalid configuration values provided:\n(.+?)(?:\n\n|\nTraceback|\Z)", told, re.S
    )
    if wrong:
        values = "; ".join(line.strip() for line in wrong[1].splitlines() if ": " in line)
        return f"Nilai pengaturan di {ini} salah: {values}. Perbaiki nilai itu, lalu ulangi."
    plugin = re.search(r"PluginNotFoundException: (\S+)", told)
    if plugin:
        return (
            f"Plugin {plugin[1]} pada ckan.plugins di {ini} tidak dikenal. "
            "Perbaiki namanya atau pasang paketnya, lalu ulangi."
        )
    refused = re.search(r"CkanConfigurationException: (.+)", told)
    if refused:
        return f"Pengaturan di {ini} ditolak: {refused[1].strip()} Perbaiki, lalu ulangi."
    if re.search(r"OperationalError.*(Connection refused|could not connect)", told, re.S):
        return "PostgreSQL tidak menjawab. Jalankan lagi: make portal."
    # A command that refuses in a sentence of its own.
    plain = re.search(r"^Error: (.+)\Z", told.strip(), re.M)
    if plain:
        return f"{why}: {plain[1]}"
    return f"{why}.\n{last_lines(told)}"
