"""Counts the report's figures out of the record, by SQL. Reads only.

What belongs to a period: a step, by its moment in the record; a stay, by the moment it ended;
a stay that has not ended, when it was still running past its limit at the end of the period
(or now). The rows behind each number are in ``figure_lists``.
"""

# ruff: noqa: S608 - the queries are put together from constants of these two modules only;
# what callers send travels in binds.

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ckan.types import AlchemySession as Session
from sqlalchemy import RowMapping, text

from ..domain.figures import (
    STEP_LABELS,
    Appointed,
    Counts,
    Figures,
    Listed,
    Office,
    OfficeCounts,
    Reason,
    ReasonText,
    Rounds,
    StepTime,
)
from ..domain.sop import APPOINTABLE, Item, State
from .appointments import valid_rows
from .figure_lists import (
    COUNTED,
    IN_SCOPE,
    LATE,
    LATE_ENDED,
    LATE_OPEN,
    METADATA,
    PUBLISHED,
    REASONS,
    Scope,
    list_sql,
)

_TEXTS_PER_REASON = 5

_COUNTED = " UNION ALL ".join(
    f"SELECT '{name}' AS name, office_id, count(*) AS number FROM ({list_sql(name)}) AS l"
    f" WHERE {IN_SCOPE} GROUP BY office_id"
    for name in COUNTED
)
_PUBLISHED = f"""SELECT office_id, returns, count(*) AS published
    FROM ({PUBLISHED}) AS l WHERE {IN_SCOPE} GROUP BY office_id, returns ORDER BY returns"""
_METADATA = f"""SELECT office_id, count(*) AS metadata_datasets,
        count(*) FILTER (WHERE filled = fields) AS metadata_complete,
        sum(fields) AS metadata_fields, sum(filled) AS metadata_filled
    FROM ({METADATA}) AS l WHERE {IN_SCOPE} GROUP BY office_id"""
_IN_PERIOD = "left_at >= :start AND left_at < :end"
_STAYS = f"""count(*) FILTER (WHERE {_IN_PERIOD}) AS ended,
        count(*) FILTER (WHERE {LATE_ENDED}) AS late_ended,
        count(*) FILTER (WHERE {LATE_OPEN}) AS late_open"""
_FROM_STAYS = f"""FROM satudata_stay WHERE state = ANY(:states) AND {IN_SCOPE}
    AND entered_at < :end AND (left_at IS NULL OR left_at >= :start)"""
_STAYS_BY_OFFICE = f"SELECT office_id, {_STAYS} {_FROM_STAYS} GROUP BY office_id"
_STAYS_BY_STATE = f"""SELECT state, {_STAYS},
        percentile_cont(0.5) WITHIN GROUP (ORDER BY working_seconds)
            FILTER (WHERE {_IN_PERIOD}) AS median_seconds,
        avg(working_seconds) FILTER (WHERE {_IN_PERIOD}) AS mean_seconds,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY working_seconds)
            FILTER (WHERE {_IN_PERIOD}) AS p90_seconds
    {_FROM_STAYS} GROUP BY state"""
_REASONS = f"""SELECT item, count(*) AS returns, sum(cardinality(texts)) AS findings
    FROM ({REASONS}) AS l WHERE {IN_SCOPE} GROUP BY item"""
_REASON_TEXTS = f"""SELECT item, text, count(*) AS findings
    FROM ({REASONS}) AS l, unnest(texts) AS text
    WHERE {IN_SCOPE} AND submission_id IN (
        SELECT id FROM satudata_submission WHERE satudata_submission.state = ANY(:told_states))
    GROUP BY item, text ORDER BY count(*) DESC, text"""
_OFFICES = f"""SELECT id AS office_id, name, coalesce(nullif(title, ''), name) AS title
    FROM "group" WHERE is_organization AND state = 'active'
    AND {IN_SCOPE.replace("office_id", "id")} ORDER BY title"""
