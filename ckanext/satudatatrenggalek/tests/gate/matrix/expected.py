"""Who may see what of a dataset, written down by hand: what the matrix holds every answer against.

Nothing here asks the code. Staff see by state (``tests/domain/product.py``), the public by state
and access level. What can be seen comes in four parts:

``t`` title, name and ids; ``m`` the rest of the metadata (notes, tags); ``f`` files: their names,
ids, previews and cells; ``i`` what people said to each other: notes of steps and findings.
"""

from __future__ import annotations

from ...domain import product

LEVELS = ("terbuka", "terbatas", "tertutup")
WHOLE = frozenset("tmfi")

# account: role, and whether it is for the office of the datasets (or for all offices)
ACCOUNTS: dict[str | None, str] = {
    "produsen": "producer",
    "produsen_lain": "",
    "pendukung": "supporting_checker",
    "pemeriksa": "checker",
    "penyetuju": "approver",
    "pembina": "supervisor",
    "forum": "forum",
    "sekretariat": "secretariat",
    "pimpinan": "leadership",
    "admin": "sysadmin",
    "warga": "",
    None: "",
}

# What everybody sees, by state and access level; what is not named here is seen by staff alone.
PUBLIC = {
    ("published", "terbuka"): frozenset("tmf"),
    ("published", "terbatas"): frozenset("tm"),
    ("superseded", "terbuka"): frozenset("tmf"),
    ("superseded", "terbatas"): frozenset("tm"),
}
# What everybody may be told of besides, at the places that say that a dataset was withdrawn.
TOMBSTONE = {("retracted", level): frozenset("t") for level in ("terbuka", "terbatas")}


# Who edits what stands in which state: the producer what their office has in hand, and CKAN lets
# its sysadmin. Nobody else, whatever they see, and nobody what has been submitted or released.
EDITABLE = ("draft", "needs_correction")
EDITORS = ("produsen", "admin")


def edits(account: str | None, state: str) -> bool:
    """Whether somebody may change the content of a dataset that stands in a state."""
    return account in EDITORS and state in EDITABLE


def serves(state: str, level: str) -> bool:
    """Whether the package holds its files: once released, *Terbatas* keeps them in the edition."""
    return level != "terbatas" or state not in ("published", "superseded", "retracted")


# The report is drawn up, discussed and received by these: it names what was submitted and why it
# was sent back, of all offices, released or not; drafts are nobody's but their office's.
REPORT_READERS = frozenset({"checker", "approver", "forum", "secretariat", "leadership"})
REPORT = frozenset("ti")


def sees(account: str | None, state: str, level: str) -> frozenset[str]:
    """The parts of a dataset somebody sees where it stands."""
    role = ACCOUNTS[account]
    if role == "sysadmin" or role in product.READERS[state].split():
        return WHOLE
    return PUBLIC.get((state, level), frozenset())


def may_be_told(
    account: str | None, state: str, level: str, in_report: bool = False
) -> frozenset[str]:
    """The most an answer may hold for somebody; more in the report than elsewhere."""
    more = TOMBSTONE.get((state, level), frozenset())
    if in_report and ACCOUNTS[account] in REPORT_READERS and state not in ("draft", "discarded"):
        more |= REPORT
    return sees(account, state, level) | more
