"""Keep a program running: python keep.py PROGRAM ARGUMENTS...

Worker and sweep end when the database or Redis goes away for a moment. This starts them again,
and passes on the wish to end.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType

PAUSE_SECONDS = 3


def keep(command: list[str]) -> None:
    while True:
        child = subprocess.Popen(command)

        def end(
            signum: int, _frame: FrameType | None, child: subprocess.Popen[bytes] = child
        ) -> None:
            child.send_signal(signum)
            sys.exit(child.wait())

        signal.signal(signal.SIGTERM, end)
        code = child.wait()
        print(f"{command[0]} ended with {code}; starting it again", file=sys.stderr, flush=True)
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    keep(sys.argv[1:])
