"""The portal does not start with a setting that would open the gate."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.exceptions import CkanConfigurationException

from ckanext.satudatatrenggalek.implementations import settings

SAFE: dict[str, Any] = {
    "ckan.storage_path": "/srv/portal",
    "ckan.files.default_storages.resource": "resources",
    "ckan.files.default_storages.default": "default",
    "ckan.files.storage.groups.public": True,
    "ckan.files.storage.groups.path": "/srv/portal/storage/uploads/group",
    "ckan.datastore.public_table_search": "",
}
UNSAFE: list[dict[str, Any]] = [
    {"ckan.auth.user_create_organizations": "true"},
    {"ckan.auth.user_create_groups": True},
    {"ckan.auth.create_unowned_dataset": "on"},
    {"ckan.auth.anon_create_dataset": "1"},
    {"ckan.auth.allow_dataset_collaborators": True},
    {"ckan.auth.create_dataset_if_not_in_organization": True},
    {"ckan.datastore.sqlsearch.enabled": "yes"},
    {"ckan.datastore.public_table_search": "_table_metadata"},
    {"ckan.files.authenticated_uploads.allow": True},
    {"ckan.files.storage.resources.public": "true"},
    {"ckan.files.storage.default.public": True},
    {"ckan.files.storage.lain.public": True, "ckan.files.storage.lain.path": "/srv"},
    {"ckan.files.storage.lain.public": True, "ckan.files.storage.lain.path": "/srv/portal/blobs"},
    {"ckan.files.storage.arsip.public": True, "ckan.files.default_storages.resource": "arsip"},
]


def test_safe_settings_are_safe() -> None:
    assert settings.unsafe(SAFE) == []


@pytest.mark.parametrize("opened", UNSAFE, ids=lambda opened: next(iter(opened)))
def test_C11_each_unsafe_setting_alone_is_named_and_refused(opened: dict[str, Any]) -> None:
    name = next(iter(opened))
    assert settings.unsafe({**SAFE, **opened}) == [name]
    with pytest.raises(CkanConfigurationException) as refusal:
        settings.refuse_unsafe({**SAFE, **opened})
    assert name in str(refusal.value)
    assert "Portal tidak dijalankan karena tidak aman" in str(refusal.value)
    assert "Matikan" in str(refusal.value)
