"""Pages: read the request, ask an action, render or redirect. No rules here."""

from . import report
from .downloads import downloads

BLUEPRINTS = (downloads, *report.BLUEPRINTS)
