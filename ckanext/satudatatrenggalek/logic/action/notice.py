"""A person's own notices, and which of them come by mail."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, update

from ... import clock, config, posting
from ...domain import notice_words, words
from ...domain.notices import DEFAULT_CHANNELS, Channel, Kind
from ...model import notices
from ...model.notices import NoticeRecord
from .. import parameters, people, showing
from ..messages import conflict

__all__ = [
    "satudata_notice_list",
    "satudata_notice_preferences_show",
    "satudata_notice_preferences_update",
    "satudata_notice_read",
]

_MAX_PAGE = 100


def _mine(context: Any) -> tuple[str, ColumnElement[bool]]:
    """The caller, and their notices of what they may read now."""
    actor = people.actor(context)
    if actor.user_id is None:
        raise tk.NotAuthorized("Masuk dulu dengan akun Anda.")
    return actor.user_id, notices.open_to(actor.user_id, actor.grants)


@tk.side_effect_free
def satudata_notice_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The caller's notices, newest first.

    :param unread: only those not read yet. :param after: the ``next`` of the page before.
    :param limit: rows a page (20, at most 100).
    :returns: ``results, next, unread`` (docs/api.md).
    """
    tk.check_access("satudata_notice_list", context, data_dict)
    session: Session = context["session"]
    actor = people.actor(context)
    _, seen = _mine(context)
    limit = max(parameters.whole(data_dict, "limit", 20, _MAX_PAGE), 1)
    after = parameters.whole(data_dict, "after", 0, 10**15) or None
    new_only = parameters.switch(data_dict, "unread", False)
    rows = notices.page(session, seen, limit + 1, after, new_only)
    return {
        "results": [_row(row) for row in rows[:limit]],
        "next": str(rows[limit - 1].id) if len(rows) > limit else None,
        "unread": notices.unread(session, str(actor.user_id), actor.grants),
    }


def _row(row: NoticeRecord) -> dict[str, Any]:
    facts = row.facts
    return {
        "id": row.id,
        "event": row.event,
        "kind": row.kind,
        "head": notice_words.headline(row.event, facts),
        "title": facts.get("title", ""),
        "office": facts.get("office", ""),
        "dataset_id": row.dataset_id,
        "submission_id": row.submission_id,
        "happened": notice_words.happened(row.event, facts),
        "note": facts.get("note", ""),
        "findings": facts.get("findings", []),
        "more_findings": facts.get("more_findings", 0),
        "to_do": notice_words.to_do(row.event, facts),
        "due": showing.stamp(row.due_at),
        "due_text": words.waktu(row.due_at) if row.due_at else "",
        "brief": notice_words.brief(row.event, facts, row.due_at, posting.site() + row.link),
        "link": row.link,
        "created": showing.stamp(row.created_at),
        "created_text": words.waktu_pendek(row.created_at),
        "read": showing.stamp(row.read_at),
        "mailed": showing.stamp(row.mailed_at),
    }


def satudata_notice_read(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Mark notices as read.

    :param id: one notice; or :param all: true, all of the caller's.
    :returns: ``unread``: how many are left; with ``id`` also its ``link``.
    """
    tk.check_access("satudata_notice_read", context, data_dict)
    session: Session = context["session"]
    actor = people.actor(context)
    _, seen = _mine(context)
    marked = update(NoticeRecord).where(seen).execution_options(synchronize_session=False)
    link = None
    if not parameters.switch(data_dict, "all", False):
        key = parameters.whole(data_dict, "id", 0, 10**15)
        row = session.query(NoticeRecord).filter(seen, NoticeRecord.id == key).one_or_none()
        if row is None:
            raise tk.ObjectNotFound
        link = row.link
        marked = marked.where(NoticeRecord.id == key)
    session.execute(marked.where(NoticeRecord.read_at.is_(None)).values(read_at=clock.now()))
    session.commit()
    left = notices.unread(session, str(actor.user_id), actor.grants)
    return {"unread": left, **({"link": link} if link else {})}


@tk.side_effect_free
def satudata_notice_preferences_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Which channel the caller has chosen for each kind of notice."""
    tk.check_access("satudata_notice_preferences_show", context, data_dict)
    user_id, _ = _mine(context)
    return _preferences(context, user_id)


def _preferences(context: Any, user_id: str) -> dict[str, Any]:
    chosen = notices.channels(context["session"], [user_id])
    user = context.get("auth_user_obj")
    return {
        "email": getattr(user, "email", None),
        "digest_at": f"{config.digest_hour():%H.%M} WIB",
        "channels": [
            {"channel": channel.value, "label": label}
            for channel, label in notice_words.CHANNEL_NAMES.items()
        ],
        "preferences": [
            {
                "kind": kind.value,
                "label": label,
                "hint": hint,
                "channel": chosen.get((user_id, kind.value), DEFAULT_CHANNELS[kind].value),
            }
            for kind, (label, hint) in notice_words.KIND_NAMES.items()
        ],
    }


def satudata_notice_preferences_update(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Choose channels for what is told from now on.

    :param preferences: ``{kind: portal | mail | digest}``; a kind left out stays as it is.
    :returns: as ``satudata_notice_preferences_show``.
    """
    tk.check_access("satudata_notice_preferences_update", context, data_dict)
    user_id, _ = _mine(context)
    sent = data_dict.get("preferences")
    if not isinstance(sent, dict) or not sent:
        raise conflict("bad_input", "Kirim preferences: jenis pemberitahuan dan salurannya.")
    kinds, known = {kind.value for kind in Kind}, [channel.value for channel in Channel]
    for kind in sent:
        if kind not in kinds:
            raise conflict(
                "bad_input",
                f"Jenis pemberitahuan tidak dikenal. Pakai: {', '.join(sorted(kinds))}.",
            )
    chosen = {kind: parameters.one_of(sent, kind, known) for kind in sent}
    for kind, channel in chosen.items():
        if channel:
            notices.choose(context["session"], user_id, kind, channel)
    context["session"].commit()
    return _preferences(context, user_id)
