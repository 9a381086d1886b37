"""What stands around every request: the portal's minute, and what people read without a part."""

from typing import Any

import ckan.plugins as p

from .. import absence, minute


class Around(p.SingletonPlugin):
    """Looks after the schedule with the pages of the portal, and after their errors."""

    p.implements(p.IMiddleware, inherit=True)

    def make_middleware(self, app: Any, config: Any) -> Any:
        """At most once a minute, whichever page is asked for, the schedule is looked at."""
        app.before_request(minute.keep_going)
        absence.stand_around(app)
        return app
