"""Every topic, once: its name, key, partitions, how long it keeps, who writes it and who reads it.

Topics are created from this list before a worker starts: broker auto-creation is off, and Faust ignores for
ever a topic that is missing when it starts. `docs/architecture.md` holds a picture made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

GIB = 1 << 30
RAW_MAX_BYTES = 64 << 20
"""An input of any size up to here reaches ingest, which refuses the too long ones where it can be seen."""
RECORD_MAX_BYTES = 16 << 20
"""A text of 1 MB (the default limit) with its entities stays well below."""

RAW = "news.raw"
ARTICLES = "news.articles"
DEAD_LETTERS = "news.dead-letters"
UNIQUE = "news.unique"
REPEATS = "news.repeats"
ENRICHED = "news.enriched"
OUTCOMES = "news.outcomes"
STORIES = "news.stories"
ALERTS = "alerts"
SUPPRESSED = "alerts.suppressed"
SHADOW = "alerts.shadow"
WATCHLIST = "watchlist"
WORKERS = "watchlist.workers"
UNDELIVERED = "webhook.undelivered"
"""Not below `alerts.`, where each name is a watch's."""
SILENCES = "silences"
FEEDS = "feeds.state"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as declared.

    Records are stamped with event time, which for a replayed archive lies years back: a limit in time would
    delete them as they come, so topics are bounded in bytes.
    """

    name: str
    key: str
    carries: str
    partitions: Literal["one", "many"]
    retention_bytes: int
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    max_bytes: int = RECORD_MAX_BYTES
    compacted: bool = False
    """Whether it holds the newest record of each key, for ever, rather than all records up to a size."""

    def config(self) -> dict[str, str]:
        """Broker settings of the topic."""
        never = str((1 << 63) - 1)
        if self.compacted:
            return {
                "cleanup.policy": "compact",
                # Kafka compacts closed segments only; nothing here would ever fill one of the usual 1 GiB.
                "segment.bytes": str(1 << 20),
                "min.cleanable.dirty.ratio": "0.1",
                "max.message.bytes": str(self.max_bytes),
            }
        return {
            "cleanup.policy": "delete",
            "retention.ms": "-1",
            "retention.bytes": str(self.retention_bytes),
            # With event times that jump by years Kafka would start a segment at every jump.
            "segment.ms": never,
            "max.message.bytes": str(self.max_bytes),
            # An archive may carry any date; ingest judges dates, the broker must not.
            "message.timestamp.before.max.ms": never,
            "message.timestamp.after.max.ms": never,
        }


TOPICS: tuple[Topic, ...] = (
    Topic(RAW, "none", "bytes", "one", 4 * GIB, ("replay", "feeds"), ("ingest",), RAW_MAX_BYTES),
    Topic(ARTICLES, "article_id", "Article, Rejection", "one", 4 * GIB, ("ingest",), ("deduplicate",)),
    Topic(DEAD_LETTERS, "position", "DeadLetter", "one", GIB, ("ingest",), ()),
    Topic(UNIQUE, "article_id", "Sequenced", "many", GIB, ("deduplicate",), ("entities",)),
    Topic(REPEATS, "article_id", "Sequenced", "many", GIB, ("deduplicate",), ("mentions",)),
    Topic(ENRICHED, "article_id", "Enriched", "many", GIB, ("entities",), ("mentions",)),
    Topic(
        OUTCOMES,
        "article_id",
        "Outcome, Start, Tick, Silence",
        "one",
        2 * GIB,
        ("deduplicate", "mentions", "silence"),
        ("alerts",),
    ),
    Topic(STORIES, "story_id", "Story", "one", GIB, ("deduplicate",), ()),
    Topic(ALERTS, "alert_id", "Alert", "one", GIB, ("alerts",), ("webhook",)),
    Topic(SUPPRESSED, "alert_id, else article_id", "Suppressed", "one", GIB, ("alerts",), ()),
    Topic(SHADOW, "alert_id", "Alert", "one", GIB, ("alerts",), ()),
    Topic(
        WATCHLIST,
        "watch",
        "Watch",
        "one",
        -1,
        ("watch",),
        ("worker",),
        compacted=True,
    ),
    Topic(WORKERS, "worker", "Applied", "one", -1, ("worker",), ("watch",), compacted=True),
    Topic(UNDELIVERED, "alert_id", "Undelivered", "one", GIB // 4, ("webhook", "resend"), ()),
    Topic(SILENCES, "silence_id", "Silence", "one", GIB, ("alerts",), (), compacted=True),
    Topic(FEEDS, "feed", "FeedState", "one", -1, ("feeds",), ("feeds",), compacted=True),
)


NAMES = frozenset(topic.name for topic in TOPICS)


def of_edition(topic: str, prefix: str) -> bool:
    """Whether a topic, by its full name, is one of an edition's: declared, or a watch's own, of any watch."""
    name = topic.removeprefix(prefix)
    return topic.startswith(prefix) and (name in NAMES or name.startswith(watch_topic("")))


def watch_topic(watch: str) -> str:
    """Name of a watch's own topic."""
    return f"{ALERTS}.{watch}"


def with_watches(watches: Iterable[str]) -> tuple[Topic, ...]:
    """All topics of an edition: the fixed ones and one for each watch."""
    return (
        *TOPICS,
        *(
            Topic(watch_topic(name), "alert_id", "Alert", "one", GIB // 4, ("alerts",), ())
            for name in watches
        ),
    )


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A topic that exists with another number of partitions than declared."""

    topic: str
    wanted: int
    found: int

    def __str__(self) -> str:
        return (
            f"topic {self.topic} has {self.found} partitions where {self.wanted} are declared: set "
            f"NEWSWATCH_PARTITIONS={self.found}, or delete the topic, or use another NEWSWATCH_TOPIC_PREFIX"
        )


def partition_counts(topics: Iterable[Topic], *, prefix: str, many: int) -> dict[str, int]:
    """Full topic name to number of partitions."""
    return {prefix + topic.name: many if topic.partitions == "many" else 1 for topic in topics}


def compare(wanted: dict[str, int], found: dict[str, int]) -> tuple[list[str], list[Mismatch]]:
    """Which topics are missing, and which have another number of partitions."""
    missing = [name for name in wanted if name not in found]
    wrong = [
        Mismatch(name, number, found[name])
        for name, number in wanted.items()
        if found.get(name, number) != number
    ]
    return missing, wrong


def mermaid(topics: Iterable[Topic] = TOPICS) -> str:
    """Draw the flow as a Mermaid flowchart: steps as boxes, topics as cylinders."""
    lines = ["flowchart LR"]
    for topic in topics:
        node = topic.name.replace(".", "_").replace("-", "_")
        shape = "1" if topic.partitions == "one" else "N"
        lines.append(f'    {node}[("{topic.name} ({shape})")]')
        lines += [f"    {writer} --> {node}" for writer in topic.writers]
        lines += [f"    {node} --> {reader}" for reader in topic.readers]
    return "\n".join(lines) + "\n"
