"""What `newswatch why` says of one input; as JSON it is what `--json` prints."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time

import msgspec

from agents.mentions.explain import Clause  # noqa: TC001
from streams.records import (  # noqa: TC001
    AlertEntity,
    ChangeKind,
    Coverage,
    Model,
    Origin,
    Position,
    Status,
    Story,
    SuppressedReason,
    Verdict,
)
from streams.why.nearest import Near  # noqa: TC001


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest made of it."""

    headline: str
    headline_source: str | None
    language: str
    uri: str | None
    name: str | None
    source: str | None
    characters: int | None
    """Code points of the text; None where the article is no longer on its topic."""
    event_time: datetime
    event_time_source: str | None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Why it is a dead letter."""

    reason: str
    message: str | None
    """None where the dead letter is no longer on its topic."""
    size: int | None = None
    begins: str | None = None
    """The first characters of what came."""


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """The article that it is a copy of."""

    article_id: str
    seq: int | None = None
    headline: str | None = None
    uri: str | None = None
    name: str | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """The alert that it raised, or fell under."""

    alert_id: str
    revision: int
    """The one that it raised, or the last before it."""
    revisions: int
    """There are by now."""
    change: ChangeKind | None = None
    severity: str | None = None
    watch: str | None = None
    headline: str | None = None
    coverage: Coverage | None = None
    """After this revision."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a watch made of it."""

    watch: str
    answer: str
    """The deciding line."""
    mentioned: bool
    """When it was decided."""
    clause: Clause | None
    """By today's watchlist; None where the watch has left it, or the article its topic."""
    differs: str | None = None
    """What today's watchlist would make of it instead."""
    reason: SuppressedReason | None = None
    alert: Sent | None = None
    silence: str | None = None
    webhook: str | None = None
    deadlines: tuple[str, ...] = ()
    """What was told of the dates that it names."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The whole path of one input."""

    answers: tuple[str, ...]
    """The deciding lines, what was sent first."""
    seq: int
    position: Position
    redelivered: tuple[int, ...]
    origin: Origin | None
    arrived: datetime | None
    status: Status | None
    """None while it is on its way."""
    article_id: str | None
    read: Read | None
    refused: Refused | None
    verdict: Verdict | None
    duplicate_of: Other | None
    story: Story | None
    """By now; None where the article is the only one of its story."""
    nearest: Near | None
    entities: tuple[AlertEntity, ...]
    model: Model | None
    entities_error: str | None
    mentions_error: str | None
    watchlist: str
    """Version and origin of the watchlist that explains."""
    decided_by: str | None
    """Version of the watchlist that decided; None where its record doesn't say."""
    same_watchlist: bool | None
    """Whether that one explains."""
    watches: tuple[Judged, ...]
    records: tuple[tuple[str, str], ...]
    """Topic and place of each record, in the order of the pipeline."""
