"""How polars asks the system for memory; to be imported before polars.

One arena instead of four for each core: the threads of a check hand frames to each other, and what
one frees another uses again. Costs no time with the two or three threads there are.
"""

from __future__ import annotations

import os

_NAME = "_RJEM_MALLOC_CONF"
_WISHES = "narenas:1"

os.environ[_NAME] = ",".join(filter(None, (_WISHES, os.environ.get(_NAME))))
