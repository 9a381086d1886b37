"""National holidays and *cuti bersama*, as a maintained library knows them."""

from datetime import date
from functools import lru_cache

import holidays

_YEARS = range(2020, 2041)  # the rest is nobody's plan today


@lru_cache(maxsize=1)
def known() -> tuple[dict[date, str], dict[date, str]]:
    """National holidays, and *cuti bersama*, with their names."""
    asked = {"years": _YEARS, "language": "id"}
    public = holidays.country_holidays("ID", categories="public", **asked)
    return dict(public), dict(holidays.country_holidays("ID", categories="government", **asked))
