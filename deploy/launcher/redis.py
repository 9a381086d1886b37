"""The Redis of this checkout: sessions, job queues, harvest queue."""

from __future__ import annotations

import shutil
import socket

from .checkout import Checkout, choose_port, load_ports, load_secrets, write_private
from .process import Daemon, as_service, give_to_service, state_folder
from .refusal import Refusal

PORTAL_DB = 0
TEST_DB = 1
# Seconds. Without these whoever asks a Redis that hangs waits for ever; a worker that waits for
# work lengthens them itself.
PATIENCE = "socket_connect_timeout=5&socket_timeout=5"


class Redis:
    """Starts and stops it; jobs that wait survive a stop."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.password = load_secrets(checkout)["redis"]
        self.home = state_folder(checkout) / "redis"
        self.daemon = Daemon(checkout, "redis", home=self.home)

    @property
    def port(self) -> int:
        return load_ports(self.checkout)["redis"]

    def url(self, database: int) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}?{PATIENCE}"

    def start(self) -> None:
        if self.daemon.pid() is not None:
            return
        if not shutil.which("redis-server"):
            raise Refusal(
                "Redis belum terpasang. Jalankan: make install (atau apt install redis-server)."
            )
        port = choose_port(self.checkout, "redis")
        conf = self.home / "redis.conf"
        write_private(conf, SETTINGS.format(port=port, password=self.password, home=self.home))
        self.home.chmod(0o700)
        give_to_service(self.home)
        self.daemon.start(as_service(["redis-server", str(conf)]))
        self.daemon.wait(self.answers, 20, "Baca catatan di bawah ini.")

    def stop(self) -> bool:
        return self.daemon.stop()

    def answers(self) -> bool:
        try:
            return self.ask(f"AUTH {self.password}\r\nPING\r\n").endswith("+PONG\r\n")
        except OSError:
            return False

    def empty(self, database: int) -> None:
        self.ask(f"AUTH {self.password}\r\nSELECT {database}\r\nFLUSHDB\r\n")

    def ask(self, commands: str) -> str:
        """Send inline commands and read until each has answered one line."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as wire:
            wire.sendall(commands.encode())
            answer = b""
            while answer.count(b"\r\n") < commands.count("\r\n"):
                piece = wire.recv(4096)
                if not piece:
                    break
                answer += piece
        return answer.decode()


SETTINGS = """bind 127.0.0.1
port {port}
requirepass {password}
databases 32
dir {home}
appendonly yes
save 300 10
"""
