"""The receipt of a submission: a page to print, and a PDF."""

import io
from typing import Any

import ckan.plugins.toolkit as tk
from flask import send_file

from .meja import meja, sentence_of, submission_of
from .producer_page import show


@meja.route("/dataset/<id>/tanda-terima", methods=["GET"])
def receipt(id: str) -> Any:
    """The receipt as a page."""
    try:
        found = tk.get_action("satudata_receipt_show")({}, {"id": id})
    except tk.ValidationError as error:
        return show(submission_of(id), None, {"text": sentence_of(error), "href": "", "reason": ""})
    return tk.render("meja/receipt.html", {"receipt": found})


@meja.route("/dataset/<id>/tanda-terima.pdf", methods=["GET"])
def receipt_pdf(id: str) -> Any:
    """The receipt as a PDF of one page."""
    try:
        found = tk.get_action("satudata_receipt_show")({"for_view": True}, {"id": id})
    except tk.ValidationError as error:
        return show(submission_of(id), None, {"text": sentence_of(error), "href": "", "reason": ""})
    return send_file(
        io.BytesIO(found["pdf"]),
        "application/pdf",
        as_attachment=True,
        download_name=f"tanda-terima-{found['id'][:8]}.pdf",
    )
