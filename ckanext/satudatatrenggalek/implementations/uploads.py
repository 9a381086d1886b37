"""Files by content: the commit of one row decides which bytes a resource serves."""

import os
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.uploader import ResourceUpload

from .. import clock, config
from ..away import Part, part_of
from ..conformity import inspect_upload
from ..logic.unsaved import SENTENCES
from ..model import blobs, files, passage

_MB = 1024 * 1024
_OURS = ("package", "resource")


class ContentUpload(ResourceUpload):
    """Core's resource upload with another store (subclass: others test for it).

    Bytes are copied and hashed beside the store when the request is read, looked at, and put
    in place only while CKAN's transaction runs.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        sent = resource.get("upload")
        original = getattr(sent, "filename", "") or ""
        super().__init__(resource)
        self.staged: blobs.Staged | None = None
        if self.filename:
            self._stage(original, str(resource.get("format") or ""))

    def _stage(self, original: str, claimed: str) -> None:
        limit = config.max_upload_mb() * _MB
        try:
            self.staged = blobs.Staged(self.upload_file, limit)
        except OSError as error:
            raise _full(error) from error
        except blobs.TooLarge as error:
            raise tk.ValidationError(
                {
                    "upload": [
                        f"Berkas {original} lebih besar dari {config.max_upload_mb()} MB. "
                        "Pecah menjadi beberapa berkas, lalu unggah satu per satu."
                    ]
                }
            ) from error
        refusal = inspect_upload(self.staged.path, original, limit)
        if refusal:
            raise tk.ValidationError({"upload": [refusal.message]})

    def upload(self, id: str, max_size: int = 10) -> None:
        """Put the bytes in place and bind them; visible only once CKAN commits."""
        if self.staged is not None:
            try:
                self.staged.keep()
            except OSError as error:
                model.Session.rollback()
                raise _full(error) from error
            resource = model.Session.get(model.Resource, id)
            files.bind(
                model.Session,
                id,
                resource.package_id if resource else None,
                self.staged.sha256,
                self.staged.size,
                self.filename or "",
                self.mimetype,
                passage.writer(),
                clock.now(),
            )
        elif self.clear:
            files.unbind(model.Session, id, clock.now())

    def get_path(self, id: str) -> str:
        """The file a resource serves; a path that does not exist when it has none."""
        bound = files.of_resource(model.Session, id)
        if bound is None:
            return os.path.join(str(self.storage_path), "none")
        return str(blobs.path_of(bound.sha256))


def _full(error: OSError) -> Exception:
    """The refusal of an upload that does not fit on the disk; any other error as it is."""
    if part_of(error) is not Part.STORAGE:
        return error
    return tk.ValidationError({"upload": [SENTENCES[Part.STORAGE]]})


class Uploads(p.SingletonPlugin):
    """Hands CKAN our uploader for resources; pictures of offices stay with core."""

    p.implements(p.IFiles, inherit=True)
    p.implements(p.IUploader, inherit=True)

    def files_file_allows(self, context: Any, file: Any, operation: Any) -> bool | None:
        """A file hung on a dataset past its upload is nobody's to read or change (row B5)."""
        owner = file.owner
        return False if owner and owner.owner_type in _OURS else None

    def files_owner_allows(
        self, context: Any, owner_type: str, owner_id: str, operation: Any
    ) -> bool | None:
        """Nobody hangs files on datasets or lists them there."""
        return False if owner_type in _OURS else None

    def get_resource_uploader(self, data_dict: dict[str, Any]) -> ContentUpload:
        """One uploader per resource and request."""
        return ContentUpload(data_dict)

    def get_uploader(self, upload_to: str, old_filename: str | None) -> Any:
        """None: core's own."""
        return None
