"""Pages: read the request, ask an action, render or redirect. No rules here."""

from . import (
    answering,
    appointments,
    beside,
    bulk_page,
    check_page,
    columns_page,
    desk,
    holidays,
    load_page,
    notices,
    offices_page,
    on_behalf,
    papers,
    people_page,
    producer_page,
    receipt,
    record_page,
    report,
    steps,
    tidied_page,
    transfer,
)
from .downloads import downloads
from .dump import rows_dump
from .editions import editions
from .forgery import forgery
from .meja import meja
from .missing import missing
from .ordinary_forms import ordinary_forms
from .requests import requests
from .tombstones import tombstones

__all__ = ["BLUEPRINTS", "MEJA"]

# These modules hang their addresses on one blueprint: one door, one look of a refusal.
MEJA = (
    desk,
    bulk_page,
    load_page,
    offices_page,
    people_page,
    check_page,
    producer_page,
    columns_page,
    tidied_page,
    steps,
    appointments,
    beside,
    on_behalf,
    papers,
    receipt,
    transfer,
    holidays,
    notices,
    record_page,
    answering,
)
BLUEPRINTS = (
    downloads,
    editions,
    forgery,
    missing,
    meja,
    ordinary_forms,
    requests,
    rows_dump,
    tombstones,
    *report.BLUEPRINTS,
)
