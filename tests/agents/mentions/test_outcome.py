"""An article's entry in the account book."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from agents.mentions.outcome import outcome
from streams.records import Enriched, Entity, Mention, Model, Outcome, Position, Sequenced, Verdict

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
ENTITY = Entity(text="Iran", label="GPE", start=0, end=4, canonical="Iran", canonical_id="country:IR")
MENTION = Mention(watch="truce", text="truce", field="body_text", start=0, end=5, sentence="Truce.")
MODEL = Model(name="m", version="1")


def article(kind: type[Sequenced], **fields: Any) -> Sequenced:
    given = {
        "article_id": "a",
        "content_hash": "c",
        "headline": "Iran speaks",
        "headline_source": "given",
        "body_text": "Iran speaks of a truce.",
        "language": "en",
        "uri": "https://a.example/1",
        "name": "1.txt",
        "source": "a.example",
        "event_time": NOW,
        "event_time_source": "own",
        "arrived": NOW,
        "origin": "replay",
        "position": Position(topic="t", partition=0, offset=8),
        "seq": 3,
        "verdict": Verdict(status="update", story_id="s", duplicate_of="b", method="uri", similarity=0.5),
    }
    return kind(**{**given, **fields})


def test_all_that_both_records_name_alike_is_handed_on() -> None:
    """None is forgotten: what an outcome has of its article is the article's."""
    given = article(Enriched, entities=(ENTITY,), model=MODEL)
    made = outcome(given, (MENTION,))
    shared = set(Outcome.__struct_fields__) & set(Enriched.__struct_fields__)
    assert {name: getattr(given, name) for name in shared} == {name: getattr(made, name) for name in shared}
    assert (made.status, made.story_id, made.mentions) == ("update", "s", (MENTION,))
    assert (made.redelivered, made.reason, made.mentions_error) == (False, None, None)


def test_entities_are_handed_on_with_mentions_only() -> None:
    """Only an alert shows them; without one they are on the step's own topic."""
    made = outcome(article(Enriched, entities=(ENTITY,), model=MODEL), ())
    assert (made.entities, made.model) == ((), MODEL)


def test_entities_are_handed_on_where_a_scope_leaves_the_article_out() -> None:
    """A copy from another source may be in scope, and is judged by them."""
    made = outcome(article(Enriched, entities=(ENTITY,), model=MODEL), (), out_of_scope=("truce",))
    assert made.entities == (ENTITY,)


def test_a_copy_has_no_entities_of_its_own() -> None:
    """It did not pass the entities step."""
    made = outcome(article(Sequenced), (MENTION,))
    assert (made.entities, made.model, made.entities_error) == ((), None, None)


def test_what_could_not_be_done_is_said() -> None:
    """Both steps' errors stand side by side."""
    made = outcome(article(Enriched, entities_error="hung"), (), error="raised")
    assert (made.entities_error, made.mentions_error) == ("hung", "raised")
