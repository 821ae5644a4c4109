"""The alert step's Faust shell: outcomes in, alerts and the reasons for silence out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from agents.alerts.desk import CURSOR, Desk, identity, undelivered
from agents.alerts.policy import policies
from agents.alerts.report import report
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Alert, Entry, Suppressed, Tick
from streams.tail import tail
from streams.topology import ALERTS, OUTCOMES, SHADOW, SUPPRESSED, watch_topic
from streams.wire import decoder

if TYPE_CHECKING:
    from agents.mentions.watchlist import Watchlist
    from streams.wire import Wire

TICK_SECONDS = 1.0


def attach(wire: Wire, watchlist: Watchlist) -> Any:
    """Add the agent and its clock to the app."""
    governing = policies(watchlist)
    outputs = {ALERTS: Alert, SHADOW: Alert, SUPPRESSED: Suppressed} | {
        watch_topic(name): Alert for name in governing
    }
    table = wire.table("desk")
    decode = decoder(Entry)

    def empty() -> Desk:
        return Desk(governing, window=wire.settings.dedup_window, gap_timeout=wire.settings.gap_timeout)

    desk = empty()
    delivered: dict[str, set[str]] = {}
    restored_for = -1

    async def restore() -> None:
        """Take up the table, and learn what went out before the crash that the table knows nothing of."""
        nonlocal desk, restored_for
        restored_for = wire.assignments(OUTCOMES)
        desk = empty()
        wire.write(table, desk.restore((key.decode(), value) for key, value in table.items()))
        for topic, record in outputs.items():
            newer = await tail(wire.settings, topic, decoder(record), since=desk.next_seq or 0)
            delivered[topic] = {identity(item) for item in newer}

    @wire.app.agent(wire.topic(OUTCOMES), name="alerts")
    async def alerts(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            if restored_for != wire.assignments(OUTCOMES):
                await restore()
            with wire.metrics.batch("alerts", len(events)):
                turn = desk.work([decode(event.value) for event in events], now=datetime.now(UTC))
                await wire.deliver(undelivered(turn.emits, delivered))
                wire.write(table, turn.writes)
            report(wire.metrics, turn, desk)

        await for_each_batch(stream, work, size=200)

    @wire.app.timer(interval=TICK_SECONDS)
    async def tick() -> None:
        # After a restart one tick has the table read, in which outcomes may wait although no news comes.
        stale = restored_for != wire.assignments(OUTCOMES)
        if wire.owns(OUTCOMES) and (desk.waiting or stale):
            now = datetime.now(UTC)
            await wire.deliver([Emit(OUTCOMES, CURSOR, Tick(time=now), now)])

    return alerts
