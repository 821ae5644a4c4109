"""The undelivered alerts on the wire: read, and marked once they are taken."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from kafka import TopicPartition
from kafka.errors import KafkaError

from agents.webhook.backlog import Backlog
from streams.connect import KafkaUnusable, consumer, partitions, producer
from streams.fetch import Fetcher
from streams.records import SCHEMA_VERSION, Undelivered
from streams.topology import ALERTS, UNDELIVERED
from streams.why.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from agents.webhook.courier import Delivery
    from agents.webhook.target import Format
    from streams.settings import Settings

SECONDS = 10
"""For the broker to acknowledge."""
POLL_MS = 200

_decode = msgspec.json.Decoder(Undelivered).decode


class Read:
    """A backlog, and how far `alerts` was read for it."""

    def __init__(self, backlog: Backlog, end: int) -> None:
        self.backlog = backlog
        self.end = end


def read(settings: Settings, format_: Format) -> Read:
    """Read what is undelivered.

    Raises:
        KafkaUnusable: no broker answers, it has no such topic, or a record on it can't be read.
    """
    with consumer(settings.cluster) as client, Fetcher(settings.cluster) as fetcher:
        topics = Topics(client, fetcher, settings.topic_prefix)
        if not partitions(client, settings.topic_prefix + UNDELIVERED):
            raise KafkaUnusable(
                f"no topic {settings.topic_prefix}{UNDELIVERED}: make it with 'newswatch topics create'"
            )
        backlog = Backlog(format_)
        for record in topics.scan(UNDELIVERED):
            backlog.undelivered(_read(record.where, record.value))
        alerts = TopicPartition(settings.topic_prefix + ALERTS, 0)
        end = client.end_offsets([alerts])[alerts]
        for record in topics.scan(ALERTS, until=end) if backlog.items() else ():
            backlog.alert(record.value)
    return Read(backlog, end)


def _read(where: str, value: bytes) -> Undelivered:
    try:
        record = _decode(value)
    except msgspec.MsgspecError as error:
        raise KafkaUnusable(f"{where} can't be read ({error}): was it written by a newer version?") from error
    if record.schema > SCHEMA_VERSION:
        raise KafkaUnusable(f"{where} has schema {record.schema}, above {SCHEMA_VERSION}: update")
    return record


@contextmanager
def following(settings: Settings, read: Read) -> Iterator[None]:
    """Tell the backlog of alerts that are sent while the block runs."""
    over = threading.Event()

    def follow() -> None:
        with consumer(settings.cluster) as client:
            alerts = TopicPartition(settings.topic_prefix + ALERTS, 0)
            client.assign([alerts])
            client.seek(alerts, read.end)
            while not over.is_set():
                for message in client.poll(timeout_ms=POLL_MS).get(alerts, ()):
                    read.backlog.alert(message.value or b"")

    thread = threading.Thread(target=follow, name="alerts")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def marking(settings: Settings) -> Iterator[Callable[[Undelivered, Delivery, datetime], None]]:
    """Give the function that says on the topic that the receiver took an alert after all.

    It returns when the broker has it, and raises KafkaUnusable where it does not take it.
    """
    client = producer(settings.cluster, acks="all", max_block_ms=SECONDS * 1000)

    def mark(record: Undelivered, delivery: Delivery, now: datetime) -> None:
        answer, notice = delivery.answer, delivery.notice
        taken = msgspec.structs.replace(
            record,
            message=answer.message if answer else "",
            status=answer.status if answer else None,
            attempts=record.attempts + delivery.attempts,
            time=now,
            payload=b"",
            delivered=now,
        )
        time = notice.event_time if notice else now
        try:
            client.send(
                settings.topic_prefix + UNDELIVERED,
                key=(record.alert_id or "").encode(),
                value=msgspec.json.encode(taken),
                timestamp_ms=int(time.timestamp() * 1000),
            ).get(timeout=SECONDS)
        except KafkaError as error:
            raise KafkaUnusable(
                f"alert {record.alert_id}, revision {record.revision}, was taken, but that could not be "
                f"noted ({error}): the next resend posts it again, with the same Webhook-Id"
            ) from error

    try:
        yield mark
    finally:
        client.close(timeout=SECONDS)
