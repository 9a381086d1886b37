"""What the API offers, one file a subject."""

__all__: list[str] = []
