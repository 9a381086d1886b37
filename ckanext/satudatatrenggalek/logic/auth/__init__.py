"""Permissions, one file a subject."""
