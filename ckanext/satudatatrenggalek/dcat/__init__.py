"""What the portal says of its datasets in RDF, and how it reads the RDF of others."""
