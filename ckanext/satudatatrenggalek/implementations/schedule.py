"""Keeps the portal's minute going: whoever opens a page finds a broken schedule and mends it."""

from typing import Any

import ckan.plugins as p

from .. import minute


class Schedule(p.SingletonPlugin):
    """Asks for the schedule with the pages of the portal."""

    p.implements(p.IMiddleware, inherit=True)

    def make_middleware(self, app: Any, config: Any) -> Any:
        """At most once a minute, whichever page is asked for."""
        app.before_request(minute.keep_going)
        return app
