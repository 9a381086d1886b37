"""Keep a program running: python keep.py PROGRAM ARGUMENTS...

The worker ends when the database or Redis goes away for a moment. This starts it again, and
passes on the wish to end.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType

PAUSE_SECONDS = 3


class Keeper:
    """Starts the program again and again until it is told to end."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.child: subprocess.Popen[bytes] | None = None
        self.ending = False

    def end(self, signum: int, _frame: FrameType | None) -> None:
        # Waiting for the child is the loop's work: here, inside its wait, it would wait for ever.
        self.ending = True
        if self.child is not None:
            self.child.send_signal(signum)

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.end)
        while not self.ending:
            self.child = subprocess.Popen(self.command)
            code = self.child.wait()
            if not self.ending:
                print(f"{self.command[0]} ended with {code}", file=sys.stderr, flush=True)
                time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    Keeper(sys.argv[1:]).run()
