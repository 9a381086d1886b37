"""What the launcher says when it cannot go on: one Indonesian sentence, then exit code 1."""

from __future__ import annotations


class Refusal(Exception):
    """Cannot go on. The text says what is wrong, where, and what to do."""
