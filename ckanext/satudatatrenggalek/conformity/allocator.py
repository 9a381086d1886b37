"""How polars asks the system for memory; to be imported before polars.

One arena instead of four for each core, and little put by for each thread: the threads of a check
hand frames to each other, and what one frees another uses again. A fifth less memory for a few
hundredths of the time.
"""

from __future__ import annotations

import os

_NAME = "_RJEM_MALLOC_CONF"
_WISHES = "narenas:1,lg_tcache_max:12"

os.environ[_NAME] = ",".join(filter(None, (_WISHES, os.environ.get(_NAME))))
