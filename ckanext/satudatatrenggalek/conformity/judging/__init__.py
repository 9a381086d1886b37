"""The judge: whether the rows of a table are what its Table Schema says."""

from __future__ import annotations

from .judge import Judge

__all__ = ["Judge"]
