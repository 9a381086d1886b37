"""A notice as text to copy into WhatsApp: what, where it stands, until when, where to look.

Never a note, a finding or an answer: a chat group is read by more people than the submission.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What may be said of a submission outside the portal; texts in Indonesian, ready to read."""

    title: str
    office: str
    state: str
    address: str
    period: str = ""
    due: str = ""
    urgent: bool = False


def ready_text(regency: str, standing: Standing) -> str:
    """The notice, a line a fact."""
    edition = f", edisi {standing.period}" if standing.period else ""
    lines = [
        f"*Satu Data {regency}*" + (" - MENDESAK" if standing.urgent else ""),
        f"Dataset: {standing.title}{edition}",
        f"Produsen Data: {standing.office}",
        f"Status: {standing.state}",
    ]
    if standing.due:
        lines.append(f"Tenggat: {standing.due}")
    lines.append(f"Catatan dan langkahnya ada di portal (masuk dulu): {standing.address}")
    return "\n".join(lines)
