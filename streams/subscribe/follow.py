"""A topic of alerts as a stream of raw records: what is there, then what comes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition
from kafka.errors import KafkaError

from streams.connect import KafkaUnusable
from streams.topology import ALERTS, SHADOW, SUPPRESSED, watch_topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

POLL_MS = 500
SILENT_POLLS = 20
"""Empty polls in a row, 10 s, after which the broker is asked whether it is still there."""


def topic_for(client: Any, prefix: str, watches: Collection[str]) -> str:
    """The topic to read: that of the one watch, else the one with all alerts, which keeps their order.

    Raises:
        KafkaUnusable: a watch has no topic (the message names those that have), or there are no topics yet.
    """
    if prefix + ALERTS not in client.topics():
        raise KafkaUnusable(f"no topic {prefix}{ALERTS}: make it with 'newswatch topics create'")
    known = watches_there(client, prefix)
    if unknown := [watch for watch in watches if watch not in known]:
        raise KafkaUnusable(
            f"no watch {', '.join(map(repr, unknown))}: there is {', '.join(sorted(known)) or 'none yet'}"
        )
    return prefix + (watch_topic(next(iter(watches))) if len(watches) == 1 else ALERTS)


def watches_there(client: Any, prefix: str) -> set[str]:
    """Names of the watches that have a topic."""
    own = prefix + watch_topic("")
    others = {prefix + SUPPRESSED, prefix + SHADOW}
    return {name.removeprefix(own) for name in client.topics() if name.startswith(own) and name not in others}


def records(
    client: Any,
    topic: str,
    *,
    keep: Callable[[bytes], bool] = lambda _: True,
    last: int | None = None,
    follow: bool = False,
    silence: Callable[[str], None] = lambda _: None,
) -> Iterator[bytes]:
    """Values that `keep` keeps: those there are (or the `last` of them), then if `follow` the new ones.

    `silence` is told when the broker no longer answers; the client goes on trying.

    Raises:
        KafkaUnusable: the broker stops answering while older records are read.
    """
    parts = [TopicPartition(topic, number) for number in client.partitions_for_topic(topic) or ()]
    client.assign(parts)
    client.seek_to_beginning(*parts)
    end = client.end_offsets(parts)
    history: deque[bytes] = deque(maxlen=last)
    while any(client.position(part) < end[part] for part in parts):
        batch = [value for value in _poll(client, parts, _stop) if keep(value)]
        if last is None:
            yield from batch
        else:
            history.extend(batch)
    yield from history
    while follow:
        yield from filter(keep, _poll(client, parts, silence))


def _poll(client: Any, parts: list[Any], silence: Callable[[str], None]) -> list[bytes]:
    """The next records; before each answer to a long silence the broker is asked for a sign of life."""
    for _ in range(SILENT_POLLS):
        if found := client.poll(timeout_ms=POLL_MS):
            return [record.value for batch in found.values() for record in batch if record.value is not None]
    try:
        client.end_offsets(parts, timeout_ms=SILENT_POLLS * POLL_MS)
    except KafkaError as error:
        silence(f"the broker does not answer ({type(error).__name__}); still trying")
    return []


def _stop(message: str) -> None:
    raise KafkaUnusable(message.removesuffix("; still trying"))
