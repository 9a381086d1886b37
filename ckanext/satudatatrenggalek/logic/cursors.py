"""Where a page of a list ended, as text that the next call sends back."""

from datetime import datetime

import ckan.plugins.toolkit as tk

from .messages import conflict


def written(*place: datetime | str | int | None) -> str:
    """The cursor of the last row of a page, from the values the list is ordered by."""
    return "~".join(_word(value) for value in place)


def _word(value: datetime | str | int | None) -> str:
    return value.isoformat() if isinstance(value, datetime) else str("" if value is None else value)


def read(text: str) -> tuple[datetime, str] | None:
    """The moment and id a cursor names; None for the first page.

    :raises ValidationError: 409, it was not given by a page before.
    """
    if not text:
        return None
    moment, last = parts(text, 2)
    return moment_of(moment), last


def parts(text: str, count: int) -> list[str]:
    """The words of a cursor.

    :raises ValidationError: 409, as ``read``.
    """
    found = text.split("~")
    if len(found) != count:
        raise unreadable()
    return found


def moment_of(word: str) -> datetime:
    """A moment of a cursor.

    :raises ValidationError: 409, as ``read``.
    """
    try:
        # A plus in an address is read as a blank.
        moment = datetime.fromisoformat(word.replace(" ", "+"))
    except ValueError as error:
        raise unreadable() from error
    if moment.tzinfo is None:
        raise unreadable()
    return moment


def unreadable() -> tk.ValidationError:
    """The refusal of a cursor that no page gave."""
    return conflict("bad_input", "Penanda halaman tidak terbaca. Mulai lagi dari halaman pertama.")
