"""What exactly is checked and approved: metadata, files and check results, under one hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.sop import Item
from ..model.tables import FileRecord

# Written by machines or implied elsewhere; everything not named here is content, so that a
# new field is bound to the approval without anybody remembering it.
TECHNICAL_DATASET = frozenset(
    {
        "creator_user_id",
        "groups",
        "isopen",
        "license_title",
        "license_url",
        "metadata_created",
        "metadata_modified",
        "num_resources",
        "num_tags",
        "organization",
        "private",
        "relationships_as_object",
        "relationships_as_subject",
        "resources",
        "revision_id",
        "save",
        "state",
        "tag_string",
        "tags",
        "tracking_summary",
        "version_id",
    }
)
TECHNICAL_RESOURCE = frozenset(
    {
        "cache_last_updated",
        "cache_url",
        "ckan_url",
        "created",
        "datastore_active",
        "datastore_contains_all_records_of_source_file",
        "hash",
        "has_views",
        "last_modified",
        "metadata_modified",
        "mimetype",
        "mimetype_inner",
        "original_url",
        "package_id",
        "position",
        "resource_id",
        "resource_type",
        "revision_id",
        "save",
        "size",
        "tidied_copy",
        "tidied_role",
        "state",
        "set_url_type",
        "task_created",
        "tracking_summary",
        "upload",
        "validation_options",
        "validation_status",
        "validation_timestamp",
        "variabel",
    }
)


@dataclass(frozen=True)
class Identity:
    """What content is called in public, on whichever copy it lies.

    The same content has the same hash on the working copy that was approved and on the public
    dataset it was released to.
    """

    dataset_id: str
    name: str
    resources: Mapping[str, str] = field(default_factory=dict)

    def public(self, resource_id: str) -> str:
        """The public id of a resource."""
        return self.resources.get(resource_id, resource_id)

    def named(self, resource: Mapping[str, Any]) -> dict[str, Any]:
        """A file's fields; its own id and those of files it names as the public knows them."""
        return {
            key: self.public(value) if isinstance(value, str) else value
            for key, value in resource.items()
        }


@dataclass(frozen=True)
class Content:
    """One state of a dataset's content, and the sha256 (hex) that names it.

    ``checks``: results of the machine check by public resource id; of a released edition none.
    """

    hash: str
    metadata: dict[str, Any]
    files: tuple[dict[str, Any], ...]
    checks: dict[str, Any] = field(default_factory=dict)


def metadata_of(package: dict[str, Any]) -> dict[str, Any]:
    """The metadata people wrote, without what machines add; stable order and shape."""
    kept = {k: v for k, v in package.items() if k not in TECHNICAL_DATASET and not _empty(v)}
    kept["tags"] = sorted(tag["name"] for tag in package.get("tags", ()))
    kept["resources"] = [_resource(r) for r in package.get("resources", ())]
    return kept


def _resource(resource: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in resource.items() if k not in TECHNICAL_RESOURCE and not _empty(v)}
    if resource.get("url_type") == "upload":
        kept["url"] = str(resource.get("url", "")).rsplit("/", 1)[-1]
    return kept


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _as_public(metadata: dict[str, Any], identity: Identity) -> dict[str, Any]:
    resources = [identity.named(resource) for resource in metadata["resources"]]
    names = {"id": identity.dataset_id, "name": identity.name}
    return {**metadata, **names, "resources": resources}


def files_of(
    package: dict[str, Any], bound: dict[str, FileRecord], identity: Identity
) -> tuple[dict[str, Any], ...]:
    """The package's uploaded files in order: public resource id, name, sha256, size, by whom."""
    return tuple(
        {
            "resource_id": identity.public(r["id"]),
            "name": r.get("name") or bound[r["id"]].filename,
            "filename": bound[r["id"]].filename,
            "sha256": bound[r["id"]].sha256,
            "size": bound[r["id"]].size,
            "mimetype": bound[r["id"]].mimetype,
            "uploaded_by": bound[r["id"]].uploaded_by,
        }
        for r in package.get("resources", ())
        if r["id"] in bound
    )


def content_of(
    package: dict[str, Any],
    bound: dict[str, FileRecord],
    checks: dict[str, dict[str, Any]],
    identity: Identity,
) -> Content:
    """The content of a package as ``package_show`` gives it, under its public names.

    :param bound: file bindings by resource id.
    :param checks: result of the machine check by resource id: status, errors, warnings, digest.
    """
    metadata = _as_public(metadata_of(package), identity)
    files = files_of(package, bound, identity)
    public_checks = {identity.public(key): check for key, check in checks.items()}
    body = {
        "metadata": metadata,
        "files": [{k: f[k] for k in ("resource_id", "filename", "sha256")} for f in files],
        "checks": {f["resource_id"]: public_checks.get(f["resource_id"]) for f in files},
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Content(digest, metadata, files, body["checks"])


def items_with_errors(checks: dict[str, dict[str, Any]]) -> frozenset[Item]:
    """The checklist items on which the machine found errors."""
    return frozenset(
        Item(item)
        for check in checks.values()
        for item, counts in check.get("items", {}).items()
        if counts.get("errors")
    )
