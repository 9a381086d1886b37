"""First layer of the gate: what a write to a package may and may not do.

Chained actions ask here before core runs, because core stores files and index before any hook
could veto, and because sysadmins and ``ignore_auth`` skip every permission check.
"""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from flask import has_request_context

from .. import config
from ..domain.sop import EDITABLE_STATES, State
from ..domain.workflow import Refusal
from ..model import copies, passage, submissions
from . import content, people
from .messages import conflict, sentence
from .registration import GOVERNED

_TRUE = {"true", "yes", "t", "y", "1", "on"}

_NOT_HERE = {
    "private": (
        "not_by_hand",
        "Dataset hanya menjadi publik lewat pengajuan, pemeriksaan, dan persetujuan. "
        "Buka halaman pengajuannya, lalu pilih Ajukan.",
    ),
    "state": (
        "not_by_hand",
        "Status dataset tidak bisa diubah langsung. Pakai langkah di halaman pengajuannya.",
    ),
    "owner_org": (
        "not_by_hand",
        "Dataset tidak bisa dipindah ke perangkat daerah lain di sini. "
        "Minta walidata mengalihkannya berdasarkan keputusan.",
    ),
    "name": (
        "not_by_hand",
        "Alamat dataset yang sudah terbit tidak berubah, supaya tautannya tetap berlaku. "
        "Biarkan alamat ini seperti semula.",
    ),
    "type": (
        "unknown_type",
        "Jenis ini tidak dikenal portal. Buat sebagai dataset biasa.",
    ),
    "resource_id": (
        "foreign_id",
        "Pengenal berkas (id) diberi oleh portal. Hapus id itu dari kiriman Anda, lalu coba lagi.",
    ),
    "link": (
        "link_refused",
        "Unggah berkasnya. Tautan ke luar tidak diterima karena isinya bisa berubah "
        "setelah disetujui.",
    ),
    "published": (
        "published",
        "Dataset ini sudah terbit, jadi tidak bisa diubah langsung. Pilih Perbarui untuk "
        "menyiapkan edisi baru.",
    ),
    "deleted": (
        "deleted",
        "Dataset ini sudah dibatalkan, jadi tidak bisa diubah atau dihidupkan lagi.",
    ),
    "delete": (
        "not_by_hand",
        "Dataset tidak bisa dihapus. Pakai langkah Batalkan di halaman pengajuannya, "
        "atau minta walidata menariknya dari publik.",
    ),
    "view": (
        "published",
        "Pratinjau dataset yang sedang diperiksa atau sudah terbit tidak bisa diubah.",
    ),
    "machinery": (
        "not_by_hand",
        "Ini diurus portal sendiri setelah berkas diunggah. Tidak ada yang perlu Anda lakukan.",
    ),
    "attachment": (
        "not_by_hand",
        "Berkas dataset diunggah di halaman datasetnya, supaya ikut diperiksa dan disetujui.",
    ),
    "relationship": (
        "not_offered",
        "Hubungan antar-dataset tidak dipakai di portal ini. Sebutkan dataset lain di keterangan.",
    ),
}


def refuse(what: str) -> tk.ValidationError:
    """The 409 for one of the things that only the procedure may do."""
    return conflict(*_NOT_HERE[what])


def is_true(value: Any) -> bool:
    """How CKAN's boolean validator reads a value."""
    return value is True or str(value).strip().lower() in _TRUE


def governed(package: model.Package) -> bool:
    """Whether the procedure answers for a package: by its type, or because it knows it."""
    return package.type == GOVERNED or copies.governing(model.Session, package.id) is not None


def prepare_new(context: Any, data: dict[str, Any]) -> None:
    """Before ``package_create``: private, active, of a known type, with ids of our own.

    Links are let in, as other portals' data has nothing else; ``submit`` wants their files.
    """
    kind = data.get("type") or GOVERNED
    if kind not in config.allowed_types():
        raise refuse("type")
    data["type"] = kind
    data["private"] = True
    data["state"] = "active"
    _keep_fixed(context, ("type", "private", "state"))
    for resource in listed(data):
        if context.get("ignore_auth"):
            # Harvesters send the ids of the portal they read.
            resource.pop("id", None)
        elif resource.get("id"):
            raise refuse("resource_id")


def _keep_fixed(context: Any, names: tuple[str, ...]) -> None:
    """What the gate has set survives a caller's own schema; no context key unlocks it."""
    context.pop("allow_state_change", None)
    if context.get("schema"):
        context["schema"] = {**context["schema"], **{name: [] for name in names}}


