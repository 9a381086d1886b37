"""The PostgreSQL cluster of this checkout, in `var/pg`, started without root."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from .checkout import Checkout, choose_port, load_ports, load_secrets, write_private
from .process import Daemon, as_service, give_to_service, run, state_folder
from .refusal import Refusal

SUPERUSER = "satudata_admin"
OWNER = "ckan_default"
READER = "datastore_default"
PERMITTED = "DataStore permissions set"


def program(name: str) -> str:
    """A server program of the newest PostgreSQL that Debian has installed."""
    base = Path("/usr/lib/postgresql")
    versions = sorted((int(p.name), p) for p in base.glob("*") if re.fullmatch(r"\d+", p.name))
    for _, folder in reversed(versions):
        if (folder / "bin" / name).exists():
            return str(folder / "bin" / name)
    raise Refusal(
        "PostgreSQL belum terpasang. Jalankan: make install (atau apt install postgresql)."
    )


class Postgres:
    """Starts, stops and fills the cluster."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.secrets = load_secrets(checkout)
        self.data = state_folder(checkout) / "pg"
        self.daemon = Daemon(checkout, "postgres", home=self.data)

    @property
    def port(self) -> int:
        return load_ports(self.checkout)["postgres"]

    def start(self) -> None:
        self._create()
        if self.daemon.pid() is not None:
            return
        port = choose_port(self.checkout, "postgres")
        self.daemon.start(
            as_service([program("postgres"), "-D", str(self.data), "-p", str(port)]),
        )
        self.daemon.wait(
            self.answers,
            60,
            "Baca catatan ini; bila berkas datanya rusak, pulihkan cadangan atau: make reset.",
        )

    def stop(self) -> bool:
        # SIGINT: end the sessions, write everything down, and go.
        return self.daemon.stop(signal.SIGINT)

    def answers(self) -> bool:
        try:
            self.sql("select 1", "postgres")
        except Refusal:
            return False
        return True

    def _create(self) -> None:
        if (self.data / "PG_VERSION").exists() and (self.data / "made").exists():
            return
        if self.data.exists():  # half made
            run(["rm", "-rf", str(self.data)], why=f"{self.data} tidak dapat dibersihkan")
        give_to_service(self.data)
        os.chmod(self.data, 0o700)
        password = self.data.parent / "initdb-password"
        write_private(password, self.secrets["postgres_superuser"])
        give_to_service(password)
        run(
            as_service(
                [program("initdb"), "-D", str(self.data), "-U", SUPERUSER, "-E", "UTF8"]
                + ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password}"]
            ),
            why="Basis data tidak dapat dibuat",
        )
        password.unlink()
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(SETTINGS)
        (self.data / "made").touch()

    def sql(self, statement: str, database: str) -> str:
        """Run as the cluster's superuser; rows come back as plain lines."""
        return run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port)]
            + ["-U", SUPERUSER, "-d", database],
            why="PostgreSQL menolak perintah",
            env={"PGPASSWORD": self.secrets["postgres_superuser"], "PGCONNECT_TIMEOUT": "5"},
            give=statement,
        )

    def ensure_roles(self) -> None:
        for role, key in ((OWNER, "postgres_ckan"), (READER, "postgres_datastore")):
            if not self.sql(f"select 1 from pg_roles where rolname = '{role}'", "postgres"):  # noqa: S608
                self.sql(f"create role {role} login", "postgres")
            self.sql(f"alter role {role} password '{self.secrets[key]}'", "postgres")

    def ensure_pair(self, main: str, datastore: str) -> None:
        """Both databases of one CKAN, with the DataStore's permissions.

        A comment on the database says that the permissions are set: a run cut off between the
        two is finished by the next one.
        """
        self.ensure_roles()
        self._ensure_database(main)
        self._ensure_database(datastore)
        told = "select shobj_description(oid, 'pg_database') from pg_database where datname = "
        if self.sql(f"{told}'{datastore}'", "postgres").strip() != PERMITTED:
            self.sql(self._permissions(main, datastore), datastore)
            self.sql(f"comment on database {datastore} is '{PERMITTED}'", "postgres")

    def _ensure_database(self, name: str) -> None:
        if self.sql(f"select 1 from pg_database where datname = '{name}'", "postgres"):  # noqa: S608
            return
        self.sql(
            f"create database {name} owner {OWNER} encoding 'UTF8' template template0", "postgres"
        )

    def _permissions(self, main: str, datastore: str) -> str:
        code = (
            "import sys; from ckanext.datastore.cli import permissions_sql;"
            "print(permissions_sql(*sys.argv[1:]))"
        )
        return run(
            [str(self.checkout.python), "-c", code, main, datastore, OWNER, OWNER, READER],
            why="Izin DataStore tidak dapat disusun",
        )

    def drop(self, name: str) -> None:
        self.sql(f"drop database if exists {name} with (force)", "postgres")

    def url(self, database: str, *, reader: bool = False) -> str:
        user, key = (READER, "postgres_datastore") if reader else (OWNER, "postgres_ckan")
        return f"postgresql://{user}:{self.secrets[key]}@127.0.0.1:{self.port}/{database}"


SETTINGS = """
# Made by the launcher
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""
