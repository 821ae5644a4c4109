"""The mentions step's shell: an outcome for each article, whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.mentions.agent import attach
from agents.mentions.in_force import InForce
from agents.mentions.match import Matcher
from agents.mentions.watchlist import load, parse
from seeds import DEFAULT_WATCHLIST
from streams.records import Enriched, Entity, Model, Sequenced, Verdict
from streams.topology import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conftest import RecordingWire, Stream

    from agents.mentions.text import Text
    from streams.records import Article

    Run = Callable[..., Awaitable[None]]

KYIV = Entity(text="Kyiv", label="GPE", start=0, end=4, canonical="Kyiv", canonical_id="city:703448")


@pytest.fixture
def wire(make_wire: Callable[..., RecordingWire]) -> RecordingWire:
    """With the default watchlist."""
    wire = make_wire()
    attach(wire, InForce(load(DEFAULT_WATCHLIST)))
    return wire


def enriched(article: Article, seq: int = 0, **fields: object) -> Enriched:
    given = msgspec.structs.asdict(msgspec.structs.replace(article, **fields))
    verdict = Verdict(status="new", story_id=article.article_id)
    return Enriched(**given, seq=seq, verdict=verdict, entities=(KYIV,), model=Model(name="m", version="1"))


async def test_the_seeds_mention_what_they_must(
    wire: RecordingWire, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """Seven pairs of article and watch; entities travel with mentions only; the deadline has its date."""
    for seq, article in enumerate(seed_articles):
        stream.put(enriched(article, seq), offset=seq)
    await run_agent(wire.app.agents["mentions"], stream)
    outcomes = wire.on(OUTCOMES)
    expected = [
        set(),
        {"deadline"},
        {"ceasefire"},
        {"ceasefire", "deadline", "sanctions"},
        {"ceasefire", "sanctions"},
    ]
    assert expected == [{mention.watch for mention in outcome.mentions} for outcome in outcomes]
    dues = [mention.due for outcome in outcomes for mention in outcome.mentions if mention.due]
    assert dues == ["2025-11-27"]
    assert [(), *[(KYIV,)] * 4] == [outcome.entities for outcome in outcomes]
    assert list(range(5)) == [outcome.seq for outcome in outcomes] == stream.acked


async def test_a_copy_without_entities_is_matched_as_well(
    wire: RecordingWire, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """It may say what the first did not."""
    verdict = Verdict(
        status="near_duplicate", story_id="s", duplicate_of="a", method="jaccard", similarity=0.9
    )
    fields = msgspec.structs.asdict(seed_articles[4])
    stream.put(Sequenced(**fields, seq=3, verdict=verdict), offset=0)
    await run_agent(wire.app.agents["mentions"], stream)
    (outcome,) = wire.on(OUTCOMES)
    assert (outcome.seq, outcome.status, outcome.story_id) == (3, "near_duplicate", "s")
    assert {mention.watch for mention in outcome.mentions} == {"ceasefire", "sanctions"}


async def test_a_headline_that_is_a_piece_of_the_body_is_not_looked_at(
    wire: RecordingWire, stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """Each of its mentions would count twice; another headline's do count."""
    texts = {"headline": "A truce holds", "body_text": "A truce holds. Nobody said why."}
    for seq, source in enumerate(("derived", "given", "found")):
        stream.put(enriched(seed_articles[0], seq, **texts, headline_source=source), offset=seq)
    await run_agent(wire.app.agents["mentions"], stream)
    fields = [[mention.field for mention in outcome.mentions] for outcome in wire.on(OUTCOMES)]
    assert fields == [["body_text"], ["headline", "body_text"], ["headline", "body_text"]]


async def test_entities_of_scopes_are_told_though_nothing_is_mentioned(
    make_wire: Callable[..., RecordingWire], stream: Stream, run_agent: Run, seed_articles: list[Article]
) -> None:
    """The rate of an entity is that of all articles looked through for it; a copy is not."""
    wire = make_wire()
    scope = 'scope: {entities: ["city:703448", "person:Marco Rubio"]}'
    attach(wire, InForce(parse(f"watches: [{{name: a, terms: [locust], {scope}}}]", "test")))
    stream.put(enriched(seed_articles[0]), offset=0)
    verdict = Verdict(status="near_duplicate", story_id="s")
    stream.put(Sequenced(**msgspec.structs.asdict(seed_articles[0]), seq=1, verdict=verdict), offset=1)
    await run_agent(wire.app.agents["mentions"], stream)
    assert [(outcome.mentions, outcome.asked_for) for outcome in wire.on(OUTCOMES)] == [
        ((), ("city:703448",)),
        ((), ()),
    ]


async def test_an_article_that_can_not_be_matched_goes_on_marked(
    wire: RecordingWire,
    stream: Stream,
    run_agent: Run,
    seed_articles: list[Article],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has its outcome, so the order goes on; the error is short though it holds the whole text."""

    def fails(_self: Matcher, text: Text) -> None:
        raise ValueError(text.body_text)

    monkeypatch.setattr(Matcher, "matched", fails)
    stream.put(enriched(seed_articles[4]), offset=0)
    await run_agent(wire.app.agents["mentions"], stream)
    (outcome,) = wire.on(OUTCOMES)
    assert outcome.mentions_error is not None
    assert outcome.mentions_error.startswith("ValueError(")
    assert len(outcome.mentions_error) == 500
    assert (outcome.mentions, outcome.status, stream.acked) == ((), "new", [0])
    assert wire.number("errors_total", step="mentions") == 1
