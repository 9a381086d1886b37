"""What the worker is told: xloader never starts by itself, and checks have a warm process.

The outbox loads tables, after the commit (``loading.py``).
"""

import ckan.plugins as p

from ckanext.xloader.interfaces import IXloader

from ..conformity.apart import warm_up


class Loading(p.SingletonPlugin):
    """Vetoes xloader's own triggers; they fire before CKAN commits."""

    p.implements(IXloader, inherit=True)
    p.implements(p.IForkObserver)

    def can_upload(self, resource_id: str) -> bool:
        """No."""
        return False

    def before_fork(self) -> None:
        """Before a worker forks for a job: the process that checks files is started once, here.

        Each job inherits it; started in the job, the engine would be loaded for each anew.
        """
        warm_up()
