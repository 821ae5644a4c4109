"""What the webhook has to know of an alert; the rest of the record passes through unread."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import Any

import msgspec

from streams.records import Origin, Severity  # noqa: TC001

AFFIRMED = "affirmed"


class Sentence(msgspec.Struct, frozen=True):
    """Of a mention."""

    sentence: str
    text: str = ""
    """The term."""
    claim: str = AFFIRMED


class Due(msgspec.Struct, frozen=True):
    """A deadline that comes near or has passed."""

    due: str
    left: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as the webhook reads it, of this version or a later one."""

    alert_id: str
    watch: str
    severity: Severity
    story_id: str
    headline: str
    event_time: datetime
    detected_at: datetime
    origin: Origin
    revision: int = 0
    change: str | None = None
    changes: tuple[dict[str, Any], ...] = ()
    """What changed since the revision before: `what`, `from`, `to`."""
    deadline: Due | None = None
    runbook_url: str | None = None
    uri: str | None = None
    source: str | None = None
    mentions: tuple[Sentence, ...] = ()

    @property
    def message(self) -> str:
        """Id of this revision: the same at each attempt, and after a crash."""
        return f"{self.alert_id}.{self.revision}"


decode = msgspec.json.Decoder(Notice).decode
