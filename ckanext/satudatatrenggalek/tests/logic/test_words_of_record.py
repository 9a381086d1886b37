"""Whatever the portal puts on the record has words of its own; readers never see a code."""

from __future__ import annotations

import re
from pathlib import Path

from ckanext.satudatatrenggalek import logic
from ckanext.satudatatrenggalek.domain.sop import DEED_BY_NAME, STEP_BY_NAME
from ckanext.satudatatrenggalek.logic.showing import _OWN_LABELS

_WRITTEN = re.compile(r'(?:\bstep=|(?:note|_on_record|_record_edit)\([^"\n]*)"([a-z_]+)"')


def test_each_event_of_the_record_has_words() -> None:
    sources = Path(str(logic.__file__)).parent.rglob("*.py")
    written = {name for path in sources for name in _WRITTEN.findall(path.read_text("utf-8"))}
    assert {"appoint", "issue_document", "add_holiday", "request_answer", "edit"} <= written
    assert written <= _OWN_LABELS.keys() | STEP_BY_NAME.keys() | DEED_BY_NAME.keys()
