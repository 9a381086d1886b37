"""What the API offers, one file a subject."""
