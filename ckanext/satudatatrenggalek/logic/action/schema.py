"""The table of columns of a file (its Table Schema): read it, say what is different, keep it."""

import json
from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ...conformity import Mistake, against_file, changes, mistakes
from ...model import basis, checks, files
from .. import parameters
from ..messages import conflict
from ..validators import read_table_schema

__all__ = ["satudata_schema_accept", "satudata_schema_show"]

_LONGEST_SCHEMA = 200_000


@tk.side_effect_free
def satudata_schema_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The columns of a resource's file, and how they differ from what came before.

    :param resource_id: the resource.
    :param schema: a Table Schema to compare instead of the proposed one (it is not kept).
    :returns: ``schema`` (the one kept, or None), ``inferred`` (from the file, while none is
        kept), ``previous`` ({period, schema} of the last edition, or None), ``proposed``
        (the first of these there is), ``source`` (kept | edition | file | none), ``labels``
        (heading of the file), ``from_previous`` and ``from_file`` ([{kind, column, text}]).
    """
    tk.check_access("satudata_schema_show", context, data_dict)
    session: Session = context["session"]
    resource_id = parameters.needed(data_dict, "resource_id")
    resource = session.get(model.Resource, resource_id)
    if resource is None:  # sysadmins are not asked whether it is there
        raise tk.ObjectNotFound
    checked: Any = {**context, "ignore_auth": True}
    check = tk.get_action("satudata_conformity_show")(checked, {"resource_id": resource_id})
    shown = _sources(session, resource, check)
    return {"resource_id": resource_id, **shown, **_differences(shown, _sent(data_dict))}


def _sources(session: Session, resource: model.Resource, check: dict[str, Any]) -> dict[str, Any]:
    kept = _table(basis.read_json((resource.extras or {}).get("schema")))
    previous = _previous(session, resource)
    inferred = check.get("table_schema") if check.get("schema_inferred") else None
    choices = (
        ("kept", kept),
        ("edition", previous["schema"] if previous else None),
        ("file", inferred),
    )
    source, proposed = next(((n, s) for n, s in choices if s), ("none", None))
    return {
        "schema": kept,
        "inferred": inferred,
        "previous": previous,
        "proposed": proposed,
        "source": source,
        "labels": list(check.get("labels") or ()),
    }


def _previous(session: Session, resource: model.Resource) -> dict[str, Any] | None:
    """What the same file of the edition before was checked by; None without a table of columns."""
    bound = files.of_resource(session, resource.id)
    if bound is None:
        return None
    found = basis.of_files(session, [checks.as_judged(resource)], {resource.id: bound})
    earlier = found[resource.id].earlier
    schema = _table(earlier.schema) if earlier else None
    return {"period": earlier.period, "schema": schema} if earlier and schema else None


def _table(schema: dict[str, Any] | None) -> dict[str, Any] | None:
    """A kept Table Schema that can be shown as a table of columns."""
    try:
        return read_table_schema(schema) if schema else None
    except tk.Invalid:
        return None


def _differences(shown: dict[str, Any], sent: dict[str, Any] | None) -> dict[str, Any]:
    table = sent or shown["proposed"]
    if not table:
        return {"from_previous": [], "from_file": []}
    previous = shown["previous"]
    before = changes(previous["schema"], table) if previous else ()
    return {
        "from_previous": [asdict(change) for change in before],
        "from_file": [asdict(change) for change in against_file(table, shown["labels"])],
    }


def satudata_schema_accept(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Keep the Table Schema the portal inferred (or the one sent) as the resource's own.

    :param resource_id: the resource. :param schema: a Table Schema as JSON text or object.
    :returns: the resource.
    :raises ValidationError: 409 ``bad_schema`` with ``columns``: [{column, part, message}].
    """
    tk.check_access("satudata_schema_accept", context, data_dict)
    resource_id = parameters.needed(data_dict, "resource_id")
    schema = _sent(data_dict)
    source = "given" if schema else "inferred"
    if schema:
        _refuse_mistakes(mistakes(schema))
    else:
        checked: Any = {**context, "ignore_auth": True}
        shown = tk.get_action("satudata_conformity_show")(checked, {"resource_id": resource_id})
        schema = shown.get("table_schema")
    if not schema:
        raise conflict(
            "no_schema", "Portal belum menyusun skema berkas ini. Tunggu pemeriksaannya."
        )
    text = json.dumps(schema, ensure_ascii=False)
    return tk.get_action("resource_patch")(
        {"user": context["user"], "auth_user_obj": context.get("auth_user_obj")},
        {"id": resource_id, "schema": text, "schema_source": source},
    )


def _sent(data_dict: dict[str, Any]) -> dict[str, Any] | None:
    """The Table Schema a caller sent, its columns perhaps still without names; None without one."""
    sent = data_dict.get("schema")
    if not sent:
        return None
    try:
        schema = read_table_schema(sent)
        parameters.plain(json.dumps(schema, ensure_ascii=False), "Skema tabel", _LONGEST_SCHEMA)
    except tk.Invalid as error:
        raise conflict("bad_input", str(error.error)) from error
    return schema


def _refuse_mistakes(found: tuple[Mistake, ...]) -> None:
    if not found:
        return
    refusal = conflict("bad_schema", found[0].message)
    body = {**refusal.error_dict, "columns": [asdict(mistake) for mistake in found]}
    raise tk.ValidationError(body, error_summary=refusal.error_summary)
