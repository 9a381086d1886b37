"""The tidied copy: what an office uploaded, written so that any program reads it.

Nothing is guessed: what is certain is changed and logged, what is ambiguous is asked, the rest
stays as it is and stays a finding. The original is never touched.
"""

from __future__ import annotations

from .make import propose, write_tidied
from .shapes import Change, Option, Question, Tidied

__all__ = ["Change", "Option", "Question", "Tidied", "propose", "write_tidied"]
