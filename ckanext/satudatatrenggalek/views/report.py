"""The report's page, the lists behind its numbers, and the public page of a document."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, send_file
from werkzeug.datastructures import FileStorage

from .. import clock
from ..documents import report_text
from ..documents.tables import hours, share
from ..domain.figures import COUNT_LABELS, Figures
from ..domain.periods import Period, PeriodRefused, month_of, quick_choices, read_period

satudata_report = Blueprint("satudata_report", __name__, url_prefix="/meja/laporan")
satudata_document = Blueprint("satudata_document", __name__, url_prefix="/dokumen")

_PAGE = 100
_HASHED_AT_ONCE = 1 << 20
_FILE_WORDS = {"pdf": "berkas PDF", "xlsx": "berkas Excel", "figures": "angka laporan"}


@satudata_report.before_request
def _signed_in() -> Any:
    """Everybody not signed in goes to the login, whether or not the page exists."""
    return None if tk.current_user.is_authenticated else _to_login()


def _to_login() -> Any:
    return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))


def _asked() -> dict[str, str]:
    """The period and office of the address or form; this month where nothing is said."""
    month = month_of(clock.today())
    return {
        "dari": tk.request.values.get("dari") or f"{month.first:%d-%m-%Y}",
        "sampai": tk.request.values.get("sampai") or f"{month.last:%d-%m-%Y}",
        "opd": tk.request.values.get("opd", ""),
    }


def _ask(action: str, asked: dict[str, str], **more: Any) -> Any:
    """Call a report action; a refusal becomes the page that says it."""
    data = {"from": asked["dari"], "to": asked["sampai"], "office": asked["opd"], **more}
    try:
        return tk.get_action(action)({}, data)
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error.message or ""))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error.message or ""))


@satudata_report.route("")
def index() -> Any:
    """The figures of a period, each number a link to its list."""
    asked = _asked()
    try:
        period = read_period(asked["dari"], asked["sampai"])
    except PeriodRefused as error:
        return tk.render("laporan/index.html", {**_form(asked), "refusals": [str(error)]}), 400
    found = _ask("satudata_report_figures", asked)
    figures = Figures.from_dict(found)
    return tk.render(
        "laporan/index.html",
        {
            **_form(asked),
            "refusals": [],
            "period": period,
            "figures": figures,
            "choices": found["choices"],
            "reasons": report_text.reason_bars(figures),
            "times": report_text.times(figures),
            "documents": _documents(),
        },
    )


def _form(asked: dict[str, str]) -> dict[str, Any]:
    today = clock.today()
    return {
        "asked": asked,
        "quick": [(label, _days(period)) for label, period in quick_choices(today)],
        "labels": COUNT_LABELS,
        "hours": hours,
        "share": share,
    }


def _days(period: Period) -> dict[str, str]:
    return {"dari": f"{period.first:%d-%m-%Y}", "sampai": f"{period.last:%d-%m-%Y}"}


def _documents() -> list[dict[str, Any]]:
    try:
        return tk.get_action("satudata_document_list")({}, {})
    except tk.NotAuthorized:
        return []


@satudata_report.route("/terbitkan", methods=["POST"])
def issue() -> Any:
    """Issue the report of the period shown."""
    asked = {**_asked(), "opd": ""}
    try:
        issued = _ask("satudata_report_issue", asked)
    except tk.ValidationError as error:
        tk.h.flash_error("; ".join(str(text) for text in error.error_summary.values()))
        return tk.redirect_to("satudata_report.index", **asked)
    tk.h.flash_success(f"Laporan {issued['number']} terbit dan tersimpan.")
    return tk.redirect_to("satudata_document.show", document_id=issued["id"])


@satudata_report.route("/<figure>")
def drill(figure: str) -> Any:
    """The submissions behind one number."""
    asked = _asked()
    page = tk.h.get_page_number(tk.request.args) or 1
    try:
        period = read_period(asked["dari"], asked["sampai"])
    except PeriodRefused:
        return tk.redirect_to("satudata_report.index", **asked)
    found = _ask(
        "satudata_report_drill", asked, figure=figure, limit=_PAGE, offset=(page - 1) * _PAGE
    )
    return tk.render(
        "laporan/drill.html",
        {"asked": asked, "period": period, "found": found, "page": page, "page_size": _PAGE},
    )


@satudata_document.route("/<document_id>", methods=["GET", "POST"])
def show(document_id: str) -> Any:
    """The public page of a document; compares a fingerprint or a file with what is stored."""
    try:
        document = tk.get_action("satudata_document_show")({}, {"id": document_id})
    except tk.ObjectNotFound:
        return tk.abort(404, "Tidak ada dokumen dengan alamat ini. Periksa lagi kode QR-nya.")
    fingerprint = _fingerprint()
    return tk.render(
        "laporan/document.html",
        {
            "document": document,
            "fingerprint": fingerprint,
            "match": _match(document, fingerprint) if fingerprint else "",
        },
    )


def _fingerprint() -> str:
    """The sha256 that was pasted, or that of the file that was sent; empty without either."""
    sent = tk.request.files.get("berkas")
    if isinstance(sent, FileStorage) and sent.filename:
        digest = hashlib.sha256()
        while chunk := sent.stream.read(_HASHED_AT_ONCE):
            digest.update(chunk)
        return digest.hexdigest()
    return "".join(tk.request.values.get("sidik", "").split()).lower()


def _match(document: dict[str, Any], fingerprint: str) -> str:
    """What of the document has this fingerprint, in words; empty when nothing has."""
    known = {**document["files"], "figures": document["figures_sha256"]}
    return next((_FILE_WORDS[name] for name, sha in known.items() if sha == fingerprint), "")


@satudata_document.route("/<document_id>/berkas.<any(pdf, xlsx):extension>")
def download(document_id: str, extension: str) -> Response | Any:
    """A file of the document, as issued, for whoever reads the report."""
    try:
        found = tk.get_action("satudata_document_file")(
            {}, {"id": document_id, "format": extension}
        )
    except tk.NotAuthorized as error:
        if not tk.current_user.is_authenticated:
            return _to_login()
        return tk.abort(403, str(error.message or ""))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error.message or ""))
    content = BytesIO(base64.b64decode(found["content"]))
    return send_file(content, found["mimetype"], True, found["filename"])


BLUEPRINTS = (satudata_report, satudata_document)
