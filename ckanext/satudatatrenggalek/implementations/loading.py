"""xloader never starts by itself: the outbox loads tables, after the commit (``loading.py``)."""

import ckan.plugins as p

from ckanext.xloader.interfaces import IXloader


class Loading(p.SingletonPlugin):
    """Vetoes xloader's own triggers; they fire before CKAN commits."""

    p.implements(IXloader, inherit=True)

    def can_upload(self, resource_id: str) -> bool:
        """No."""
        return False
