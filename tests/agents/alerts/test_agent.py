"""The alert step's shell: restores, holds back what is out already, asks for the time if something waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from agents.alerts.agent import attach
from agents.mentions.in_force import InForce
from agents.mentions.watchlist import load
from seeds import DEFAULT_WATCHLIST
from streams import delivered as module
from streams.records import Mention, Outcome, Position, Start, Tick
from streams.topology import ALERTS, OUTCOMES, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conftest import RecordingWire, Stream

    Run = Callable[..., Awaitable[None]]
    Begin = Callable[[dict[str, dict[bytes, bytes]]], Awaitable[RecordingWire]]

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


class Topics(dict[str, list[Any]]):
    """What the alert topics hold, as `tails` reads them; and which were asked for, since when."""

    def __init__(self) -> None:
        super().__init__()
        self.end = 0
        """Of the step's own input, as it takes over."""
        self.asked: dict[str, int] = {}

    async def tails(
        self, _settings: object, topics: list[str], _decode: object, *, since: int
    ) -> dict[str, list[Any]]:
        """Records from `since` on."""
        self.asked |= dict.fromkeys(topics, since)
        return {topic: [record for record in self.get(topic, ()) if record.seq >= since] for topic in topics}

    async def end_offset(self, _settings: object, _topic: str) -> int:
        """As many as there were."""
        return self.end


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Topics:
    """Empty alert topics."""
    topics = Topics()
    monkeypatch.setattr(module, "tails", topics.tails)
    monkeypatch.setattr(module, "end_offset", topics.end_offset)
    return topics


@pytest.fixture
def begin(make_wire: Callable[..., RecordingWire], topics: Topics) -> Begin:
    """Start a worker on tables, which owns the topic."""

    async def begun(tables: dict[str, dict[bytes, bytes]]) -> RecordingWire:
        wire = make_wire(tables)
        attach(wire, InForce(load(DEFAULT_WATCHLIST)))
        await wire.assign(OUTCOMES)
        return wire

    return begun


def outcome(seq: int, status: str = "new", **fields: Any) -> Outcome:
    mention = Mention(watch="ceasefire", text="truce", field="body_text", start=0, end=5, sentence="Truce.")
    values = {
        "seq": seq,
        "status": status,
        "position": Position(topic="news.raw", partition=0, offset=seq),
        "event_time": NOW,
        "arrived": NOW,
        "origin": "replay",
        "article_id": f"a{seq}",
        "story_id": "s",
        "mentions": (mention,),
    }
    return Outcome(**{**values, **fields})


async def test_a_story_alerts_once_and_again_not_after_a_restart(
    begin: Begin, stream: Stream, run_agent: Run
) -> None:
    """The table says what stands; the second worker knows it."""
    tables: dict[str, dict[bytes, bytes]] = {}
    first = await begin(tables)
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(0), offset=1)
    await run_agent(first.app.agents["alerts"], stream)
    assert [emit.topic for emit in first.sent] == [ALERTS, "alerts.ceasefire"]
    second = await begin(tables)
    stream.put(outcome(1, "near_duplicate"), offset=2)
    await run_agent(second.app.agents["alerts"], stream)
    (suppressed,) = second.on(SUPPRESSED)
    assert len(second.sent) == 1
    assert (suppressed.seq, suppressed.alert_id) == (1, first.on(ALERTS)[0].alert_id)
    assert first.number("alerts_total", watch="ceasefire", severity=first.on(ALERTS)[0].severity) == 1
    assert second.number("suppressed_total", watch="ceasefire", reason="duplicate") == 1


async def test_what_the_topics_have_already_is_held_back(
    begin: Begin, topics: Topics, stream: Stream, run_agent: Run
) -> None:
    """The worker before was killed after it had sent and before it wrote its table."""
    killed = await begin({})
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(0), offset=1)
    await run_agent(killed.app.agents["alerts"], stream)
    topics[ALERTS] = killed.on(ALERTS)
    topics.end = 2
    tables: dict[str, dict[bytes, bytes]] = {}
    wire = await begin(tables)
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(0), offset=1)
    stream.put(outcome(1, "exact_duplicate"), offset=2)
    await run_agent(wire.app.agents["alerts"], stream)
    assert [emit.topic for emit in wire.sent] == ["alerts.ceasefire", SUPPRESSED]
    assert topics.asked == dict.fromkeys([ALERTS, "alerts.ceasefire", SUPPRESSED], 0)


