"""Who sees and who writes a dataset: asked by permissions and, before core is reached, by actions.

Whoever may not see a dataset is told that it does not exist (gate row C8); content is written by
the appointed producer of its office alone.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import get_permission_labels

from ...domain import visibility
from ...domain.sop import Reading, Role
from ...model import appointments, copies, known

NOT_PRODUCER = "Hanya produsen data yang ditunjuk yang boleh mengubahnya."


def caller(context: Any) -> Any:
    """The account that asks; None for nobody signed in."""
    return context.get("auth_user_obj") or model.User.get(context.get("user") or "")


def is_sysadmin(user: Any) -> bool:
    """Whether an account, as ``caller`` gives it, is one; asked of the row at hand."""
    return user is not None and bool(getattr(user, "sysadmin", False))


def readable(context: Any, package: model.Package) -> bool:
    user = caller(context)
    if is_sysadmin(user):
        return True
    labels = get_permission_labels()
    held = labels.get_user_dataset_labels(user or model.AnonymousUser())
    return any(label in held for label in labels.get_dataset_labels(package))


def files_readable(context: Any, package: model.Package) -> bool:
    """Whether the caller reads the dataset's files: as staff, or because its level is open.

    A restricted dataset has no files; should one come to lie there all the same, it is closed.
    """
    user = caller(context)
    if is_sysadmin(user):
        return True
    labels = get_permission_labels()
    held = set(labels.get_user_dataset_labels(user or model.AnonymousUser()))
    common = held & set(labels.get_dataset_labels(package))
    if common - {visibility.PUBLIC}:
        return True
    record = copies.governing(model.Session, package.id)
    level = record.access if record else ""
    return bool(common) and visibility.reading_of(level) is Reading.FILES


def package_of_resource(resource_id: str | None) -> model.Package | None:
    """The package of a resource, by its id alone; one that was removed belongs to none.

    Core would also take what somebody has given a resource as its name.
    """
    known_as = resource_id if isinstance(resource_id, str) else None
    resource = model.Session.get(model.Resource, known_as) if known_as else None
    if resource is None or resource.state != "active":
        return None
    return model.Package.get(resource.package_id)


def require_visible(context: Any, package: model.Package | None) -> model.Package:
    if package is None or not readable(context, package):
        raise tk.ObjectNotFound
    return package


def may_write(context: Any, package: model.Package) -> bool:
    """Appointed producer of the dataset's office; sysadmins never come here."""
    record = copies.governing(model.Session, package.id)
    user = caller(context)
    if record is None or user is None:
        return False
    actor = appointments.actor_now(model.Session, user.id)
    return actor.has(Role.PRODUCER, record.office_id, record.kind, record.dataset_id)


def require_writable(context: Any, package: model.Package) -> None:
    """Before a content write waits for its lock: may the caller see the dataset and write it?

    Core asks everything again once the lock is held, before anything is written.

    :raises ObjectNotFound: they may not know of it. :raises NotAuthorized: not theirs to write.
    """
    if context.get("ignore_auth"):
        return
    with known.once():
        require_visible(context, package)
        if not (is_sysadmin(caller(context)) or may_write(context, package)):
            raise tk.NotAuthorized(NOT_PRODUCER)
