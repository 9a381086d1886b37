"""Findings that are mended in one go: the same kind of mistake in the same column, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# What a remedy takes from its own cell; the rest of it is what is to be done.
_OWN = re.compile(r"`[^`]*`|[0-9][0-9.,]*")
# Their remedy names what to write instead, and another cell's may be another.
_CHOSEN = frozenset({"region-code", "region-moved", "period-word"})


def with_unkept(
    findings: Sequence[Mapping[str, Any]], unkept: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Findings as `alike` takes them: the first of a kind bears how many more were only counted.

    findings: as plain values. unkept: `Stats.unkept`. What was only counted and may have had
    another remedy is `unsorted`.
    """
    told = [{**finding, "unkept": 0, "unsorted": 0} for finding in findings]
    first: dict[tuple[str, int, str | None], dict[str, Any]] = {}
    for finding in told:
        place = (finding["code"], finding["column_number"] or 0)
        first.setdefault((*place, finding.get("habit", "")), finding)
        first.setdefault((*place, None), finding)
    for kind in unkept:
        place = (kind["code"], kind["column_number"])
        found = first.get((*place, kind["habit"]))
        if found and not _is_chosen(found):
            found["unkept"] += kind["count"]
        elif found := found or first.get((*place, None)):
            found["unsorted"] += kind["count"]
    return told


def alike(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Findings of one file with the same remedy in the same column, once.

    findings: as `with_unkept` gives them. Gives the first of each group, in their order, with
    `members` (all that were kept, itself included), `rows` (where the others are, None for what
    is no row), `count` (all of them, also those only counted), `cut` (not all were kept) and
    `others` (that there are more, as a clause: `dan 29.800 baris lain; 200 pertama ditunjukkan`,
    "" when there are none).
    """
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for finding in findings:
        start = {**finding, "members": [], "unkept": 0, "unsorted": 0}
        group = groups.setdefault(_sameness(finding), start)
        group["members"].append(finding)
        group["unkept"] += finding.get("unkept", 0)
        group["unsorted"] += finding.get("unsorted", 0)
    for group in groups.values():
        group["rows"] = [member["row"] for member in group["members"][1:]]
        group["count"] = len(group["members"]) + group["unkept"]
        group["cut"] = bool(group["unkept"] or group["unsorted"])
        group["others"] = "; ".join(_others(group))
    return list(groups.values())


def figure(number: int) -> str:
    """29800 as Indonesians write it: 29.800."""
    return f"{number:,}".replace(",", ".")


def _sameness(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    remedy = finding["remedy"] if _is_chosen(finding) else _OWN.sub("…", finding["remedy"])
    kind = (finding["severity"], finding["code"], finding.get("habit", ""), remedy)
    return *kind, finding.get("sheet"), finding["column"], finding["column_number"]


def _is_chosen(finding: Mapping[str, Any]) -> bool:
    return finding["code"] in _CHOSEN or finding.get("habit") == "enum"


def _others(group: Mapping[str, Any]) -> Iterator[str]:
    if group["count"] > 1:
        yield f"dan {figure(group['count'] - 1)} baris lain"
    if group["unkept"]:
        yield f"{figure(len(group['members']))} pertama ditunjukkan"
    if group["unsorted"]:
        yield f"{figure(group['unsorted'])} temuan sejenis lain di kolom ini hanya dihitung"
