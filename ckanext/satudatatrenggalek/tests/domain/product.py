"""The procedure written down a second time, from the product's description, in plain words.

Nothing here is read from ``domain/sop.py``: the tests compare the two. Whoever changes the
procedure changes it in both places, and means it.
"""

from functools import cache

# step, by, from, to, needs
TABLE = """
submit          | producer        | draft               | awaiting_check    | ready
submit          | producer        | needs_correction    | awaiting_check    | ready
withdraw        | producer        | awaiting_check      | draft             |
conform         | any_checker     | awaiting_check      | by_priority       | hash checklist many
return          | any_checker     | awaiting_check      | needs_correction  | finding
return          | supervisor      | awaiting_supervisor | needs_correction  | finding
return          | approver        | awaiting_approval   | needs_correction  | finding
endorse         | supervisor      | awaiting_supervisor | awaiting_approval | hash
skip_supervisor | approver        | awaiting_supervisor | awaiting_approval | reason clock_end
send_back       | approver        | awaiting_approval   | awaiting_check    | reason
approve         | approver        | awaiting_approval   | awaiting_release  | hash many
hold            | approver        | awaiting_release    | awaiting_approval | reason
release         | system approver | awaiting_release    | published         | as_approved time
revise          | producer        | published           | draft             | none_open
revise          | producer        | retracted           | draft             | none_open
discard         | producer        | draft               | discarded         |
discard         | producer        | needs_correction    | discarded         |
retract         | approver        | published           | retracted         | reason
reinstate       | approver        | retracted           | published         | reason
transfer        | walidata        | draft               | same              | decree
transfer        | walidata        | awaiting_check      | same              | decree
transfer        | walidata        | needs_correction    | same              | decree
transfer        | walidata        | awaiting_supervisor | same              | decree
transfer        | walidata        | awaiting_approval   | same              | decree
transfer        | walidata        | awaiting_release    | same              | decree
transfer        | walidata        | published           | same              | decree
transfer        | walidata        | retracted           | same              | decree
"""

WHO = {"any_checker": "checker supporting_checker", "walidata": "checker approver"}

# "*": where Data Prioritas goes instead, when the supervisor's check is switched on.
WHERE = {"by_priority": "awaiting_approval *awaiting_supervisor"}

LABELS = {
    "submit": "ajukan",
    "withdraw": "tarik kembali",
    "conform": "sesuai",
    "return": "tidak sesuai",
    "endorse": "layak",
    "skip_supervisor": "lanjutkan tanpa pembina",
    "send_back": "periksa ulang",
    "approve": "setujui",
    "hold": "tahan",
    "release": "diseminasikan",
    "revise": "perbarui",
    "discard": "batalkan",
    "retract": "tarik dari publik",
    "reinstate": "tayangkan kembali",
    "transfer": "alihkan",
}

# Four eyes: whoever uploaded, edited or submitted neither checks (whatever the answer),
# endorses nor approves, and does not move the edition past or back to a check as approver;
# the checker does not approve; another approver than who retracted reinstates.
NOT_BY = {
    "conform": "contributors",
    "return": "contributors",
    "endorse": "contributors",
    "skip_supervisor": "contributors",
    "send_back": "contributors",
    "approve": "contributors checkers",
    "reinstate": "retractor",
}

# What a row's "needs" is called in the step; every yes/no field of a step is named here.
FLAGS = {
    "ready": "needs_ready_content",
    "hash": "needs_hash",
    "checklist": "needs_checklist",
    "finding": "needs_finding",
    "reason": "needs_comment",
    "clock_end": "needs_clock_ended",
    "as_approved": "needs_approved_hash",
    "time": "needs_time_reached",
    "decree": "needs_decree",
    "none_open": "opens_submission",
    "many": "for_many",
}

# What is done to a submission without moving it: deed, by, where, needs.
DEEDS = """
sign_off   | office_head           | editable           | hash
ask_urgent | producer              | open               | reason
urge       | walidata              | open_but_draft     | reason
calm       | walidata              | open_but_draft     | reason
talk       | producer any_checker  | editable check     |
on_behalf  | walidata              | editable released  | letter
"""

GROUPS = {
    "editable": "draft needs_correction",
    "check": "awaiting_check",
    "open": "draft awaiting_check needs_correction awaiting_supervisor awaiting_approval"
    " awaiting_release",
    "open_but_draft": "awaiting_check needs_correction awaiting_supervisor awaiting_approval"
    " awaiting_release",
    "released": "published retracted",
}

STATES = [
    "draft",
    "awaiting_check",
    "needs_correction",
    "awaiting_supervisor",
    "awaiting_approval",
    "awaiting_release",
    "published",
    "superseded",
    "retracted",
    "discarded",
]

# Nothing leaves these; a newer edition's release (not a step) turns published to superseded.
FINAL = {"superseded", "discarded"}

ROLES = [
    "producer",
    "office_head",
    "supporting_checker",
    "checker",
    "approver",
    "supervisor",
    "forum",
    "secretariat",
    "leadership",
    "system",
]

# Who reads a submission that is not public; office roles their own office's only.
READERS = {
    "draft": "producer office_head",
    "awaiting_check": "producer office_head supporting_checker checker approver",
    "needs_correction": "producer office_head supporting_checker checker approver",
    "awaiting_supervisor": "producer office_head supporting_checker checker approver supervisor",
    "awaiting_approval": "producer office_head supporting_checker checker approver supervisor",
    "awaiting_release": "producer office_head supporting_checker checker approver supervisor",
    "published": " ".join(ROLES[:-1]),
    "superseded": " ".join(ROLES[:-1]),
    "retracted": " ".join(ROLES[:-1]),
    "discarded": "producer office_head",
}

# state: whose clock, unit, setting, step of the SOP (None: the SOP is silent)
CLOCKS = {
    "draft": ("producer", "day", "upload_days", 6),
    "awaiting_check": ("checker", "day", "check_days", 7),
    "needs_correction": ("producer", "day", "correction_days", None),
    "awaiting_supervisor": ("supervisor", "day", "supervisor_days", None),
    "awaiting_approval": ("approver", "day", "approval_days", 8),
    "awaiting_release": ("system", "hour", "release_hours", 9),
}


@cache
def rows():
    """The table in plain words, one row an arrow: step, label, by, from, to, needs, not by."""
    found = []
    for line in TABLE.strip().splitlines():
        step, by, source, target, needs = (cell.strip() for cell in line.split("|"))
        by, target = WHO.get(by, by), WHERE.get(target, target)
        found.append((step, LABELS[step], by, source, target, needs, NOT_BY.get(step, "")))
    return tuple(found)


@cache
def arrows_of(step):
    """``{state: roles}`` of a step."""
    return {row[3]: set(row[2].split()) for row in rows() if row[0] == step}


@cache
def deeds():
    """``{deed: (roles, states, needs)}`` as sets of words."""
    found = {}
    for line in DEEDS.strip().splitlines():
        name, by, where, needs = (cell.strip() for cell in line.split("|"))
        roles = {role for word in by.split() for role in WHO.get(word, word).split()}
        states = {state for word in where.split() for state in GROUPS[word].split()}
        found[name] = (roles, states, set(needs.split()))
    return found


# What the public reads of a published edition, by its level (E. Access).
PUBLIC_READS = {"terbuka": "files", "terbatas": "metadata", "tertutup": "nothing"}


def steps():
    """Names of the steps, in the table's order."""
    return list(dict.fromkeys(row[0] for row in rows()))
