"""The alert step's Faust shell: outcomes in, alerts and the reasons for silence out."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from agents.alerts.desk import CURSOR, Desk
from agents.alerts.policy import policies
from agents.alerts.report import lost, report
from agents.alerts.series import Series
from agents.alerts.turn import identity
from streams.batches import for_each_batch
from streams.delivered import Delivered
from streams.emit import Emit
from streams.records import Entry, Tick
from streams.topology import OUTCOMES
from streams.wire import decoder

if TYPE_CHECKING:
    from agents.mentions.in_force import InForce
    from streams.wire import Wire

TICK_SECONDS = 1.0


def attach(wire: Wire, in_force: InForce) -> Any:
    """Add the agent and its clock to the app."""
    settings = wire.settings
    governing = in_force.made(partial(policies, names=settings.names))
    table, decode = wire.table("desk"), decoder(Entry)
    delivered = Delivered(settings, OUTCOMES, identity)
    desk = Desk(governing.now, window=settings.dedup_window, gap_timeout=settings.gap_timeout)
    restored_for = -1
    series = Series(wire.metrics)
    in_force.tell(series.put_in_force)

    async def restore() -> None:
        """Take up the table; what went out before a crash and the table knows nothing of is held back."""
        nonlocal desk, restored_for
        restored_for = wire.assignments(OUTCOMES)
        desk = Desk(governing.now, window=settings.dedup_window, gap_timeout=settings.gap_timeout)
        wire.write(table, desk.restore((key.decode(), value) for key, value in table.items()))
        await delivered.begin(desk.next_seq or 0)

    @wire.app.agent(wire.topic(OUTCOMES), name="alerts")
    async def alerts(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            if restored_for != wire.assignments(OUTCOMES):
                await restore()
            with wire.metrics.batch("alerts", len(events)):
                desk.policies = governing.now
                turn = desk.work([decode(event.value) for event in events], now=datetime.now(UTC))
                await wire.deliver(await delivered.new(turn.emits, events[0].message.offset))
                wire.write(table, turn.writes)
            report(wire.metrics, series, turn, desk)

        await for_each_batch(stream, work, size=200)

    @wire.app.timer(interval=TICK_SECONDS)
    async def tick() -> None:
        if not wire.owns(OUTCOMES):
            series.track(frozenset())
            lost(wire.metrics)
        # After a restart one tick has the table read, in which outcomes may wait although no news comes.
        stale = restored_for != wire.assignments(OUTCOMES)
        now = datetime.now(UTC)
        if wire.owns(OUTCOMES) and (stale or desk.awaits(now)):
            await wire.deliver([Emit(OUTCOMES, CURSOR, Tick(time=now), now)])

    return alerts