def listed(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources a write sends; what is no resource at all is left to core's validators."""
    sent = data.get("resources") or ()
    return [row for row in sent if isinstance(row, dict)] if isinstance(sent, list) else []


def check_resource(resource: dict[str, Any], known: Mapping[str, str | None]) -> None:
    """A resource may be named only by an id it already has, and must be an upload.

    :param known: address by id of the resources the dataset has; a link among them may stay.
    """
    resource_id = resource.get("id")
    if resource_id and resource_id not in known:
        raise refuse("resource_id")
    if resource.get("upload") or resource.get("url_type") == "upload":
        return
    if resource.get("url") and resource["url"] != known.get(str(resource_id)):
        raise refuse("link")


def active_resources(package: model.Package) -> dict[str, str | None]:
    """Ids of the resources the package has now, with their addresses."""
    return {r.id: r.url for r in package.resources_all if r.state == "active"}


def package_of(data: dict[str, Any]) -> model.Package:
    """The package a write names.

    :raises ObjectNotFound: there is none.
    """
    package = model.Package.get(data.get("id") or data.get("name"))
    if package is None:
        raise tk.ObjectNotFound
    return package


def judge_update(context: Any, package: model.Package, data: dict[str, Any]) -> bool:
    """Before ``package_update``: may this write pass? True: it is only technical.

    :raises ValidationError: 409 with the reason.
    """
    _keep_place(package, data)
    _keep_fixed(context, ("private", "state", "owner_org"))
    technical = is_technical(context, package, data)
    if governed(package) and not technical:
        require_editable(context, package)
    sent = listed(data)
    known = active_resources(package) if sent else {}
    for resource in sent:
        check_resource(resource, known)
    return technical


def _keep_place(package: model.Package, data: dict[str, Any]) -> None:
    """Visibility, state and office stay what they are, whatever the caller sent."""
    if package.state != "active":
        raise refuse("deleted")
    if data.get("state") not in (None, "", "active"):
        raise refuse("state")
    data["state"] = package.state
    asked = data.get("private")
    if package.private and asked not in (None, "") and not is_true(asked):
        raise refuse("private")
    if not package.private and is_true(asked):
        raise refuse("private")
    data["private"] = package.private
    if data.get("name") not in (None, "", package.name) and _is_working_copy(package):
        raise refuse("name")
    if data.get("owner_org") not in (None, "", package.owner_org):
        office = model.Group.get(data["owner_org"])
        if office is None or office.id != package.owner_org:
            raise refuse("owner_org")
    data["owner_org"] = package.owner_org


def _is_working_copy(package: model.Package) -> bool:
    record = copies.governing(model.Session, package.id)
    return record is not None and record.dataset_id != package.id


def is_technical(context: Any, package: model.Package, data: dict[str, Any]) -> bool:
    """Whether the portal's own machinery changes only what is not content.

    DataStore flags, load times and check results are written by the site user's jobs at any
    time (xloader, DataStore); they must pass even while the content is locked. What a full
    update leaves out would be removed, so nothing may be missing either.
    """
    if not _is_machine(context) or any(row.get("upload") for row in listed(data)):
        return False
    show: Any = {"ignore_auth": True, "use_cache": False}
    before = tk.get_action("package_show")(show, {"id": package.id})
    after = {**before, **data} if context.get("allow_partial_update") else data
    return content.metadata_of(before) == content.metadata_of({**after, "type": package.type})


def _is_machine(context: Any) -> bool:
    """The portal's own jobs. Nobody who signs in is a machine, whatever their account's name."""
    if passage.is_system():
        return True
    site_user = tk.config.get("ckan.site_id")
    signed_in = has_request_context() and tk.current_user.is_authenticated
    if signed_in and tk.current_user.name == site_user:
        return False
    return context.get("user") == site_user


def require_editable(context: Any, package: model.Package) -> None:
    """The package's submission must be in a state in which content may change.

    Takes the submission's row lock: whoever approves at the same moment waits, and then sees
    a changed hash.
    """
    submissions.lock_package(context["session"], package.id)
    record = copies.governing(context["session"], package.id, lock=True)
    if record is None or package.state != "active":
        raise refuse("published" if package.state == "active" else "deleted")
    state = State(record.state)
    if state in EDITABLE_STATES:
        return
    if state in (State.PUBLISHED, State.SUPERSEDED, State.RETRACTED):
        raise refuse("published")
    if state is State.DISCARDED:
        raise refuse("deleted")
    raise conflict("locked", sentence(Refusal("locked", (state.value,))))


def require_editable_resource(context: Any, resource_id: str | None) -> None:
    """As ``require_editable``, for the package of a resource.

    :raises ObjectNotFound: no such resource.
    """
    resource = model.Resource.get(resource_id or "")
    if resource is None or resource.package_id is None:
        raise tk.ObjectNotFound
    package = model.Package.get(resource.package_id)
    assert package is not None
    if governed(package) and not _is_machine(context):
        require_editable(context, package)


def require_hands_off(context: Any, resource_id: str | None) -> None:
    """Refuse what only the portal's own machinery writes about a governed file.

    :raises ValidationError: 409.
    """
    resource = model.Resource.get(resource_id or "")
    if resource is not None and not _is_machine(context):
        raise refuse("machinery")


def require_editable_view(context: Any, resource: model.Resource) -> None:
    """Views may be arranged while the content may change; machines add them after loading."""
    if _is_machine(context):
        return
    try:
        require_editable_resource(context, resource.id)
    except tk.ValidationError as refusal:
        raise refuse("view") from refusal


def writer_id(context: Any) -> str | None:
    """User id to put on uploads made by this write."""
    return people.caller(context).id
