"""What a request that can't be answered gets: Problem Details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a request is not answered (RFC 9457)."""

    title: str
    """The status in words."""
    status: int
    detail: str
    """What is wrong, and what is taken instead."""
    parameter: str | None = None
    """Which one is wrong, where one is."""


def problem(
    status: int, detail: str, *, parameter: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A response that says what is wrong."""
    told = Problem(HTTPStatus(status).phrase, status, detail, parameter)
    return Response(
        msgspec.json.encode(told) + b"\n", status, media_type=MEDIA_TYPE, headers=dict(headers or {})
    )
