"""Asks an action or a page as somebody, and looks through the answer for other people's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError

from . import expected
from .action_table import REPORTS
from .place import Entry, Matrix

NOWHERE = Entry(
    99,
    "terbuka",
    "nowhere",
    package="00000000-1111-4222-8333-444444444444",
    name="tidak-pernah-ada",
    resource="00000000-1111-4222-8333-555555555555",
    view="00000000-1111-4222-8333-666666666666",
    submission="00000000-1111-4222-8333-777777777777",
    finding="00000000-1111-4222-8333-888888888888",
    edition=1,
)
# What an action may answer with instead of its answer is a refusal; a fault fails the test.
FAULTS = (TypeError, AssertionError, AttributeError, RuntimeError, LookupError, ValueError)
REFUSALS = (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError, SearchError)


@dataclass(frozen=True)
class Answer:
    """``kind``: ok, ObjectNotFound, NotAuthorized, ValidationError ...; ``text``: all it says."""

    kind: str
    text: str

    @property
    def is_ok(self) -> bool:
        """Whether it was answered at all."""
        return self.kind == "ok"


@dataclass(frozen=True)
class Page:
    """A page as its reader gets it; ``said``: body and the place it leads to."""

    status: int
    said: str


def filled(sent: Any, matrix: Matrix, entry: Entry | None) -> Any:
    """What an action is sent, with the names of this dataset and of the town."""
    if isinstance(sent, dict):
        return {key: filled(value, matrix, entry) for key, value in sent.items()}
    if isinstance(sent, list):
        return [filled(value, matrix, entry) for value in sent]
    if not isinstance(sent, str):
        return sent
    town = {
        "office": matrix.world.office["id"],
        "producer": matrix.world.users["produsen"]["id"],
    }
    named = {key: value or getattr(NOWHERE, key) for key, value in vars(entry or NOWHERE).items()}
    return sent.format(**{**named, **town})


def ask(matrix: Matrix, by: str | None, action: str, sent: dict[str, Any]) -> Answer:
    """Call an action as a function, with every permission check on."""
    context = matrix.world.context(by)
    with matrix.portal.flask_app.test_request_context():
        try:
            result = tk.get_action(action)(context, sent)
            answer = Answer("ok", json.dumps(result, default=str, ensure_ascii=False))
        except REFUSALS as refusal:
            said = getattr(refusal, "error_dict", None) or str(refusal)
            answer = Answer(type(refusal).__name__, json.dumps(said, default=str))
        except FAULTS as fault:
            raise AssertionError(f"{action} by {by}: {fault!r}") from fault
        finally:
            model.Session.rollback()
    return answer


def leaks(matrix: Matrix, by: str | None, asked: str, text: str, sent: Any = "") -> list[str]:
    """Words and ids of parts of datasets that this reader may not be told; what they sent aside.

    :param asked: the action or address.
    """
    own = f"{asked} {json.dumps(sent, default=str)}"
    in_report = asked in REPORTS or asked.startswith("/meja/laporan")
    return [
        f"{asked}: {word} of {entry}"
        for entry, part, word in matrix.found_in(text)
        if word not in own
        and part not in expected.may_be_told(by, entry.state, entry.level, in_report)
    ]


def chosen(matrix: Matrix, turn: int, by: str | None, part: str, most: int = 2) -> list[Entry]:
    """The datasets one action or rule is asked of by one account: one seen, ``most`` hidden.

    :param turn: its place in its table. Each takes the next ones, so that together they reach every
        dataset by every account; the tests hold that they do.
    """
    entries = own(matrix)
    seen = [entry for entry in entries if part in sees(by, entry)]
    hidden = [entry for entry in entries if part not in sees(by, entry)]
    places = range(turn * most, turn * most + min(most, len(hidden)))
    picked = [hidden[place % len(hidden)] for place in places]
    return [seen[turn % len(seen)], *picked] if seen else picked


def own(matrix: Matrix) -> list[Entry]:
    """Datasets with an id of their own: an earlier edition lies at its successor's."""
    return [entry for entry in matrix.entries if entry.state != "superseded"]


def serves(entry: Entry) -> bool:
    """Whether the package holds its files."""
    return entry.working or expected.serves(entry.state, entry.level)


def sees(by: str | None, entry: Entry) -> frozenset[str]:
    """The parts of a dataset somebody sees."""
    return expected.sees(by, entry.state, entry.level)
