"""How polars asks the system for memory; to be imported before polars.

One arena instead of four for each core, and little put by for each thread: the threads of a check
hand frames to each other, and what one frees another uses again. A fifth less memory for a few
hundredths of the time. What nobody has used for 20 milliseconds goes back to the system.
"""

from __future__ import annotations

import os

_NAME = "_RJEM_MALLOC_CONF"
_WISHES = "narenas:1,lg_tcache_max:12,dirty_decay_ms:20,muzzy_decay_ms:0"

os.environ[_NAME] = ",".join(filter(None, (_WISHES, os.environ.get(_NAME))))
