"""Whether the site's address is this machine's own: demo accounts live nowhere else."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_local(site_url: str) -> bool:
    """Only loopback names: localhost, *.localhost, 127.0.0.0/8, ::1.

    Private ranges and *.test are not: a portal on the office network has other people on it,
    and the password of these accounts is no secret.
    """
    host = (urlsplit(site_url).hostname or "").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
