"""Permissions, one file a subject."""

__all__: list[str] = []
