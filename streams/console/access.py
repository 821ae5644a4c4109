"""Who may ask: judged from a request's headers, before anything else is done."""

from __future__ import annotations

import hmac
import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

from streams.console.session import COOKIE, is_good

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN = frozenset({"/healthz", "/readyz"})
"""Answered to anyone who reaches the port: what watches over a deployment has no token."""
FILES = "/static/"
"""Style sheet and scripts, which are the same everywhere: the page that asks for the token needs them."""
SHORTEST_TOKEN = 16
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]@/\s]+)(?::\d{1,5})?", re.ASCII)
_BEARER = re.compile(r"bearer +(\S+)", re.IGNORECASE)


class AccessError(Exception):
    """Where the console would be open to others; the message says what to set."""


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    detail: str


def check(host: str, token: str | None) -> None:
    """See that only a token opens the console to other machines.

    Raises:
        AccessError: it would be served to others without, or the token is no token.
    """
    if token is None:
        if not is_loopback(host):
            raise AccessError(
                f"{host} can be reached from other machines, so a token is needed: set "
                "NEWSWATCH_CONSOLE_TOKEN to a long random text, as of 'openssl rand -hex 32', or serve "
                "on 127.0.0.1"
            )
    elif len(token) < SHORTEST_TOKEN or not (token.isascii() and token.isprintable()) or " " in token:
        raise AccessError(
            f"NEWSWATCH_CONSOLE_TOKEN is no token: take at least {SHORTEST_TOKEN} characters of ASCII "
            "without spaces, as of 'openssl rand -hex 32'"
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refusal(
    path: str, headers: Mapping[str, str], cookies: Mapping[str, str], *, token: str | None, now: float
) -> Refusal | None:
    """Why a request is refused, or None if it may be answered.

    Args:
        path: of the address.
        headers: by their names in small letters.
        cookies: by name.
        token: without one only this machine can connect; each program on it may ask then, but no web page.
        now: Unix seconds.
    """
    if path in OPEN:
        return None
    # A page may ask what its own name resolves to, and that can be made to be this machine (DNS rebinding).
    # With a token it would lack that.
    if token is None and not _is_for_loopback(headers.get("host", "")):
        return Refusal(421, "the console is asked under another name than localhost: use http://127.0.0.1")
    elsewhere = headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    # A browser that sends no Sec-Fetch-Site tells by its Origin. Behind a proxy, where there is a token, the
    # console does not know its own.
    if token is None and "origin" in headers:
        elsewhere = elsewhere or headers["origin"] != f"http://{headers.get('host', '')}"
    if elsewhere and headers.get("sec-fetch-mode") != "navigate":  # a link to here may be followed
        return Refusal(403, "a page of another site asks: open the console itself")
    if token is None or path.startswith(FILES) or _has(token, headers, cookies, now):
        return None
    return Refusal(
        401, "a token is needed: send 'Authorization: Bearer …' with that of NEWSWATCH_CONSOLE_TOKEN"
    )


def bearer(headers: Mapping[str, str], token: str) -> bool:
    """Whether the token itself came along."""
    found = _BEARER.fullmatch(headers.get("authorization", "").strip())
    return found is not None and hmac.compare_digest(found[1].encode(), token.encode())


def _has(token: str, headers: Mapping[str, str], cookies: Mapping[str, str], now: float) -> bool:
    return bearer(headers, token) or is_good(cookies.get(COOKIE, ""), token, now)


def _is_for_loopback(host: str) -> bool:
    found = _HOST.fullmatch(host)
    return found is not None and is_loopback(found[1])
