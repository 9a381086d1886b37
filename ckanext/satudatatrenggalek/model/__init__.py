"""Tables and queries. Returns domain objects, never commits, asks nobody for permission."""
