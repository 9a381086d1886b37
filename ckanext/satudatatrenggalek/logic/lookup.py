"""Which submission or office somebody means, and whether they may know of it."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from .. import clock
from ..domain import workflow
from ..domain.workflow import Actor
from ..model import offices, submissions
from ..model.tables import DatasetRecord, SubmissionRecord
from . import facts
from .messages import conflict


def submission(session: Session, key: str) -> tuple[SubmissionRecord, DatasetRecord]:
    """The submission a caller names by its id, or by a dataset's or working copy's id or name.

    :raises ObjectNotFound: none.
    """
    # Its own id first: a dataset may be named like one.
    record = submissions.by_id(session, key)
    if record is None:
        package = model.Package.get(key)
        record = submissions.of_package(session, package.id) if package else None
    dataset = submissions.dataset(session, record.dataset_id) if record else None
    if record is None or dataset is None:
        raise tk.ObjectNotFound
    return record, dataset


def may_read(context: Any, record: SubmissionRecord, actor: Actor, session: Session) -> bool:
    """Whether the caller may read this submission while it is not public."""
    user = context.get("auth_user_obj")
    if context.get("ignore_auth") or getattr(user, "sysadmin", False):
        return True
    return workflow.may_read(facts.placed(record), actor)


def is_known_to_all(
    session: Session, key: str, record: SubmissionRecord, dataset: DatasetRecord
) -> bool:
    """Whether what the caller named is something the public knows of.

    A dataset that is or was public, or an edition of it; never a working copy, whatever became
    of it, nor an edition in the making.
    """
    if dataset.public_state == "none":
        return False
    package = session.get(model.Package, dataset.dataset_id)
    names = {dataset.dataset_id, package.name if package else None}
    return key in names or (key == record.id and record.edition is not None)


def office(name: str) -> model.Group:
    """An office, also one that is no more, by its name or id.

    :raises ValidationError: 409 unknown_office.
    """
    group = model.Group.get(name)
    if group is None or not group.is_organization or group.state != "active":
        raise conflict("unknown_office", f"Perangkat daerah '{name[:60]}' tidak ada di portal.")
    return group


def office_in_force(name: str) -> model.Group:
    """An office that exists today, by its name or id.

    :raises ValidationError: 409 unknown_office, ended_office.
    """
    found = office(name)
    if not offices.in_force(offices.by_id(model.Session, found.id), clock.today()):
        raise conflict(
            "ended_office",
            f"{found.title or found.name} tidak berlaku hari ini. Pilih perangkat daerah lain.",
        )
    return found
