"""A month written by hand into the tables: November 2033, two offices at work, one idle.

Dinas Kesehatan (three datasets) and Dinas Pertanian (one), all times WIB. What each figure
must be was worked out on paper and stands in ``test_figures.py``.

=====  ==========================================================================
A      submitted Tue 1st 00.00, returned, submitted again, approved, published;
       the check of round 1 took 9 working hours against 8,5: late
B      submitted and published without correction
C      submitted Wed 30th 23.59, still waiting at the end, not yet late on the 1st
D      (Pertanian) submitted, still waiting for the checker after its limit
E      (Pertanian) submitted Mon 31 October 23.59 and Thu 1 December 00.00: outside
=====  ==========================================================================
"""

from dataclasses import dataclass, field
from datetime import datetime

from ckan import model
from sqlalchemy.orm import Session

from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.domain.figures import Office
from ckanext.satudatatrenggalek.model import audit
from ckanext.satudatatrenggalek.model.tables import (
    AppointmentRecord,
    FindingRecord,
    StayRecord,
    SubmissionRecord,
)

HOUR = 3600
LIMIT = 8 * HOUR + 1800
REQUIRED = ("title", "notes", "konsep", "satuan", "tag_string")


def wib(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of the hand-made year, WIB."""
    return datetime(2033, month, day, hour, minute, tzinfo=WIB)


def make_office(session: Session, name: str, title: str) -> Office:
    group = model.Group(name=name, title=title, type="organization", is_organization=True)
    session.add(group)
    session.flush()
    return Office(group.id, name, title)


@dataclass
class Month:
    """The rows, and the offices they belong to."""

    session: Session
    kes: Office
    tan: Office
    wan: Office
    submissions: dict[str, str] = field(default_factory=dict)

    def dataset(self, letter: str, office: Office, state: str, **extras: str) -> None:
        """A private package and its submission."""
        package = model.Package(
            name=f"bulan-{letter.lower()}",
            title=f"Dataset {letter}",
            notes="Catatan",
            owner_org=office.id,
            private=True,
            type="dataset",
            extras=extras,
        )
        self.session.add(package)
        self.session.flush()
        row = SubmissionRecord(
            id=f"bulan-{letter}",
            dataset_id=package.id,
            working_copy_id=package.id,
            office_id=office.id,
            state=state,
            period="2033-10",
            round=1,
            created_at=wib(1, 0, month=10),
            updated_at=wib(1, 0, month=10),
        )
        self.session.add(row)
        self.session.flush()
        self.submissions[letter] = row.id

    def _row(self, letter: str) -> SubmissionRecord:
        row = self.session.get(SubmissionRecord, self.submissions[letter])
        assert row is not None
        return row

    def step(self, letter: str, name: str, at: datetime, note: str = "") -> None:
        row = self._row(letter)
        audit.append(
            self.session,
            audit.Entry(
                step=name,
                at=at,
                actor_id="orang",
                actor_name="Budi Pemeriksa",
                auth_method="session",
                submission_id=row.id,
                dataset_id=row.dataset_id,
                office_id=row.office_id,
                note=note,
            ),
        )

    def stay(
        self,
        letter: str,
        state: str,
        entered: datetime,
        left: datetime | None,
        due: datetime | None,
        hours: float | None = None,
        left_step: str | None = None,
        round_: int = 1,
    ) -> None:
        row = self._row(letter)
        self.session.add(
            StayRecord(
                submission_id=row.id,
                dataset_id=row.dataset_id,
                office_id=row.office_id,
                state=state,
                round=round_,
                entered_at=entered,
                left_at=left,
                due_at=due,
                entered_step="submit",
                left_step=left_step,
                working_seconds=None if hours is None else int(hours * HOUR),
                limit_seconds=LIMIT,
            )
        )
        self.session.flush()

    def finding(self, letter: str, item: str, text: str, round_: int = 1) -> None:
        self.session.add(
            FindingRecord(
                submission_id=self.submissions[letter],
                round=round_,
                item=item,
                text=text,
                created_at=wib(2, 9),
            )
        )
        self.session.flush()


def write(session: Session) -> Month:
    """Put the month into the tables; the caller rolls back or cleans up."""
    month = Month(
        session,
        kes=make_office(session, "bulan-dinkes", "Bulan: Dinas Kesehatan"),
        tan=make_office(session, "bulan-distan", "Bulan: Dinas Pertanian"),
        wan=make_office(session, "bulan-setwan", "Bulan: Sekretariat DPRD"),
    )
    _a(month)
    _b(month)
    _c(month)
    _d(month)
    _e(month)
    _people(month)
    return month


def _a(month: Month) -> None:
    month.dataset("A", month.kes, "published", konsep="Balita", satuan="orang")
    month.step("A", "submit", wib(1, 0))
    month.stay("A", "awaiting_check", wib(1, 0), wib(2, 8), wib(1, 16), 9, "return")
    month.step("A", "return", wib(2, 8), "Perbaiki kode wilayah.")
    month.finding("A", "reference_codes", "Kode wilayah 35.03.3 tidak ada")
    month.finding("A", "reference_codes", "Kode wilayah kosong")
    month.finding("A", "metadata", "=Definisi kosong")
    month.stay("A", "needs_correction", wib(2, 8), wib(2, 14), wib(7, 8), 6, "submit")
    month.step("A", "submit", wib(2, 14))
    month.stay("A", "awaiting_check", wib(2, 14), wib(3, 9), wib(3, 14), 3.5, "conform", 2)
    month.stay("A", "awaiting_approval", wib(3, 9), wib(3, 11), wib(4, 9), 2, "approve", 2)
    month.step("A", "approve", wib(3, 11))
    month.stay("A", "awaiting_release", wib(3, 11), wib(3, 11, 30), wib(3, 12), 0.5, "release", 2)
    month.step("A", "release", wib(3, 11, 30))
    month.stay("A", "published", wib(3, 11, 30), None, None, round_=2)


def _b(month: Month) -> None:
    month.dataset("B", month.kes, "published", konsep="Rumah sakit", satuan="")
    month.step("B", "submit", wib(7, 8))
    month.stay("B", "awaiting_check", wib(7, 8), wib(7, 10), wib(8, 8), 2, "conform")
    month.stay("B", "awaiting_approval", wib(7, 10), wib(7, 14), wib(8, 10), 4, "approve")
    month.step("B", "approve", wib(7, 14))
    month.stay("B", "awaiting_release", wib(7, 14), wib(7, 14, 30), wib(7, 15), 0.5, "release")
    month.step("B", "release", wib(7, 14, 30))


def _c(month: Month) -> None:
    month.dataset("C", month.kes, "awaiting_check", konsep="Gizi", satuan="anak")
    month.step("C", "submit", wib(30, 23, 59))
    month.stay("C", "awaiting_check", wib(30, 23, 59), None, wib(1, 16, month=12))


def _d(month: Month) -> None:
    month.dataset("D", month.tan, "awaiting_check")
    month.step("D", "submit", wib(9, 8))
    month.stay("D", "awaiting_check", wib(9, 8), None, wib(10, 8))


def _e(month: Month) -> None:
    """One second to midnight before the month, and midnight after it."""
    month.dataset("E", month.tan, "published")
    month.step("E", "submit", wib(31, 23, 59, month=10))
    month.step("E", "submit", wib(1, 0, month=12))
    month.stay(
        "E", "draft", wib(20, 8, month=10), wib(31, 23, 59, month=10), wib(21, 8, month=10), 60
    )


def _people(month: Month) -> None:
    roles = (("producer", month.kes.id), ("producer", month.tan.id), ("checker", None))
    for number, (role, office_id) in enumerate(roles):
        month.session.add(
            AppointmentRecord(
                user_id=f"bulan-orang-{number}",
                role=role,
                office_id=office_id,
                valid_from=wib(1, 0).date(),
                decree="SK 1",
                created_at=wib(1, 0),
            )
        )
    month.session.flush()
    audit.write(month.session)
