"""History from the topics, merged as it is read: one chunk of each partition is held at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from kafka import TopicPartition

from streams.backtest.history import HistoryError, article, in_order, record
from streams.backtest.placed import placed
from streams.connect import KafkaUnusable, consumer, partitions
from streams.records import Alert, Entry, Silence
from streams.subscribe.follow import POLL_MS, SILENT_POLLS, records
from streams.topology import ALERTS, ENRICHED, OUTCOMES, REPEATS, SHADOW, SILENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.backtest.placed import Placed
    from streams.records import Sequenced
    from streams.settings import Settings

CHUNK_BYTES = 1 << 20
"""Of a partition at once; a longer record comes all the same (KIP-74)."""


class Topics:
    """The topics of an edition, as they are when it is asked for."""

    def __init__(self, settings: Settings) -> None:
        """Look how much there is.

        Raises:
            KafkaUnusable: no broker answers, or there is no such topic.
            HistoryError: there is no article.
        """
        self._settings = settings
        with self._consumer() as client:
            parts = self._parts(client)
            begins, ends = client.beginning_offsets(parts), client.end_offsets(parts)
        self.total = sum(ends[part] - begins[part] for part in parts)
        """Articles at most; less what was delivered twice."""
        if not self.total:
            names = " and ".join(settings.topic_prefix + topic for topic in (ENRICHED, REPEATS))
            raise HistoryError(
                f"topics {names} have no articles; send some with 'newswatch replay', or name a folder with "
                "--history"
            )

    def articles(self) -> Iterator[Sequenced]:
        """Each article once, in the order of the news, up to the end as it is now.

        Raises:
            HistoryError: a record is no article.
            KafkaUnusable: the broker stops answering.
        """
        with self._consumer() as client:
            parts = self._parts(client)
            client.assign(parts)
            client.seek_to_beginning(*parts)
            ends = client.end_offsets(parts)
            yield from in_order(_partition(client, part, ends[part]) for part in parts)

    def placed(self, *, ticks: bool) -> list[Placed]:
        """What befell the alert step, in the order of the news.

        Without silences the log is read only for `ticks`, which nothing but a watch with a clock asks for.

        Raises:
            HistoryError: a record is none.
            KafkaUnusable: no broker answers, or there is no such topic.
        """
        kept = list(self._records(SILENCES, Silence))
        return placed(
            self._records(OUTCOMES, Entry) if kept or ticks else (), kept, self._settings.gap_timeout
        )

    def alerts(self) -> Iterator[Alert]:
        """What was sent, in shadow or not.

        Raises:
            HistoryError: a record is no alert.
            KafkaUnusable: no broker answers, or there is no such topic.
        """
        yield from self._records(ALERTS, Alert)
        yield from self._records(SHADOW, Alert)

    def _consumer(self) -> Any:
        return consumer(
            self._settings.cluster,
            # What is deleted while it is read must not end the reading.
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=CHUNK_BYTES,
        )

    def _parts(self, client: Any) -> list[TopicPartition]:
        return [
            TopicPartition(name, number)
            for topic in (ENRICHED, REPEATS)
            for name in [self._settings.topic_prefix + topic]
            for number in sorted(_there(client, name))
        ]

    def _records(self, topic: str, kind: Any) -> Iterator[Any]:
        name, decode = self._settings.topic_prefix + topic, msgspec.json.Decoder(kind).decode
        with consumer(self._settings.cluster) as client:
            _there(client, name)
            for value in records(client, name):
                yield record(value, f"topic {name}", decode, f"record of {topic}")


def _there(client: Any, name: str) -> set[int]:
    found = partitions(client, name)
    if not found:
        raise KafkaUnusable(f"no topic {name}: make it with 'newswatch topics create'")
    return found


def _partition(client: Any, part: TopicPartition, end: int) -> Iterator[Sequenced]:
    """The articles of one partition; the others are paused while it is read."""
    where = f"topic {part.topic}, partition {part.partition}"
    while client.position(part) < end:
        client.pause(*client.assignment())
        client.resume(part)
        for message in _poll(client, part):
            if message.offset < end:
                yield article(message.value, f"{where}, offset {message.offset}")


def _poll(client: Any, part: TopicPartition) -> list[Any]:
    before = client.position(part)
    for _ in range(SILENT_POLLS):
        if found := client.poll(timeout_ms=POLL_MS):
            return list(found[part])
        if client.position(part) > before:
            return []
    raise KafkaUnusable(
        f"the broker has not answered for {SILENT_POLLS * POLL_MS // 1000} s; see that it runs, and try again"
    )
