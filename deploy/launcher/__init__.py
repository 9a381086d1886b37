"""Installs, starts and stops the portal of one checkout. Standard library only: it runs before
anything is installed. Everything it makes lives in `var/`."""
