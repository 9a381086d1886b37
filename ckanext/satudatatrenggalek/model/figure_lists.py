"""The rows behind every figure of the report. A figure is the number of rows of its list, so
a number and its list cannot disagree.

Each list is a SELECT with the columns ``office_id, submission_id, dataset_id, at, actor_id,
who, detail, state, due_at``, over the binds of ``Scope``. The texts are constants of this
module; what callers send travels in binds only.
"""

# ruff: noqa: S608 - the queries are put together from constants of these two modules only;
# what callers send travels in binds.

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckan.types import AlchemySession as Session
from sqlalchemy import text

from ..domain.figures import STEP_LABELS, FigureKey
from ..domain.periods import Period
from ..domain.sop import OPEN_STATES, VISIBLE_TO, Role

# What was said of a submission is quoted once all who receive the report may read it.
_RECEIVERS = {Role.FORUM, Role.SECRETARIAT, Role.LEADERSHIP}
_TOLD_STATES = sorted(state.value for state, roles in VISIBLE_TO.items() if roles >= _RECEIVERS)
_CLOCK_STATES = sorted(state.value for state in STEP_LABELS)


@dataclass(frozen=True)
class Scope:
    """What is counted: period, moment of counting, offices (None: all), required metadata.

    ``required``: names of the metadata fields that must be filled before submitting.
    """

    period: Period
    now: datetime
    offices: tuple[str, ...] | None = None
    required: tuple[str, ...] = ()

    def binds(self) -> dict[str, Any]:
        """Values for the SQL of this module."""
        return {
            "start": self.period.start,
            "end": self.period.end,
            "until": self.period.counted_until(self.now),
            "offices": None if self.offices is None else list(self.offices),
            "required": list(self.required),
            "states": _CLOCK_STATES,
            "told_states": _TOLD_STATES,
            "open_states": sorted(state.value for state in OPEN_STATES),
        }


IN_SCOPE = "(CAST(:offices AS text[]) IS NULL OR office_id = ANY(CAST(:offices AS text[])))"
LATE_ENDED = "(left_at >= :start AND left_at < :end AND left_at > due_at)"
LATE_OPEN = """(entered_at < :end AND (left_at IS NULL OR left_at >= :end)
    AND due_at < :until AND :until >= :start)"""

_EVENT = """coalesce(office_id, '') AS office_id, submission_id, dataset_id, at, actor_id,
    actor_name AS who, note AS detail, CAST(NULL AS text) AS state,
    CAST(NULL AS timestamptz) AS due_at"""
_STAY = """office_id, submission_id, dataset_id, coalesce(left_at, entered_at) AS at,
    left_by AS actor_id, CAST(NULL AS text) AS who, '' AS detail, state, due_at"""


def _last_of_each(step: str, each: str = "submission_id") -> str:
    """One row per submission (or dataset): its last such step in the period."""
    return f"""SELECT DISTINCT ON ({each}) {_EVENT} FROM satudata_audit
        WHERE step = '{step}' AND at >= :start AND at < :end ORDER BY {each}, seq DESC"""


RETURNS = f"""SELECT {_EVENT} FROM satudata_audit
    WHERE step = 'return' AND at >= :start AND at < :end"""
# Returns over the whole life of each submission published in the period.
PUBLISHED = f"""SELECT released.*, (
        SELECT count(*) FROM satudata_audit earlier WHERE earlier.step = 'return'
            AND earlier.submission_id = released.submission_id AND earlier.at <= released.at
    ) AS returns FROM ({_last_of_each("release")}) AS released"""
_STAYS = f"SELECT {_STAY} FROM satudata_stay WHERE state = ANY(:states)"
ENDED = f"{_STAYS} AND left_at >= :start AND left_at < :end"
LATE = f"{_STAYS} AND ({LATE_ENDED} OR {LATE_OPEN})"
# A round ends in one return at most, so round and submission name the return.
REASONS = f"""SELECT {_STAY}, finding.item, finding.texts FROM satudata_stay
    JOIN (
        SELECT submission_id AS of_submission, round AS of_round, item,
            array_agg(text ORDER BY text) AS texts
        FROM satudata_finding GROUP BY submission_id, round, item
    ) AS finding ON of_submission = submission_id AND of_round = round
    WHERE left_step = 'return' AND left_at >= :start AND left_at < :end"""
