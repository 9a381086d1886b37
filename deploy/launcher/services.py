"""The three services together, and the environment that points CKAN at them."""

from __future__ import annotations

from dataclasses import dataclass

from .checkout import Checkout, alone
from .postgres import Postgres
from .redis import Redis
from .solr import PORTAL_CORE, TEST_CORE, Solr

PORTAL_DATABASES = ("ckan_default", "datastore_default")
TEST_DATABASES = ("ckan_test", "datastore_test")


@dataclass(frozen=True)
class Services:
    """PostgreSQL, Redis and Solr of one checkout."""

    postgres: Postgres
    redis: Redis
    solr: Solr

    @classmethod
    def of(cls, checkout: Checkout) -> Services:
        return cls(Postgres(checkout), Redis(checkout), Solr(checkout))

    def start(self, databases: tuple[str, str], core: str) -> None:
        with alone(self.postgres.checkout, "services", wait=True):
            self.postgres.start()
            self.redis.start()
            self.solr.start((core,))
            self.postgres.ensure_pair(*databases)

    def stop(self) -> list[str]:
        """Names of what was running."""
        pairs = (("Solr", self.solr), ("Redis", self.redis), ("PostgreSQL", self.postgres))
        return [name for name, service in pairs if service.stop()]

    def environment(
        self, databases: tuple[str, str], core: str, redis_db: int, storage: str
    ) -> dict[str, str]:
        """CKAN reads these names before the ini file (ckan/config/environment.py)."""
        main, datastore = databases
        return {
            "CKAN_SQLALCHEMY_URL": self.postgres.url(main),
            "CKAN_DATASTORE_WRITE_URL": self.postgres.url(datastore),
            "CKAN_DATASTORE_READ_URL": self.postgres.url(datastore, reader=True),
            "CKAN_REDIS_URL": self.redis.url(redis_db),
            "CKAN_SOLR_URL": self.solr.url(core),
            "CKAN_STORAGE_PATH": storage,
        }


__all__ = ["PORTAL_CORE", "PORTAL_DATABASES", "TEST_CORE", "TEST_DATABASES", "Services"]
