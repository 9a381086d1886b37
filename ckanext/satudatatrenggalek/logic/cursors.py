"""Where a page of a list ended: a moment and an id, as text that the next call sends back."""

from datetime import datetime

from .messages import conflict


def written(moment: datetime, last: str) -> str:
    """The cursor of the last row of a page."""
    return f"{moment.isoformat()}~{last}"


def read(text: str) -> tuple[datetime, str] | None:
    """The place a cursor names; None for the first page.

    :raises ValidationError: 409, it was not given by a page before.
    """
    if not text:
        return None
    try:
        moment, last = text.split("~")
        # A plus in an address is read as a blank.
        place = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        place, last = None, ""
    if place is None or place.tzinfo is None:
        raise conflict(
            "bad_input", "Penanda halaman tidak terbaca. Mulai lagi dari halaman pertama."
        )
    return place, last
