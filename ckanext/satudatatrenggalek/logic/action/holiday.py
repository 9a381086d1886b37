"""Days off of the regency besides national holidays and *cuti bersama*."""

from datetime import date, datetime, time
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import clock, config, working_time
from ...domain import words
from ...domain.deadlines import WIB, WorkCalendar
from ...model import audit, days_off
from ...model.days_off import DayOffRecord
from ...model.tables import SubmissionRecord
from .. import due, parameters, people, showing
from ..messages import conflict

__all__ = [
    "satudata_holiday_add",
    "satudata_holiday_list",
    "satudata_holiday_remove",
]


@tk.side_effect_free
def satudata_holiday_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The days off of a year: national ones, *cuti bersama*, and those of the regency.

    :param year: four digits; this year when left out.
    :returns: ``year, complete, known_years, national [{day, name, kind}], local [...]``;
        ``complete``: whether *cuti bersama* of that year are known.
    """
    tk.check_access("satudata_holiday_list", context, data_dict)
    session: Session = context["session"]
    year = _year(data_dict)
    public, joint = working_time.national_days()
    national = [(day, name, "national") for day, name in public.items() if day.year == year]
    national += [(day, name, "joint_leave") for day, name in joint.items() if day.year == year]
    known = sorted(days_off.calendar(session).known_years)
    rows = days_off.of_year(session, year)
    return {
        "year": year,
        "complete": year in known,
        "known_years": known,
        "national": [
            {"day": day.isoformat(), "name": name, "kind": kind}
            for day, name, kind in sorted(national)
        ],
        "fixed": sorted(d.isoformat() for d in config.local_holidays() if d.year == year),
        "local": [_row(row) for row in rows],
    }


def _year(data: dict[str, Any]) -> int:
    today = clock.today()
    year = parameters.whole(data, "year", today.year, words.YEARS[-1])
    if year not in words.YEARS:
        raise conflict("bad_input", "Tahun tidak terbaca. Tulis empat angka, misalnya 2026.")
    return year


def _row(row: DayOffRecord) -> dict[str, Any]:
    return {
        "id": row.id,
        "day": row.day.isoformat(),
        "reason": row.reason,
        "decree": row.decree,
        "added_by": people.display(row.added_by),
        "added": showing.stamp(row.added_at),
        "removed": showing.stamp(row.removed_at),
        "removed_reason": row.removed_reason,
        "may_remove": row.removed_at is None and row.day > clock.today(),
    }


def satudata_holiday_add(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Enter a day off. Clocks that run past it end one working day later.

    :param day: ISO 8601, tomorrow or later: what was counted up to today stays counted.
    :param reason: why the offices are closed. :param decree: number of the decree.
    :returns: the day, and ``moved``: how many clocks it moved.
    """
    tk.check_access("satudata_holiday_add", context, data_dict)
    session: Session = context["session"]
    day = parameters.day(data_dict, "day", "Tanggal libur")
    reason, decree = parameters.text(data_dict, "reason"), parameters.text(data_dict, "decree")
    if day is None:
        raise conflict("bad_input", "Tulis tanggal liburnya.")
    if not reason:
        raise conflict("bad_input", "Tulis keterangannya, misalnya Hari Jadi Trenggalek.")
    if not decree:
        raise conflict("bad_input", "Tulis nomor surat atau keputusan yang menetapkannya.")
    _ahead(day, "dicatat sebagai libur")
    held = days_off.hold_clocks(session, _start_of(day))
    before = days_off.calendar(session)
    if not before.is_working_day(day):
        session.rollback()
        raise conflict("bad_input", f"{words.tanggal(day)} sudah bukan hari kerja.")
    row = DayOffRecord(
        day=day,
        reason=reason,
        decree=decree,
        added_by=people.caller(context).id,
        added_at=clock.now(),
    )
    session.add(row)
    moved = _move(session, held, before)
    _note(context, session, "add_holiday", row, reason, moved)
    session.commit()
    return {**_row(row), "moved": moved}


def satudata_holiday_remove(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take a day off back before it has begun. The entry stays, with the reason.

    :param id: of the entry. :param reason: why it is a working day after all.
    :returns: as ``satudata_holiday_add``.
    """
    tk.check_access("satudata_holiday_remove", context, data_dict)
    session: Session = context["session"]
    row = session.get(DayOffRecord, parameters.needed(data_dict, "id"))
    reason = parameters.text(data_dict, "reason")
    if row is None:
        raise tk.ObjectNotFound
    if not reason:
        raise conflict("bad_input", "Tulis alasan hari itu kembali menjadi hari kerja.")
    _ahead(row.day, "dijadikan hari kerja lagi")
    held = days_off.hold_clocks(session, _start_of(row.day))
    session.refresh(row, with_for_update=True)
    if row.removed_at is not None:
        session.rollback()
        raise conflict("wrong_state", "Hari libur ini sudah dihapus.")
    before = days_off.calendar(session)
    row.removed_at, row.removed_by = clock.now(), people.caller(context).id
    row.removed_reason = reason
    moved = _move(session, held, before)
    _note(context, session, "remove_holiday", row, reason, moved)
    session.commit()
    return {**_row(row), "moved": moved}


def _ahead(day: date, what: str) -> None:
    """Figures up to today may have been reported: days up to today stay what they were."""
    if day.year not in words.YEARS:
        raise conflict("bad_input", "Tahunnya tidak masuk akal. Periksa tanggalnya.")
    if day <= clock.today():
        raise conflict(
            "bad_input",
            f"{words.tanggal(day)} tidak bisa lagi {what}: waktu kerja sampai hari ini sudah "
            "dihitung dan dilaporkan. Catat hari libur paling lambat sehari sebelumnya.",
        )


def _move(session: Session, held: list[SubmissionRecord], before: WorkCalendar) -> int:
    begin = due.planned_begins(session, held)
    return days_off.move_clocks(session, held, begin, before, clock.now())


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), WIB)


def _note(
    context: Any, session: Session, step: str, row: DayOffRecord, note: str, moved: int
) -> None:
    person = people.caller(context)
    audit.append(
        session,
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            note=note,
            details={"day": row.day.isoformat(), "decree": row.decree, "clocks_moved": moved},
        ),
    )
