"""What the feed says of the edition that is public: number, times, files, who approved."""

from dataclasses import dataclass
from datetime import datetime

from ckan import model
from ckan.types import AlchemySession as Session

from .. import config
from ..domain.sop import Reading
from ..domain.visibility import reading_of
from ..model import editions, files
from ..model.tables import FileRecord


@dataclass(frozen=True)
class PublicEdition:
    """The newest edition of a dataset; times are aware UTC.

    ``first_released`` is the release of the first edition the public knew of.
    """

    number: int
    first_released: datetime
    released: datetime
    approved: datetime | None


@dataclass(frozen=True)
class Office:
    """An organization of the portal: id "" where it is only a name."""

    id: str
    title: str


def public_edition(session: Session, dataset_id: str) -> PublicEdition | None:
    """None while nothing the public may know of was released."""
    found = [
        row
        for row in editions.of_dataset(session, dataset_id)
        if reading_of(str(row.metadata_.get("accessRights"))) is not Reading.NOTHING
    ]
    if not found:
        return None
    newest = found[0]
    return PublicEdition(
        newest.number, found[-1].released_at, newest.released_at, newest.approved_at
    )


def files_of(session: Session, dataset_id: str) -> dict[str, FileRecord]:
    """The bytes behind each resource, by resource id."""
    return files.of_package(session, dataset_id)


def walidata() -> Office:
    """Who approves: always named as an office, never as a person."""
    office = model.Group.get(config.walidata_office())
    if office is None:
        return Office("", f"Walidata {config.regency_name()}")
    return Office(office.id, office.title or office.name)
