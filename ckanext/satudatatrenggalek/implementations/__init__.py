"""CKAN's hooks, one interface a file, each asking domain, model or logic."""
