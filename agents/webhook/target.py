"""Where alerts are posted: the configured address, judged before anything is sent."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Literal, NamedTuple

from yarl import URL

from agents.webhook.address import refusal
from agents.webhook.errors import WebhookError

if TYPE_CHECKING:
    from collections.abc import Collection

Format = Literal["plain", "alertmanager"]

ALERTMANAGER_PATH = "api/v2/alerts"
VARIABLE = "NEWSWATCH_WEBHOOK_URL"


class Target(NamedTuple):
    """An address to post to."""

    url: URL
    """As aiohttp's own parser reads it: two parsers that differ are how a check is got round."""
    shown: str
    """Without path, query and user, which may hold a secret."""
    trusted: bool
    """Allowed by name: any network address it resolves to will do."""


def target(url: str, format_: Format, allow: Collection[str] = ()) -> Target:
    """Read an address.

    Args:
        url: http or https; for Alertmanager its base or the whole path of its API.
        format_: of the payload.
        allow: host names and addresses that may be in a closed network.

    Raises:
        WebhookError: it is no such address, or it names a closed network and isn't in `allow`.
    """
    read = _read(url)
    host = read.raw_host if read else None
    if read is None or not host:
        raise WebhookError(f"{VARIABLE} is no address to post to: write http(s)://host[:port]/path, in ASCII")
    if read.fragment:
        raise WebhookError(f"{VARIABLE} has a fragment (#…), which is never sent: take it out")
    if format_ == "alertmanager" and not read.path.rstrip("/").endswith(ALERTMANAGER_PATH):
        read /= ALERTMANAGER_PATH
    name = host.rstrip(".").lower()
    trusted = name in {item.rstrip(".").lower().strip("[]") for item in allow}
    if not trusted and _is_number(name) and (reason := refusal(name)):
        raise WebhookError(f"{VARIABLE}: {reason}; if you mean it, set NEWSWATCH_WEBHOOK_ALLOW={name}")
    return Target(read, str(read.origin()), trusted)


def _read(url: str) -> URL | None:
    try:
        read = URL(url)
        usable = read.scheme in {"http", "https"} and read.port != 0
    except ValueError:
        return None
    return read if usable and url.isascii() and url.isprintable() and " " not in url else None


def _is_number(host: str) -> bool:
    """Whether a host is an address rather than a name, also in the spellings of inet_aton(3)."""
    if ":" in host:
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True
