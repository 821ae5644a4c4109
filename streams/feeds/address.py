"""Which network addresses may be asked, whatever name or link led there.

What a person configured may be anywhere but at a cloud's metadata service and its like. What a feed links
to, or redirects to, was written by others: it never leads into a private network, unless it is where the
feed itself is.
"""

from __future__ import annotations

from ipaddress import ip_address

from agents.webhook.address import refusal as closed
from agents.webhook.address import within


def refusal(address: str, *, private: bool) -> str | None:
    """Why nothing is asked of a numeric address; None when it may be.

    Args:
        address: as the resolver gave it.
        private: whether it may be in a private network, loopback among them.
    """
    if (reason := closed(address)) is not None or private:
        return reason
    parsed = ip_address(address.partition("%")[0])
    if any(not meant.is_global for meant in (parsed, *within(parsed))):
        return f"{address} is in a private network"
    return None


def is_private_literal(host: str) -> bool:
    """Whether a host as a person wrote it says by itself that it is private, so that nobody is misled."""
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host.rstrip(".").lower() == "localhost"
