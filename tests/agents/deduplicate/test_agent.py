"""The deduplicate step's shell: verdicts out, then the table, then the acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from agents.deduplicate.agent import attach
from streams.records import Outcome, Position, Start
from streams.topology import ARTICLES, OUTCOMES, REPEATS, UNIQUE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conftest import RecordingWire, Stream

    from streams.records import Article, Rejection

    Run = Callable[..., Awaitable[None]]


@pytest.fixture
async def start(make_wire: Callable[..., RecordingWire]) -> Callable[..., Awaitable[RecordingWire]]:
    """Start a worker on tables, which owns the topic."""

    async def started(tables: dict[str, dict[bytes, bytes]]) -> RecordingWire:
        wire = make_wire(tables)
        attach(wire)
        await wire.assign(ARTICLES)
        return wire

    return started


def moved(article: Article, offset: int) -> Article:
    return msgspec.structs.replace(article, position=Position(topic="news.raw", partition=0, offset=offset))


async def test_the_seeds_are_new_and_again_they_are_copies(
    start: Any, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """The account begins once, with the first `seq`; each article is remembered."""
    tables: dict[str, dict[bytes, bytes]] = {}
    wire = await start(tables)
    for seq, article in enumerate(seed_articles, 7):
        stream.put(article, offset=seq)
    for seq, article in enumerate(seed_articles, 12):
        stream.put(moved(article, seq), offset=seq)
    await run_agent(wire.app.agents["deduplicate"], stream)
    assert wire.on(OUTCOMES) == [Start(seq=7)]
    assert [item.verdict.status for item in wire.on(UNIQUE)] == ["new"] * 5
    assert [item.verdict.status for item in wire.on(REPEATS)] == ["exact_duplicate"] * 5
    assert list(range(7, 17)) == [item.seq for item in wire.on(UNIQUE) + wire.on(REPEATS)] == stream.acked
    assert [len(table) for table in tables.values()] == [10 + 5]  # Each story has two articles.
    assert wire.number("table_entries", table="remembered") == 10


async def test_a_position_has_one_verdict_at_any_delivery(
    start: Any, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """The same `seq` is sent as it was; a second `seq` (ingest sent it twice) only fills its place."""
    tables: dict[str, dict[bytes, bytes]] = {}
    for number in range(2):
        wire = await start(tables)
        stream.put(seed_articles[0], offset=0)
        if number:
            stream.put(seed_articles[0], offset=1)
        await run_agent(wire.app.agents["deduplicate"], stream)
        (sequenced,) = wire.on(UNIQUE)
        assert (sequenced.seq, sequenced.verdict.status) == (0, "new")
    (outcome,) = wire.on(OUTCOMES)
    assert (outcome.seq, outcome.redelivered, outcome.verdict) == (1, True, sequenced.verdict)
    assert [len(table) for table in tables.values()] == [1]


async def test_what_is_not_delivered_is_neither_remembered_nor_acknowledged(
    start: Any, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """Else the next worker would take it for a copy of itself."""
    tables: dict[str, dict[bytes, bytes]] = {}
    wire = await start(tables)
    wire.failing = ConnectionError("no broker")
    stream.put(seed_articles[0], offset=0)
    with pytest.raises(ConnectionError):
        await run_agent(wire.app.agents["deduplicate"], stream)
    assert (stream.acked, [dict(table) for table in tables.values()]) == ([], [{}])


async def test_a_partition_that_comes_back_is_read_from_the_table_again(
    start: Any, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """Meanwhile another worker had it: what is in memory is stale."""
    tables: dict[str, dict[bytes, bytes]] = {}
    here, there = await start(tables), await start(tables)
    for wire, article in ((here, seed_articles[0]), (there, seed_articles[1])):
        stream.put(article, offset=article.position.offset)
        await run_agent(wire.app.agents["deduplicate"], stream)
    await here.assign()
    await here.assign(ARTICLES)
    stream.put(moved(seed_articles[1], 2), offset=2)
    await run_agent(here.app.agents["deduplicate"], stream)
    (copy,) = here.on(REPEATS)
    assert copy.verdict.duplicate_of == seed_articles[1].article_id


async def test_a_rejection_goes_straight_into_the_account(
    start: Any, stream: Stream, run_agent: Run, rejection: Callable[[int], Rejection]
) -> None:
    """With its reason; no other step sees it."""
    wire = await start({})
    stream.put(rejection(3), offset=0)
    await run_agent(wire.app.agents["deduplicate"], stream)
    start_, outcome = wire.on(OUTCOMES)
    assert isinstance(start_, Start)
    assert isinstance(outcome, Outcome)
    assert (outcome.seq, outcome.status, outcome.reason, outcome.article_id) == (0, "rejected", "empty", None)
    assert len(wire.sent) == 2
