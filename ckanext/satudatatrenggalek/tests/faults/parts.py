"""PostgreSQL, Redis and Solr of the tests, really stopped and really started again."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..editions.passages import alone

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "deploy"))

from launcher.checkout import (  # noqa: E402 - found through the line above
    Checkout,
    load_ports,
    port_is_free,
)
from launcher.process import Daemon  # noqa: E402
from launcher.services import TEST_CORE, TEST_DATABASES, Services  # noqa: E402


@dataclass(frozen=True)
class Part:
    """One service: how it is stopped without warning, and started again."""

    checkout: Checkout
    daemon: Daemon
    # SIGKILL; of PostgreSQL its own word for the same, which ends all its processes at once and
    # leaves the rest to the recovery at the next start.
    death: signal.Signals
    start: Callable[[], None]

    def stop(self) -> None:
        """It is gone, without having put anything in order; its port is free for its return."""
        port = load_ports(self.checkout)[self.daemon.name]
        assert self.daemon.stop(self.death), self.daemon.name
        wait_for(lambda: port_is_free(port))

    def runs(self) -> bool:
        """Whether it is there."""
        return self.daemon.pid() is not None

    @contextmanager
    def away(self) -> Iterator[None]:
        """Gone for the length of the block."""
        alone()
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def still(self) -> Iterator[None]:
        """There, but without an answer to anybody for the length of the block."""
        pid = self.daemon.pid()
        assert pid is not None, self.daemon.name
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)


@dataclass(frozen=True)
class Parts:
    """The three services of this checkout's tests."""

    postgres: Part
    redis: Part
    solr: Part
    services: Services

    @classmethod
    def of_this_checkout(cls) -> Parts:
        """As ``make test`` has started them."""
        checkout = Checkout(ROOT)
        services = Services.of(checkout)
        postgres, redis, solr = services.postgres, services.redis, services.solr
        return cls(
            Part(checkout, postgres.daemon, signal.SIGQUIT, postgres.start),
            Part(checkout, redis.daemon, signal.SIGKILL, redis.start),
            Part(checkout, solr.daemon, signal.SIGKILL, lambda: solr.start((TEST_CORE,))),
            services,
        )

    def are_those_of(self, settings: dict[str, str]) -> bool:
        """Whether CKAN speaks to these and no others, and all run."""
        if not all(part.runs() for part in self):
            return False
        services = self.services
        return (
            settings["sqlalchemy.url"] == services.postgres.url(TEST_DATABASES[0])
            and settings["solr_url"] == services.solr.url(TEST_CORE)
            and f":{services.redis.port}/" in settings["ckan.redis.url"]
        )

    def __iter__(self) -> Iterator[Part]:
        return iter((self.postgres, self.redis, self.solr))

    def all_start(self) -> None:
        """Whatever a test has left, those after it find everything running."""
        for part in self:
            if not part.runs():
                part.start()


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    """Until it is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)
