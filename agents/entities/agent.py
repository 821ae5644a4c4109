"""The entities step's Faust shell: new articles in, the same with their entities out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.entities.enrich import enriched, source
from agents.entities.pool import ExtractorPool
from streams.batches import for_each_batch_ahead
from streams.emit import Emit
from streams.records import Sequenced
from streams.topology import ENRICHED, UNIQUE
from streams.wire import decoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from agents.entities.choice import Choice
    from streams.records import Enriched
    from streams.wire import Wire


def attach(wire: Wire, tell: Callable[[Choice], None], pool: ExtractorPool | None = None) -> Any:
    """Add the agent to the app; `tell` is called with the pipeline that was chosen.

    A `pool` that has begun to load already makes the start shorter.
    """
    settings, metrics = wire.settings, wire.metrics
    pool = pool or ExtractorPool.of(settings)
    wire.run_beside("pipeline", pool, lambda: tell(pool.choice))
    wire.metrics.pools.add("pipeline", lambda: pool.pids)
    decode = decoder(Sequenced)

    @wire.app.agent(wire.topic(UNIQUE), name="entities")
    async def entities(stream: Any) -> None:
        async def work(events: list[Any]) -> list[Enriched]:
            with metrics.batch("entities", len(events)):
                articles = [decode(event.value) for event in events]
                found = await pool.extract([source(item) for item in articles])
            return [enriched(*both, pool.choice.model) for both in zip(articles, found, strict=True)]

        async def finish(done: list[Enriched]) -> None:
            await wire.deliver([Emit(ENRICHED, item.article_id, item, item.event_time) for item in done])
            for item in done:
                metrics.errors.labels("entities").inc(item.entities_error is not None)
                for entity in item.entities:
                    metrics.entities.labels(entity.label).inc()

        # A batch at work, one that waits and one that is being delivered: no process is ever idle.
        ahead = 2 * settings.nlp_processes + 1
        await for_each_batch_ahead(stream, work, finish, size=settings.nlp_batch, ahead=ahead)

    return entities
