"""One decision on several submissions, each with the content the person has seen."""

from typing import Any

import ckan.plugins.toolkit as tk

from ..domain.sop import STEP_BY_NAME
from .meja import ask, meja, sentence_of


@meja.route("/massal", methods=["POST"])
def many() -> Any:
    """Take the step of every row that was ticked; the page says what became of each."""
    form = tk.request.form
    rows = [
        {"id": key, "content_hash": form.get(f"sidik-{key}", "")} for key in form.getlist("pilih")
    ]
    step = form.get("step", "")
    page: dict[str, Any] = {
        "label": STEP_BY_NAME[step].label if step in STEP_BY_NAME else step,
        "back": tk.request.args.to_dict(),
        "results": [],
        "refusal": "",
    }
    try:
        page.update(ask("satudata_step_take_many", step=step, rows=rows))
    except tk.ValidationError as error:
        page["refusal"] = sentence_of(error)
    return tk.render("meja/many.html", page), 409 if page["refusal"] else 200


@meja.route("/massal", methods=["GET"])
def many_address() -> Any:
    """The address opened as a link: to the desk."""
    return tk.redirect_to("meja.desk")
