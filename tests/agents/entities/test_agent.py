"""The entities step's shell, with the bundled pipeline in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
import pytest_asyncio

from agents.entities.agent import attach
from agents.entities.pool import Extraction
from streams.records import Sequenced, Verdict
from streams.topology import ENRICHED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from conftest import RecordingWire, Stream

    from agents.entities.choice import Choice
    from streams.records import Article

    Run = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD: list[Choice] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started(make_wire: Callable[..., RecordingWire]) -> AsyncIterator[RecordingWire]:
    """Started once: the process takes some seconds."""
    wire = make_wire(spacy_model="newswatch-default", nlp_processes=1, nlp_batch=2)
    attach(wire, TOLD.append)
    pool, tell = wire.beside["pipeline"]
    await pool.start()
    tell()
    yield wire
    pool.close()


@pytest.fixture
def wire(started: RecordingWire) -> RecordingWire:
    """With nothing sent."""
    started.sent.clear()
    return started


def sequenced(articles: list[Article]) -> list[Sequenced]:
    return [
        Sequenced(
            **msgspec.structs.asdict(article),
            seq=seq,
            verdict=Verdict(status="new", story_id=article.article_id),
        )
        for seq, article in enumerate(articles)
    ]


async def test_articles_come_out_as_they_are_with_their_entities(
    wire: RecordingWire, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """In order, through three batches; the names of one are one; the model stands in each record."""
    articles = sequenced(seed_articles)
    for article in articles:
        stream.put(article, offset=article.seq)
    before = wire.number("entities_total", label="ORG") or 0
    await run_agent(wire.app.agents["entities"], stream)
    out = wire.on(ENRICHED)
    assert list(range(5)) == [item.seq for item in out] == stream.acked
    for given, enriched in zip(articles, out, strict=True):
        assert given == Sequenced(**{name: getattr(enriched, name) for name in Sequenced.__struct_fields__})
        assert (enriched.entities_error, enriched.model) == (None, TOLD[0].model)
        for entity in enriched.entities:
            assert given.body_text[entity.start : entity.end] == entity.text
    names = {(entity.canonical, entity.label) for entity in out[3].entities}
    assert {("Kremlin", "ORG"), ("NATO", "ORG"), ("Dmitry Peskov", "PERSON")} <= names
    organisations = sum(entity.label == "ORG" for item in out for entity in item.entities)
    assert wire.number("entities_total", label="ORG") == before + organisations


async def test_an_article_whose_entities_can_not_be_had_goes_on_marked(
    wire: RecordingWire,
    stream: Stream,
    run_agent: Run,
    seed_articles: list[Article],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rather an alert without entities than no alert."""

    async def fails(sources: list[object]) -> list[Extraction]:
        return [Extraction(error="took longer than 30 s") for _ in sources]

    monkeypatch.setattr(wire.beside["pipeline"][0], "extract", fails)
    stream.put(sequenced(seed_articles)[0], offset=0)
    before = wire.number("errors_total", step="entities") or 0
    await run_agent(wire.app.agents["entities"], stream)
    (enriched,) = wire.on(ENRICHED)
    assert (enriched.entities, enriched.entities_error) == ((), "took longer than 30 s")
    assert wire.number("errors_total", step="entities") == before + 1
