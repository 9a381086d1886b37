"""Start programs that stay, know them again, and stop them."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .checkout import Checkout
from .refusal import Refusal

# The account that runs the services when the launcher itself is started by root.
SERVICE_ACCOUNT = "satudata"


def is_root() -> bool:
    return os.geteuid() == 0


def service_account() -> str:
    """Name of the account that runs the services; made once where root starts them."""
    if not is_root():
        return pwd.getpwuid(os.geteuid()).pw_name
    try:
        pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
            ]
            + [SERVICE_ACCOUNT],
            why=f"Akun layanan {SERVICE_ACCOUNT} tidak dapat dibuat",
        )
    return SERVICE_ACCOUNT


def as_service(command: Sequence[str]) -> list[str]:
    """The command, run by the service account instead of root."""
    if not is_root():
        return list(command)
    account = service_account()
    return ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups", *command]


def give_to_service(path: Path) -> None:
    """Make the service account the owner of a file or folder; a missing folder is made."""
    if not path.exists():
        path.mkdir(parents=True)
    if is_root():
        run(
            ["chown", "-R", f"{service_account()}:", str(path)], why=f"{path} tidak dapat diberikan"
        )


def service_reaches(path: Path) -> bool:
    probe = as_service(["test", "-x", str(path)])
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def state_folder(checkout: Checkout) -> Path:
    """Where the services keep their data: `var/`, unless root keeps the checkout in a folder
    that the service account cannot enter, such as its own home."""
    if not is_root() or service_reaches(checkout.var):
        return checkout.var
    mark = hashlib.sha256(str(checkout.root).encode()).hexdigest()[:12]
    folder = Path("/var/lib/satudata") / mark
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(
    command: Sequence[str],
    *,
    why: str,
    env: Mapping[str, str] | None = None,
    give: str | None = None,
) -> str:
    """Its output, given `give` on standard input; `why` opens the sentence of a refusal."""
    try:
        done = subprocess.run(
            command,
            check=False,
            env=None if env is None else {**os.environ, **env},
            cwd="/",
            input=give,
            text=True,
            capture_output=True,
        )
    except FileNotFoundError as error:
        raise Refusal(f"{why}: program {command[0]} tidak ada. Jalankan: make install.") from error
    if done.returncode:
        raise Refusal(f"{why}.\n{last_lines(done.stderr or done.stdout)}")
    return done.stdout


def last_lines(text: str, count: int = 12) -> str:
    return "\n".join("  | " + line for line in text.strip().splitlines()[-count:])


class Daemon:
    """A program that stays, known by a pid file and by the folder it works in.

    A number in a pid file may belong to a stranger after a restart of the machine; the working
    folder tells them apart.
    """

    def __init__(self, checkout: Checkout, name: str, home: Path | None = None) -> None:
        self.name = name
        self.home = home or checkout.var / "run" / name
        self.pid_file = checkout.var / "run" / f"{name}.pid"
        self.log_file = checkout.log / f"{name}.log"

    def pid(self) -> int | None:
        try:
            pid = int(self.pid_file.read_text())
            at = os.readlink(f"/proc/{pid}/cwd")
        except (FileNotFoundError, ProcessLookupError, ValueError, PermissionError):
            return None
        return pid if Path(at) == self.home.resolve() else None

    def start(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.pid_file.parent.mkdir(parents=True, exist_ok=True)
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            child = subprocess.Popen(
                command,
                cwd=self.home,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid_file.write_text(str(child.pid))

    def wait(self, ready: Callable[[], bool], seconds: float, what_to_do: str) -> None:
        """Until it answers. Ends at once when the program has died."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if ready():
                return
            if self.pid() is None:
                break
            time.sleep(0.1)
        if ready():
            return
        raise Refusal(f"{self.name} tidak berhasil dijalankan. {what_to_do}\n{self.tail()}")

    def tail(self) -> str:
        if not self.log_file.exists():
            return ""
        return f"Catatan {self.log_file}:\n" + last_lines(self.log_file.read_text(errors="replace"))

    def stop(self, how: signal.Signals = signal.SIGTERM, seconds: float = 20) -> bool:
        """Ask it to end, insist after `seconds`. False where nothing was running."""
        pid = self.pid()
        if pid is None:
            self.pid_file.unlink(missing_ok=True)
            return False
        os.kill(pid, how)
        end = time.monotonic() + seconds
        while self.pid() is not None and time.monotonic() < end:
            reap(pid)
            time.sleep(0.1)
        if self.pid() is not None:
            os.killpg(pid, signal.SIGKILL)
        self.pid_file.unlink(missing_ok=True)
        return True


def reap(pid: int) -> None:
    """Collect a child of this very process, so that it does not stay as a zombie."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
