"""What people read while a part of the portal does not answer: 503 and a sentence.

The page stands alone: what draws the other pages may be the very part that is away.
"""

import html
import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib import search
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import InternalServerError
from werkzeug.wrappers import Response

from .away import Part, part_of

log = logging.getLogger(__name__)

_MAYBE = (
    DBAPIError,
    RedisError,
    search.SearchError,
    search.SearchIndexError,
    search.SolrConnectionError,
    OSError,
)
_AGAIN_SECONDS = "60"
_WHY = {
    Part.DATABASE: "basis data tidak menjawab",
    Part.SEARCH: "mesin pencari tidak menjawab",
    Part.QUEUE: "penyimpan sesi dan antrean pekerjaan tidak menjawab",
    Part.STORAGE: "ruang penyimpanan penuh",
}
_PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Belum bisa dilayani - {site}</title></head>
<body><main><h1>Portal sedang tidak bisa melayani permintaan ini</h1>
<p>Sebabnya: {why}. Yang sudah tersimpan tidak hilang.</p>
<p>Bila Anda baru saja mengirim isian, isian itu mungkin belum tersimpan. Tekan tombol kembali di
peramban: biasanya isian Anda masih ada di sana. Tunggu beberapa menit, muat ulang halaman untuk
melihat apakah sudah tersimpan, lalu kirim lagi bila belum.</p>
<p>Bila satu jam lagi masih begini, sampaikan kepada pengelola portal: {why}.</p>
</main></body></html>
"""
_JSON = "Portal belum bisa melayani: {why}. Yang sudah tersimpan tidak hilang. Coba lagi nanti."


def _told(part: Part, path: str) -> Response:
    why = _WHY[part]
    if path.startswith("/api/"):
        error = {"__type": "Service Unavailable", "message": _JSON.format(why=why)}
        body, kind = json.dumps({"success": False, "error": error}), "application/json"
    else:
        site = html.escape(str(tk.config.get("ckan.site_title") or "Satu Data"))
        body, kind = _PAGE.format(site=site, why=why), "text/html; charset=utf-8"
    headers = {"Retry-After": _AGAIN_SECONDS, "Cache-Control": "no-store"}
    return Response(body, 503, headers, content_type=kind)


def stand_around(app: Any) -> None:
    """Look at every error of the portal's pages first; what is about something else goes on."""
    for kind in _MAYBE:
        app.register_error_handler(kind, _on_page)
    on_500 = app.error_handler_spec[None][500]
    on_500[InternalServerError] = _first(on_500.get(InternalServerError))
    app.wsgi_app = Doorway(app.wsgi_app)


def _on_page(error: Exception) -> Any:
    part = part_of(error)
    if part is None:
        raise error
    log.error("%s is away", part.name, exc_info=error)
    return _told(part, tk.request.path)


def _first(then: Any) -> Callable[[Exception], Any]:
    """CKAN's own views end in a 500 of theirs over a search engine that is away."""

    def asked(error: Exception) -> Any:
        part = part_of(getattr(error, "original_exception", None) or error)
        return then(error) if part is None else _told(part, tk.request.path)

    return asked


class Doorway:
    """Before the whole portal: sessions, and the page of an error itself, may need what is away."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, or say what is away."""
        try:
            return self.inner(environ, start_response)
        except _MAYBE as error:
            part = part_of(error)
            if part is None:
                raise
            log.exception("%s is away", part.name)
            return _told(part, environ.get("PATH_INFO", ""))(environ, start_response)
