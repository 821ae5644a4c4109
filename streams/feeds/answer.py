"""What an HTTP server's answer means to someone who polls it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import TYPE_CHECKING, Literal

import msgspec

from agents.webhook.retry import retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

Trouble = Literal[
    "gone",
    "busy",
    "refused",
    "failed",
    "timeout",
    "connection",
    "redirects",
    "too_large",
    "wrong_type",
    "closed",
]
"""`refused`: 4xx; `failed`: 5xx, a body that can't be unpacked; `closed`: an address that is not asked."""
Kind = Literal["ok", "unchanged", Trouble]
PASSING: frozenset[Kind] = frozenset({"busy", "failed", "timeout", "connection"})
"""What may be otherwise in a few minutes."""
OK, NOT_MODIFIED, GONE = 200, 304, 410
_BUSY = {429, 503}
_SLOW = {408, 504}
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """To a request and the redirects that it led to."""

    kind: Kind
    message: str
    """For people."""
    url: str
    """Where it came from in the end."""
    status: int | None = None
    moved_to: str | None = None
    """Where it is for good, as far as each redirect said so."""
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    """Seconds, as the server asks."""


def kind_of(status: int) -> Kind:
    """What a status means; a redirect without an address is a failure, as is what HTTP doesn't know."""
    known: dict[int, Kind] = {OK: "ok", NOT_MODIFIED: "unchanged", GONE: "gone"}
    if status in known:
        return known[status]
    if status in _BUSY:
        return "busy"
    if status in _SLOW:
        return "timeout"
    return "refused" if status // 100 == 4 else "failed"  # noqa: PLR2004  the class of a status


def answer(
    status: int,
    reason: str | None,
    headers: Mapping[str, str],
    *,
    url: str,
    moved_to: str | None,
    now: datetime,
) -> Answer:
    """The answer as its head has it.

    Args:
        status: of HTTP.
        reason: the words behind it.
        headers: case-insensitive.
        url: where it came from.
        moved_to: where it is for good.
        now: for a Retry-After that is a date.
    """
    return Answer(
        kind=kind_of(status),
        message=f"{status} {reason or ''}".strip(),
        url=url,
        status=status,
        moved_to=moved_to,
        content_type=headers.get("Content-Type"),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        retry_after=retry_after(headers.get("Retry-After"), now),
    )
