"""What a file was in the edition before."""

import json
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from ..model import editions, submissions, working_resources


def schema_before(session: Session, resource: model.Resource) -> dict[str, Any] | None:
    """The Table Schema the same file had in the newest released edition.

    :returns: ``{number, period, schema}``, or None: no edition, no such file in it, no schema.
    """
    record = submissions.editing(session, str(resource.package_id))
    released = editions.of_dataset(session, record.dataset_id) if record else []
    if not released:
        return None
    newest = released[0]
    found = _same(session, resource, newest.metadata_.get("resources") or [])
    schema = read(found.get("schema")) if found else None
    if schema is None:
        return None
    period = newest.metadata_.get("periode") or ""
    return {"number": newest.number, "period": period, "schema": schema}


def _same(
    session: Session, resource: model.Resource, rows: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The file by its lasting id; else by its name; else the only one that has a schema."""
    wanted = working_resources.lasting_id(session, resource.id)
    by_id = [row for row in rows if working_resources.lasting_id(session, row["id"]) == wanted]
    by_name = [row for row in rows if resource.name and row.get("name") == resource.name]
    described = [row for row in rows if row.get("schema")]
    found = by_id or by_name or (described if len(described) == 1 else [])
    return found[0] if found else None


def read(schema: Any) -> dict[str, Any] | None:
    """A stored Table Schema, None when there is none that can be read."""
    if not schema:
        return None
    try:
        table = json.loads(schema) if isinstance(schema, str) else schema
    except ValueError:
        return None
    fields = table.get("fields") if isinstance(table, dict) else None
    usable = isinstance(fields, list) and all(isinstance(f, dict) and "name" in f for f in fields)
    return table if usable else None
