"""The ingest step's shell: one record for each input, in the order of the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from agents.ingest.agent import attach
from seeds import ARTICLES as SEEDS
from streams.records import Article, Rejection
from streams.topology import ARTICLES, DEAD_LETTERS, RAW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from conftest import RecordingWire, Stream


@pytest.fixture
async def wire(make_wire: Callable[..., RecordingWire]) -> AsyncIterator[RecordingWire]:
    """With one parser beside."""
    wire = make_wire(parse_processes=1)
    attach(wire)
    pool, _ = wire.beside["parsers"]
    await pool.start()
    yield wire
    pool.close()


async def test_the_seeds_come_out_in_order_and_a_broken_one_is_refused_at_its_place(
    wire: RecordingWire, stream: Stream, run_agent: Callable[..., Awaitable[None]]
) -> None:
    """Headers tell where they come from; Kafka has them as a list or as a dict."""
    payloads = [path.read_bytes() for path in sorted(SEEDS.iterdir())]
    payloads.insert(2, b"\0\1\2\3" * 100)
    for offset, payload in enumerate(payloads):
        headers: Any = [("origin", b"replay"), ("name", str(offset).encode()), ("uri", b"\xff\xfe")]
        stream.put(payload, offset=offset, topic=RAW, headers=dict(headers) if offset % 2 else headers)
    await run_agent(wire.app.agents["ingest"], stream)

    records = wire.on(ARTICLES)
    assert [Article, Article, Rejection, Article, Article, Article] == [type(record) for record in records]
    assert list(range(6)) == [record.position.offset for record in records] == stream.acked
    assert [record.origin for record in records] == ["replay"] * 6
    assert [record.name for record in records if isinstance(record, Article)] == ["0", "1", "3", "4", "5"]
    (letter,) = wire.on(DEAD_LETTERS)
    assert (letter.reason, letter.topic, letter.offset, letter.size) == ("not_text", RAW, 2, 400)
    assert [emit.topic for emit in wire.sent[:3]] == [ARTICLES, ARTICLES, DEAD_LETTERS]
    assert wire.number("step_duration_seconds_count", step="ingest") == 1


async def test_batches_under_way_at_once_keep_the_order(
    wire: RecordingWire, stream: Stream, run_agent: Callable[..., Awaitable[None]]
) -> None:
    """The first batch has the long texts, and is sent first all the same."""
    for offset in range(200):
        words = 2_000 if offset < 64 else 20
        stream.put(f"Input {offset} has words. {'word ' * words}".encode(), offset=offset, topic=RAW)
    await run_agent(wire.app.agents["ingest"], stream)
    assert list(range(200)) == [record.position.offset for record in wire.on(ARTICLES)] == stream.acked


async def test_what_is_not_delivered_is_not_acknowledged(
    wire: RecordingWire, stream: Stream, run_agent: Callable[..., Awaitable[None]]
) -> None:
    """The worker stops; the next one gets the input again."""
    wire.failing = ConnectionError("no broker")
    stream.put(b"A text of a few words.", offset=0, topic=RAW)
    with pytest.raises(ExceptionGroup) as failure:
        await run_agent(wire.app.agents["ingest"], stream)
    assert failure.value.subgroup(ConnectionError) is not None
    assert stream.acked == []
