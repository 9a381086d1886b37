"""What `make` calls: python3 deploy/portal.py portal|install|stop|reset|token|test|check|bench."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from launcher import portal, workshop
from launcher.checkout import Checkout
from launcher.python_env import LEAST_PYTHON
from launcher.refusal import Refusal


def commands(checkout: Checkout) -> dict[str, Callable[[], None]]:
    setting = os.environ.get
    return {
        "install": lambda: portal.install(checkout),
        "portal": lambda: portal.up(checkout, setting("PORT", "")),
        "stop": lambda: portal.stop(checkout),
        "reset": lambda: portal.reset(checkout),
        "token": lambda: portal.token(checkout, setting("AS", "")),
        "test": lambda: workshop.test(checkout, setting("T", "").split()),
        "lint": lambda: workshop.lint(checkout),
        "check": lambda: workshop.check(checkout),
        "bench": lambda: workshop.bench(checkout),
    }


def main(arguments: list[str]) -> int:
    if sys.version_info < LEAST_PYTHON:
        print(
            "Python terlalu tua. Pasang Python 3.10 atau yang lebih baru, lalu ulangi.",
            file=sys.stderr,
        )
        return 1
    checkout = Checkout(Path(__file__).resolve().parents[1])
    known = commands(checkout)
    if len(arguments) != 1 or arguments[0] not in known:
        print(f"Perintah: {' | '.join(known)}", file=sys.stderr)
        return 2
    try:
        known[arguments[0]]()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Dihentikan. Perintah yang sama boleh diulang.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
