"""What a pure step wants sent: the value it returns, which the shell performs."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time

import msgspec


class Emit(msgspec.Struct, frozen=True):
    """One record for one topic, stamped with its event time."""

    topic: str
    """Name without the edition's prefix."""
    key: str
    value: msgspec.Struct
    time: datetime
