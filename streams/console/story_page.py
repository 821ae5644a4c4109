"""What is told of a story; as JSON it is what `/api/stories/{story_id}` answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time

import msgspec

from streams.records import (  # noqa: TC001
    Change,
    ChangeKind,
    Compared,
    Coverage,
    Deadline,
    Severity,
    Stage,
    Status,
    SuppressedReason,
)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the story."""

    article_id: str
    seq: int
    status: Status
    source: str | None
    headline: str | None
    uri: str | None
    name: str | None
    event_time: datetime
    arrived: datetime
    method: str | None
    """What made it a copy; None for the first article."""
    similarity: float | None
    duplicate_of: str | None
    """The article that it was compared with."""
    compared: Compared | None
    """How like that one it is, and the numbers and names that differ."""
    watches: tuple[str, ...]
    """That it mentions."""


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """Another story, with which it shares an article."""

    story_id: str
    headline: str | None
    """None where it is no longer on `news.stories`."""
    article_id: str
    seq: int


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as it was sent at one time."""

    revision: int
    article_id: str
    seq: int
    headline: str
    source: str | None
    event_time: datetime
    detected_at: datetime
    change: ChangeKind | None
    changes: tuple[Change, ...]
    coverage: Coverage
    suppressed: dict[SuppressedReason, int]
    """Held back for this watch since the revision before."""


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """An alert of the story."""

    alert_id: str
    watch: str
    severity: Severity
    stage: Stage
    deadline: Deadline | None
    revisions: tuple[Revision, ...]
    """Oldest first, the newest fifty."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the ledger: a mention that raised nothing."""

    watch: str
    reason: SuppressedReason
    why: str
    """The same in words."""
    alert_id: str | None
    article_id: str
    seq: int
    source: str | None
    headline: str | None
    event_time: datetime
    detected_at: datetime
    deadline: Deadline | None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How often a reason held a watch back in this story."""

    watch: str
    reason: SuppressedReason
    count: int


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that the topics know of a story."""

    story_id: str
    headline: str | None
    source: str | None
    uri: str | None
    coverage: Coverage | None
    """None where its record is no longer on `news.stories`."""
    outlets: tuple[str, ...]
    first_time: datetime | None
    last_time: datetime | None
    articles_total: int
    """That are still on `news.outcomes`."""
    articles: tuple[Told, ...]
    """In the order of the news: the first one, and the newest."""
    links: tuple[Linked, ...]
    alerts_total: int
    alerts: tuple[Raised, ...]
    """In the order they were raised."""
    ledger_total: int
    ledger_counts: tuple[Count, ...]
    """Of all of the ledger."""
    ledger: tuple[Held, ...]
    """The newest lines, in the order they were written."""
