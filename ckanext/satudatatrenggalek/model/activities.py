"""Who may read CKAN's activities of a dataset: they carry the labels of the day they were written.

When a dataset is taken from the public, what was written while everybody could read it goes with
it; when it is opened again, that comes back, as far as its level now allows (gate row C4).
"""

import ckan.plugins as p
from ckan.types import AlchemySession as Session
from sqlalchemy import text

from ..domain import visibility
from ..domain.sop import Access, Reading

# In place of ``public``: whoever held the label then holds none of these.
_HIDDEN = "satudata-was-public-{}"
_WITHDRAWN = "satudata-withdrawn"
_SWITCH = text(
    "UPDATE activity SET permission_labels = array_replace(permission_labels, :old, :new)"
    " WHERE object_id = :id AND :old = ANY (permission_labels)"
)


def _switch(session: Session, dataset_id: str, old: str, new: str) -> None:
    if p.plugin_loaded("activity"):
        session.execute(_SWITCH, {"id": dataset_id, "old": old, "new": new})


def hide(session: Session, dataset_id: str, level: str) -> None:
    """Take from the public what was written until now, while the dataset was of this level."""
    _switch(session, dataset_id, visibility.PUBLIC, _HIDDEN.format(level))


def show_again(session: Session, dataset_id: str, level: str) -> None:
    """Give back what was written at levels that say no more than this level may."""
    for written in Access:
        said = visibility.reading_of(written.value)
        if said is Reading.NOTHING:
            continue
        if visibility.public_reading("published", level, written.value) is said:
            _switch(session, dataset_id, _HIDDEN.format(written.value), visibility.PUBLIC)


def keep_hidden(session: Session, dataset_id: str) -> None:
    """What is hidden now stays so: its edition was withdrawn, and another one takes its place."""
    for written in Access:
        _switch(session, dataset_id, _HIDDEN.format(written.value), _WITHDRAWN)
