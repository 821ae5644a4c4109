"""A browser's way past the token: a cookie that says until when, signed with the token.

A page can't give an EventSource a header, and a token in an address ends up in logs and histories. So a
browser sends its token once, as a header, and gets this. It is kept nowhere: another token ends all sessions.
"""

from __future__ import annotations

import hashlib
import hmac
import re

COOKIE = "newswatch_session"
SECONDS = 12 * 3600
"""A shift."""
_COOKIE = re.compile(r"(\d{1,12})\.([0-9a-f]{64})", re.ASCII)


def issue(token: str, now: float) -> str:
    """A cookie's value that is good for `SECONDS` from now (Unix seconds)."""
    until = str(int(now) + SECONDS)
    return f"{until}.{_signature(token, until)}"


def is_good(value: str, token: str, now: float) -> bool:
    """Whether a cookie's value is one of ours and its time is not over."""
    found = _COOKIE.fullmatch(value)
    if found is None:
        return False
    until, signature = found.groups()
    return hmac.compare_digest(signature, _signature(token, until)) and now < int(until)


def _signature(token: str, until: str) -> str:
    return hmac.new(token.encode(), f"newswatch session until {until}".encode(), hashlib.sha256).hexdigest()
