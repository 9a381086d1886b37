"""Tells CKAN's followers of a new edition, in the words and lists CKAN has for it."""

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import get_permission_labels
from ckan.types import AlchemySession as Session

from .facts import package_of


def tell(session: Session, dataset_id: str, shown: dict[str, Any] | None) -> None:
    """One activity, in the caller's transaction, with the labels the dataset has now.

    :param shown: the package as it is now, where the caller knows it; None: it is read.
    It names whoever created the dataset, as ``package_show`` does for everybody; those who checked
    and approved stay inside. CKAN hides what its site user does.
    """
    package = session.get(model.Package, dataset_id)
    author = model.User.get(package.creator_user_id) if package else None
    if not p.plugin_loaded("activity") or package is None or author is None:
        return
    context: Any = {"ignore_auth": True, "user": author.name, "defer_commit": True}
    written = {
        "user_id": author.id,
        "object_id": dataset_id,
        "activity_type": "changed package",
        "data": {"package": shown or package_of(dataset_id), "actor": author.name},
        "permission_labels": get_permission_labels().get_dataset_labels(package),
    }
    tk.get_action("activity_create")(context, written)