_LISTING = f"""
    SELECT moved.*, coalesce(package.title, package.name, moved.dataset_id) AS title,
        coalesce(submission.period, '') AS period
    FROM (
        SELECT submission_id, min(dataset_id) AS dataset_id,
            (array_agg(office_id ORDER BY at DESC))[1] AS office_id,
            max(at) FILTER (WHERE step = 'submit') AS submitted_at,
            count(*) FILTER (WHERE step = 'return') AS returns,
            max(at) FILTER (WHERE step = 'approve') AS approved_at,
            max(at) FILTER (WHERE step = 'release') AS published_at,
            count(*) FILTER (WHERE step = '') AS late
        FROM (
            SELECT submission_id, dataset_id, office_id, at, step FROM satudata_audit
            WHERE step IN ('submit', 'return', 'approve', 'release')
                AND at >= :start AND at < :end
            UNION ALL
            SELECT submission_id, dataset_id, office_id, at, '' AS step FROM ({LATE}) AS late
        ) AS moves
        GROUP BY submission_id
    ) AS moved
    LEFT JOIN package ON package.id = moved.dataset_id
    LEFT JOIN satudata_submission AS submission ON submission.id = moved.submission_id
    WHERE {IN_SCOPE.replace("office_id", "moved.office_id")}
    ORDER BY moved.office_id, title, moved.submission_id"""


def count(
    session: Session,
    scope: Scope,
    limits: Mapping[State, int],
    publisher: str,
    listed: tuple[Listed, ...] = (),
) -> Figures:
    """All figures of the scope.

    :param limits: ordinary limit of each state with a clock, in seconds of working time.
    :param publisher: title of the office that answers for the report.
    :param listed: the submissions to freeze with the figures (see ``listing``).
    """
    published = _rows(session, _PUBLISHED, scope)
    offices = _offices(session, scope, published)
    return Figures(
        first=scope.period.first.isoformat(),
        last=scope.period.last.isoformat(),
        as_of=scope.now.astimezone(timezone.utc).isoformat(timespec="seconds"),
        total=_sum(offices),
        offices=offices,
        steps=_steps(session, scope, limits),
        reasons=_reasons(session, scope),
        rounds=_rounds(published),
        appointed=_appointed(session, scope),
        listing=listed,
        publisher=publisher,
    )


def listing(session: Session, scope: Scope) -> tuple[Listed, ...]:
    """Every submission that moved or was late in the period, by office and title."""
    return tuple(
        Listed(
            submission_id=row["submission_id"],
            dataset_id=row["dataset_id"],
            title=row["title"],
            office_id=row["office_id"],
            period=row["period"],
            submitted_at=_iso(row["submitted_at"]),
            returns=row["returns"],
            approved_at=_iso(row["approved_at"]),
            published_at=_iso(row["published_at"]),
            late=row["late"],
        )
        for row in _rows(session, _LISTING, scope)
    )


def _rows(session: Session, query: str, scope: Scope) -> list[RowMapping]:
    return list(session.execute(text(query), scope.binds()).mappings())


def _offices(
    session: Session, scope: Scope, published: list[RowMapping]
) -> tuple[OfficeCounts, ...]:
    """Every active office of the scope, with zeros too, and whichever has figures besides."""
    known = {office.id: office for office in active_offices(session, scope)}
    counts = _counts_by_office(session, scope, published)
    for office_id in counts.keys() - known.keys():
        known[office_id] = _former_office(session, office_id)
    ordered = sorted(known.values(), key=lambda office: (office.title.casefold(), office.id))
    return tuple(OfficeCounts(office, Counts(**counts.get(office.id, {}))) for office in ordered)


def active_offices(session: Session, scope: Scope) -> list[Office]:
    """The offices of the scope that exist now, by title."""
    return [
        Office(row["office_id"], row["name"], row["title"])
        for row in _rows(session, _OFFICES, scope)
    ]


def _former_office(session: Session, office_id: str) -> Office:
    """An office that has been closed since, or whose record is gone: the figures stay."""
    query = "SELECT name, coalesce(nullif(title, ''), name) AS title FROM \"group\" WHERE id = :id"
    row = session.execute(text(query), {"id": office_id}).mappings().one_or_none()
    return Office(office_id, row["name"], row["title"]) if row else Office(office_id, "", office_id)


