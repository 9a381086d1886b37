"""Layer 2 of the gate: who finds and reads a dataset is what our table says."""

from typing import Any

import ckan.plugins as p
from ckan import model

from ..domain import visibility
from ..model import appointments, copies
from ..model.tables import SubmissionRecord


def _is_used_up(package: Any, governing: SubmissionRecord) -> bool:
    """A working copy whose edition was released: its content is read on the public dataset."""
    return package.id != governing.dataset_id and governing.edition is not None


class Visibility(p.SingletonPlugin):
    """Permission labels for search, ``package_show`` and everything that asks them."""

    p.implements(p.IPermissionLabels, inherit=True)

    def get_dataset_labels(self, dataset_obj: Any) -> list[str]:
        """Labels of a package; one unknown to the procedure opens to sysadmins only."""
        governing, record = copies.standing(model.Session, dataset_obj.id)
        if governing is None or _is_used_up(dataset_obj, governing):
            return [visibility.NOBODY]
        public_state = record.public_state if record else "none"
        private, active = dataset_obj.private, dataset_obj.state == "active"
        labels = visibility.labels_of(
            governing.state, governing.office_id, governing.kind, governing.dataset_id
        )
        if visibility.is_public(public_state, governing.access, private, active):
            return [visibility.PUBLIC, *labels]
        return labels

    def get_user_dataset_labels(self, user_obj: Any) -> list[str]:
        """Labels a user holds by appointment, now."""
        user_id = None if user_obj is None or user_obj.is_anonymous else user_obj.id
        grants = appointments.grants_now(model.Session, user_id)
        return visibility.labels_held(grants)
