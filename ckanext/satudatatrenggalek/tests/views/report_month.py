"""The hand-made month inside a running portal, and helpers to read its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup, Tag
from ckan import model
from sqlalchemy import text

from ckanext.satudatatrenggalek import clock

from ..model.month import Month, wib, write

NOVEMBER = "dari=01-11-2033&sampai=30-11-2033"
PAGE = f"/meja/laporan?{NOVEMBER}"


@contextmanager
def recorded() -> Iterator[Month]:
    """The month committed, at 09.00 of the first of December.

    Afterwards the record is cut back to where it was, so that its chain stays whole for other
    tests; only the owner of the tables can do that.
    """
    session = model.Session()
    before = session.execute(text("SELECT coalesce(max(seq), 0) FROM satudata_audit")).scalar_one()
    month = write(session)
    session.commit()
    try:
        with clock.at(wib(1, 9, month=12)):
            yield month
    finally:
        session.rollback()
        session.execute(text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
        session.execute(text("DELETE FROM satudata_audit WHERE seq > :seq"), {"seq": before})
        session.execute(text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
        session.commit()


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.body, "html.parser")


def cells_of(soup: BeautifulSoup, first: str) -> list[str]:
    """The cells of the first table row that begins with these words."""
    for row in soup.select("table tr"):
        cells = [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        if cells and cells[0] == first:
            return cells[1:]
    raise AssertionError(f"no row {first}")


def big_figures(soup: BeautifulSoup) -> dict[str, str]:
    """The large numbers at the top, by their words."""
    found = {}
    for block in soup.select("dl.sd-figures > div"):
        label, number = block.find("dt"), block.find("b")
        assert isinstance(label, Tag)
        assert isinstance(number, Tag)
        found[label.get_text().strip()] = number.get_text().strip()
    return found
