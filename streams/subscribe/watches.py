"""Whose alert is it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection


class _Watched(msgspec.Struct):
    watch: str = ""


def is_of(raw: bytes, watches: Collection[str]) -> bool:
    """Whether an alert belongs to one of the watches; no watches means any."""
    try:
        return not watches or msgspec.json.decode(raw, type=_Watched).watch in watches
    except (msgspec.MsgspecError, ValueError):
        return False
