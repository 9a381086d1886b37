"""Hands our actions, permissions and validators to CKAN.

Written out instead of blankets: permissions of core's own functions are made in a loop, and an
action module that is forgotten here is missed by a test.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import ckan.plugins as p

from ..logic import validators
from ..logic.action import (
    bulk,
    catalogue,
    changes,
    check_report,
    claim,
    conformity,
    dataset,
    deeds,
    desk,
    edition,
    feed,
    holiday,
    machinery,
    marked,
    notice,
    office,
    on_behalf,
    person,
    publication,
    reading,
    receipt,
    record,
    report,
    request,
    role,
    rows,
    schema,
    tidied,
    tombstone,
    transfer,
)
from ..logic.auth import activity as activity_auth
from ..logic.auth import beside as beside_auth
from ..logic.auth import dataset as dataset_auth
from ..logic.auth import harvest as harvest_auth
from ..logic.auth import holiday as holiday_auth
from ..logic.auth import notice as notice_auth
from ..logic.auth import people as people_auth
from ..logic.auth import preparing as preparing_auth
from ..logic.auth import publication as publication_auth
from ..logic.auth import record as record_auth
from ..logic.auth import report as report_auth
from ..logic.auth import request as request_auth
from ..logic.auth import tombstone as tombstone_auth

ACTIONS = (
    bulk,
    catalogue,
    changes,
    check_report,
    claim,
    conformity,
    dataset,
    deeds,
    desk,
    edition,
    feed,
    holiday,
    machinery,
    marked,
    notice,
    office,
    on_behalf,
    person,
    publication,
    reading,
    receipt,
    record,
    report,
    request,
    role,
    rows,
    schema,
    tidied,
    transfer,
    tombstone,
)
PERMISSIONS = (
    beside_auth,
    holiday_auth,
    notice_auth,
    people_auth,
    preparing_auth,
    publication_auth,
    record_auth,
    report_auth,
    request_auth,
    tombstone_auth,
)


def _offered(modules: tuple[ModuleType, ...]) -> dict[str, Callable[..., Any]]:
    return {name: getattr(module, name) for module in modules for name in module.__all__}


class Logic(p.SingletonPlugin):
    """Actions, permissions, validators."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IValidators)

    def get_actions(self) -> dict[str, Callable[..., Any]]:
        """Every action of ``logic/action``."""
        return _offered(ACTIONS)

    def get_auth_functions(self) -> dict[str, Callable[..., Any]]:
        """Every permission of ``logic/auth``, and the ones laid over core's."""
        return {
            **_offered(PERMISSIONS),
            **dataset_auth.functions(),
            **activity_auth.functions(),
            **harvest_auth.functions(),
        }

    def get_validators(self) -> dict[str, Callable[..., Any]]:
        """Validators the scheming schemas name."""
        return _offered((validators,))