async def test_no_topic_is_looked_at_for_what_came_after_the_start(
    begin: Begin, topics: Topics, stream: Stream, run_agent: Run
) -> None:
    """Nobody can have worked it off before."""
    wire = await begin({})
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(0), offset=1)
    await run_agent(wire.app.agents["alerts"], stream)
    assert len(wire.sent) == 2
    assert topics.asked == {}


async def test_what_is_not_delivered_is_not_written_and_not_acknowledged(
    begin: Begin, stream: Stream, run_agent: Run
) -> None:
    """The next worker decides it anew."""
    tables: dict[str, dict[bytes, bytes]] = {}
    wire = await begin(tables)
    wire.failing = ConnectionError("no broker")
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(0), offset=1)
    with pytest.raises(ConnectionError):
        await run_agent(wire.app.agents["alerts"], stream)
    assert (stream.acked, tables, wire.number("alerts_total", watch="ceasefire", severity="critical")) == (
        [],
        {"desk": {}},
        None,
    )


async def test_it_asks_for_the_time_only_while_something_waits_on_its_own_partition(
    begin: Begin, stream: Stream, run_agent: Run
) -> None:
    """A tick is a record on the step's own input; another worker's gap is not this one's business."""
    wire = await begin({})
    (tick,) = wire.app.timers
    stream.put(Start(seq=0), offset=0)
    await run_agent(wire.app.agents["alerts"], stream)
    await tick()
    assert wire.sent == []
    stream.put(outcome(1), offset=1)
    await run_agent(wire.app.agents["alerts"], stream)
    assert wire.number("outcomes_waiting") == 1
    await tick()
    assert [Tick] == [type(record) for record in wire.on(OUTCOMES)]
    await wire.assign()
    await tick()
    assert len(wire.sent) == 1


async def test_after_a_restart_a_tick_wakes_what_waits(begin: Begin, stream: Stream, run_agent: Run) -> None:
    """Though no news comes: the tick has the table read, and the outcome in it goes on waiting there."""
    tables: dict[str, dict[bytes, bytes]] = {}
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(1), offset=1)
    await run_agent((await begin(tables)).app.agents["alerts"], stream)
    wire = await begin(tables)
    (tick,) = wire.app.timers
    await tick()
    (record,) = wire.on(OUTCOMES)
    stream.put(record, offset=2)
    await run_agent(wire.app.agents["alerts"], stream)
    assert wire.number("outcomes_waiting") == 1


async def test_what_waits_is_told_only_by_the_worker_that_has_it(
    begin: Begin, stream: Stream, run_agent: Run
) -> None:
    """A worker that has lost the partition would say for ever that something waits."""
    wire = await begin({})
    stream.put(Start(seq=0), offset=0)
    stream.put(outcome(1), offset=1)
    await run_agent(wire.app.agents["alerts"], stream)
    assert wire.number("outcomes_waiting") == 1
    (tick,) = wire.app.timers
    await tick()
    assert wire.number("outcomes_waiting") == 1
    await wire.assign()
    await tick()
    assert wire.number("outcomes_waiting") == 0


async def test_rates_are_there_with_0_at_each_worker_and_tracked_sources_only_at_the_one_that_counts(
    begin: Begin, stream: Stream, run_agent: Run
) -> None:
    """A worker that loses the partition must not show a source that it has ceased to count."""
    tables: dict[str, dict[bytes, bytes]] = {}
    wire = await begin(tables)
    assert wire.number("watch_articles_total", watch="ceasefire") == 0
    stream.put(Start(seq=0), offset=0)
    for seq in range(20):
        stream.put(outcome(seq, origin="live", source="harbour.example"), offset=seq + 1)
    await run_agent(wire.app.agents["alerts"], stream)
    assert wire.number("watch_articles_total", watch="ceasefire") == 20
    assert wire.number("source_articles_total", source="harbour.example") is not None
    (tick,) = wire.app.timers
    await wire.assign()
    await tick()
    assert wire.number("source_articles_total", source="harbour.example") is None
    assert wire.number("watch_articles_total", watch="ceasefire") == 20
    after = await begin(tables)
    stream.put(outcome(20, origin="live", source="harbour.example"), offset=21)
    await run_agent(after.app.agents["alerts"], stream)
    assert after.number("source_articles_total", source="harbour.example") == 1