# The package an office works on: the working copy while open, the public dataset after.
_AT_WORK = """SELECT DISTINCT ON (package.id) submission.office_id,
        submission.id AS submission_id, submission.dataset_id, submission.updated_at AS at,
        submission.created_by AS actor_id, CAST(NULL AS text) AS who, submission.state,
        CAST(NULL AS timestamptz) AS due_at,
        package.extras || jsonb_build_object(
            'title', package.title, 'name', package.name, 'notes', package.notes,
            'url', package.url, 'version', package.version, 'author', package.author,
            'author_email', package.author_email, 'maintainer', package.maintainer,
            'maintainer_email', package.maintainer_email, 'license_id', package.license_id,
            'owner_org', package.owner_org,
            'tag_string', (SELECT string_agg(tag_id, ',') FROM package_tag
                WHERE package_id = package.id AND package_tag.state = 'active')
        ) AS filled_in
    FROM satudata_submission AS submission
    JOIN package ON package.id = CASE WHEN submission.state = ANY(:open_states)
        THEN submission.working_copy_id ELSE submission.dataset_id END
    WHERE submission.state <> 'discarded' AND EXISTS (
        SELECT 1 FROM satudata_stay AS stay WHERE stay.submission_id = submission.id
            AND stay.state = ANY(:states) AND stay.entered_at < :end
            AND (stay.left_at IS NULL OR stay.left_at >= :start))
    ORDER BY package.id, submission.created_at DESC"""
METADATA = f"""SELECT office_id, submission_id, dataset_id, at, actor_id, who,
        array_to_string(missing, ', ') AS detail, state, due_at,
        cardinality(CAST(:required AS text[])) AS fields,
        cardinality(CAST(:required AS text[])) - cardinality(missing) AS filled
    FROM (SELECT at_work.*, ARRAY(
            SELECT name FROM unnest(CAST(:required AS text[])) AS name
            WHERE coalesce(btrim(filled_in ->> name), '') IN ('', '[]', '{{}}')
        ) AS missing FROM ({_AT_WORK}) AS at_work) AS scored"""

_LISTS = {
    "submitted": _last_of_each("submit"),
    "returned": _last_of_each("return"),
    "returns": RETURNS,
    "approved": _last_of_each("approve"),
    "published": PUBLISHED,
    "first_time_right": f"SELECT * FROM ({PUBLISHED}) AS l WHERE returns = 0",
    "rounds": f"SELECT * FROM ({PUBLISHED}) AS l WHERE returns = :rounds",
    "retracted": _last_of_each("retract", "dataset_id"),
    "skipped_supervisor": _last_of_each("skip_supervisor"),
    "late": LATE,
    "ended": ENDED,
    "reason": REASONS,
    "metadata_datasets": METADATA,
    "metadata_complete": f"SELECT * FROM ({METADATA}) AS l WHERE filled = fields",
}
# Figures that are the plain length of their list; the others are counted beside more columns.
COUNTED = (
    "submitted",
    "returned",
    "returns",
    "approved",
    "retracted",
    "skipped_supervisor",
)


def list_sql(name: str) -> str:
    """The SELECT of the rows that figure ``name`` counts."""
    return _LISTS[name]


_DRILL = """
    SELECT list.submission_id, list.dataset_id, list.at, list.detail, list.state, list.due_at,
        coalesce(package.title, package.name, list.dataset_id) AS title, package.name,
        list.office_id, office.name AS office_name,
        coalesce(office.title, office.name, list.office_id) AS office_title,
        submission.period, coalesce(submission.round, 0) AS round,
        coalesce(list.who, nullif(person.fullname, ''), person.name, '') AS who,
        count(*) OVER () AS total
    FROM ({list}) AS list
    LEFT JOIN package ON package.id = list.dataset_id
    LEFT JOIN "group" AS office ON office.id = list.office_id
    LEFT JOIN "user" AS person ON person.id = list.actor_id
    LEFT JOIN satudata_submission AS submission ON submission.id = list.submission_id
    WHERE {condition} AND {scope}
    ORDER BY list.at, title, list.submission_id
    LIMIT :limit OFFSET :offset
"""


def rows_behind(
    session: Session, key: FigureKey, scope: Scope, limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """The rows a figure counts, oldest first; each has ``total``, the figure itself.

    Keys: submission_id, dataset_id, name, title, office_id, office_name, office_title, period,
    round, at (aware), who, detail, state, due_at, total.
    """
    condition = "TRUE"
    if key.name in ("late", "ended") and key.part:
        condition = "list.state = :part"
    elif key.name == "reason":
        condition = "list.item = :part"
    query = _DRILL.format(
        list=list_sql(key.name),
        condition=condition,
        scope=IN_SCOPE.replace("office_id", "list.office_id"),
    )
    binds = {
        **scope.binds(),
        "part": key.part,
        "rounds": int(key.part) if key.name == "rounds" else 0,
        "limit": limit,
        "offset": offset,
    }
    return [dict(row) for row in session.execute(text(query), binds).mappings()]
