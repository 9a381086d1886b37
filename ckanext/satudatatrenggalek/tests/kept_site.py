"""The portal's application, loaded once for all tests that do not change its settings.

CKAN's own fixtures load every plugin twice for each test, which takes longer than most tests.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import ckan.plugins as p
from ckan.common import config
from ckan.lib import app_globals
from ckan.tests import helpers

_OURS = "satudatatrenggalek"


@dataclass
class _Kept:
    app: Any
    plugin: Any
    before: dict[str, Any]
    loaded: dict[str, Any]


_KEPT: list[_Kept] = []


def app() -> Any:
    """A test client of the application, without cookies; its settings are those of now."""
    kept = _KEPT[0] if _KEPT else None
    if kept is None or p.get_plugin(_OURS) is not kept.plugin or _changed(kept):
        return _load()
    config.clear()
    config.update(copy.deepcopy(kept.loaded))
    app_globals._CONFIG_CACHE.clear()
    app_globals.reset()
    return helpers.CKANTestApp(kept.app)


def _load() -> Any:
    before = copy.deepcopy(dict(config))
    made = helpers._get_test_app()
    loaded = copy.deepcopy(dict(config))
    _KEPT[:] = [_Kept(made.app, p.get_plugin(_OURS), before, loaded)]
    return made


def _changed(kept: _Kept) -> bool:
    """Whether a test has set something: then it is neither as before loading nor as after."""
    gone = kept.before.keys() - config.keys()
    return bool(gone) or any(
        value != kept.before.get(key) and value != kept.loaded.get(key)
        for key, value in config.items()
    )