def _counts_by_office(
    session: Session, scope: Scope, published: list[RowMapping]
) -> dict[str, dict[str, int]]:
    counts = _published_by_office(published)
    for row in _rows(session, _COUNTED, scope):
        counts.setdefault(row["office_id"], {})[row["name"]] = row["number"]
    for row in _rows(session, _STAYS_BY_OFFICE, scope):
        found = {
            "stays_ended": row["ended"],
            "late_ended": row["late_ended"],
            "late_open": row["late_open"],
        }
        if any(found.values()):
            counts.setdefault(row["office_id"], {}).update(found)
    for row in _rows(session, _METADATA, scope):
        found = {name: int(row[name]) for name in row if name != "office_id"}
        counts.setdefault(row["office_id"], {}).update(found)
    return counts


def _published_by_office(published: list[RowMapping]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in published:
        office = counts.setdefault(
            row["office_id"], {"published": 0, "first_time_right": 0, "published_returns": 0}
        )
        office["published"] += row["published"]
        office["published_returns"] += row["returns"] * row["published"]
        office["first_time_right"] += row["published"] if row["returns"] == 0 else 0
    return counts


def _rounds(published: list[RowMapping]) -> tuple[Rounds, ...]:
    totals: dict[int, int] = {}
    for row in published:
        totals[row["returns"]] = totals.get(row["returns"], 0) + row["published"]
    return tuple(Rounds(rounds, totals[rounds]) for rounds in sorted(totals))


def _sum(offices: tuple[OfficeCounts, ...]) -> Counts:
    totals: dict[str, int] = {}
    for row in offices:
        for name, value in vars(row.counts).items():
            totals[name] = totals.get(name, 0) + value
    return Counts(**totals)


def _steps(session: Session, scope: Scope, limits: Mapping[State, int]) -> tuple[StepTime, ...]:
    found = {row["state"]: row for row in _rows(session, _STAYS_BY_STATE, scope)}
    return tuple(_step(state, found.get(state.value), limits.get(state)) for state in STEP_LABELS)


def _step(state: State, row: RowMapping | None, limit: int | None) -> StepTime:
    if row is None:
        return StepTime(state.value, limit_seconds=limit)
    return StepTime(
        state=state.value,
        ended=row["ended"],
        late_ended=row["late_ended"],
        late_open=row["late_open"],
        median_seconds=_whole(row["median_seconds"]),
        mean_seconds=_whole(row["mean_seconds"]),
        p90_seconds=_whole(row["p90_seconds"]),
        limit_seconds=limit,
    )


def _reasons(session: Session, scope: Scope) -> tuple[Reason, ...]:
    found = {row["item"]: row for row in _rows(session, _REASONS, scope)}
    texts: dict[str, list[ReasonText]] = {}
    for row in _rows(session, _REASON_TEXTS, scope):
        texts.setdefault(row["item"], []).append(ReasonText(row["text"], row["findings"]))
    reasons = [
        Reason(
            item.value,
            found[item.value]["returns"] if item.value in found else 0,
            int(found[item.value]["findings"]) if item.value in found else 0,
            tuple(texts.get(item.value, ())[:_TEXTS_PER_REASON]),
        )
        for item in Item
    ]
    return tuple(sorted(reasons, key=lambda reason: -reason.returns))


def _appointed(session: Session, scope: Scope) -> tuple[Appointed, ...]:
    """Valid appointments at the end of the period (or now), by role."""
    rows = [
        row
        for row in valid_rows(session, scope.period.counted_until(scope.now))
        if scope.offices is None or row.office_id is None or row.office_id in scope.offices
    ]
    return tuple(
        Appointed(
            role.value,
            len({row.user_id for row in rows if row.role == role.value}),
            len({row.office_id for row in rows if row.role == role.value and row.office_id}),
        )
        for role in APPOINTABLE
    )


def _whole(value: Any) -> int | None:
    """Seconds as a whole number; an average of none is None."""
    return None if value is None else round(value)


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(timezone.utc).isoformat(timespec="seconds")
