"""Mentions of watches in articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agents.mentions.match import Matcher
from agents.mentions.naive import mentions
from agents.mentions.scope import Scope
from agents.mentions.text import Text
from agents.mentions.watchlist import Watch, Watchlist, load, parse
from streams.records import Mention

ROOT = Path(__file__).parents[3]


def matcher(most: int | None = None, **watches: tuple[str, ...]) -> Matcher:
    listed = tuple(Watch(name=name, terms=terms) for name, terms in watches.items())
    return Matcher(Watchlist(watches=listed, version="test"), most=most)


def test_a_mention_says_what_stands_where() -> None:
    """Headline first, each with its own offsets and sentence."""
    found = matcher(ceasefire=("ceasefire",)).match("Ceasefire holds", "It began. Both ceasefires hold. Yes.")
    assert found == (
        Mention(
            watch="ceasefire", text="Ceasefire", field="headline", start=0, end=9, sentence="Ceasefire holds"
        ),
        Mention(
            watch="ceasefire",
            text="ceasefires",
            field="body_text",
            start=15,
            end=25,
            sentence="Both ceasefires hold.",
        ),
    )


def spans(found: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(mention.watch, mention.text) for mention in found]


def test_overlaps_of_one_watch_count_once_the_longest() -> None:
    """'truce talks' is not also a 'truce'; what begins first wins."""
    found = matcher(a=("truce", "truce talks", "talks collapse")).match("", "truce talks collapse, truce")
    assert spans(found) == [("a", "truce talks"), ("a", "truce")]


def test_watches_share_words() -> None:
    """One text can be a mention of two watches; the order is the text's."""
    found = matcher(b=("truce talks",), a=("talks", "truce talks")).match("", "truce talks")
    assert spans(found) == [("a", "truce talks"), ("b", "truce talks")]


def test_names_are_no_mentions() -> None:
    """A street is not a story, but what stands beside it is still found."""
    found = matcher(a=("ceasefire",)).match(
        "", "On Ceasefire-Street nobody spoke of the ceasefire-related row."
    )
    assert spans(found) == [("a", "ceasefire")]
    assert found[0].start > 20


def test_a_bound_keeps_a_record_small() -> None:
    """`most` counts by watch and field."""
    found = matcher(most=2, a=("truce",), b=("war",)).match("truce " * 3, "war truce truce war truce war")
    assert spans(found) == [("a", "truce")] * 2 + [("b", "war"), ("a", "truce"), ("a", "truce"), ("b", "war")]


@pytest.mark.parametrize(
    ("watch", "text"),
    [
        ("ceasefire", "ceasefires cease-fire Truce armistices"),
        ("deadline", "deadlines ultimatum ultimatums"),
        ("sanctions", "sanctions sanctioned sanctioning Embargoes"),
    ],
)
def test_the_default_watchlist_knows_the_usual_spellings(watch: str, text: str) -> None:
    """Each word is a mention of its watch, and of no other."""
    found = Matcher(load(ROOT / "seeds/watchlist.yaml")).match("", f"{text} cessation-of-hostilities")
    others = [("ceasefire", "cessation-of-hostilities")]
    assert [(watch, word) for word in text.split()] + others == spans(found)


def test_the_default_watchlist_leaves_other_words_alone() -> None:
    """Words that only look like a term."""
    text = "unsanctioned sanctum trucer line sanctity embarked, a final peaceful settlement"
    found = Matcher(load(ROOT / "seeds/watchlist.yaml")).match("", text)
    assert found == ()


def counted(watch: str, text: str) -> list[str]:
    matcher = Matcher(parse(f"watches: [{{name: a, {watch}}}]", "w.yaml"))
    found = matcher.match("", text)
    assert found == mentions(matcher.watchlist, Text(body_text=text))
    return [mention.text for mention in found]


AFFIRMED = "claim: [affirmed]"


def test_a_mention_says_how_it_is_meant() -> None:
    """In its own sentence."""
    found = matcher(a=("truce",)).match(
        "", "A truce holds. No truce does. A truce may hold. He said the truce held."
    )
    assert [mention.claim for mention in found] == ["affirmed", "negated", "hypothetical", "attributed"]
    assert {mention.due for mention in found} == {None}


def test_only_the_claims_asked_for_count() -> None:
    """Of terms each mention by itself, however many others there are."""
    text = "A truce holds. No truce holds. Kyiv rejected the Truce."
    assert counted("terms: [truce], claim: [negated]", text) == ["truce", "Truce"]
    assert counted("terms: [truce], claim: [hypothetical]", text) == []
    assert counted("terms: [truce]", text) == ["truce", "truce", "Truce"]


def test_a_query_holds_by_what_counts_alone() -> None:
    """A name elsewhere doesn't stand in for a truce that isn't claimed."""
    query = "query: truce AND Ukraine"
    assert counted(f"{query}, {AFFIRMED}", "Ukraine could agree to a truce.") == []
    assert counted(f"{query}, {AFFIRMED}", "Ukraine signed. If Ukraine pays, a truce holds.") == []
    assert counted(f"{query}, {AFFIRMED}", "Could Ukraine sign? The truce holds.") == ["truce"]
    assert counted(f"{query}, {AFFIRMED}", "Ukraine signed. The truce holds.") == ["Ukraine", "truce"]
    assert counted("query: Ukraine, claim: [negated]", "Ukraine signed.") == []
    assert counted("query: Ukraine, claim: [negated]", "It was not Ukraine.") == ["Ukraine"]


def test_not_excludes_whatever_is_claimed() -> None:
    """A drill that is denied is still spoken of."""
    text = "The truce holds. There was no drill."
    assert counted(f"query: truce NOT drill, {AFFIRMED}", text) == []
    assert counted(f"query: truce NOT parade, {AFFIRMED}", text) == ["truce"]


def test_the_bound_counts_what_counts() -> None:
    """A hundred affirmed ones before it hide no denial."""
    watch = Watch(name="a", terms=("truce",), claim=("negated",))
    watchlist = Watchlist(watches=(watch,), version="test")
    text = Text(body_text="A truce holds. " * 5 + "No truce holds. " * 3)
    found = Matcher(watchlist, most=2).matched(text).mentions
    assert [mention.claim for mention in found] == ["negated", "negated"]
    assert found == mentions(watchlist, text, most=2)


def test_a_clock_tells_the_date() -> None:
    """Reckoned from when the article was written."""
    watch = Watch(name="a", terms=("deadline",), clock=True)
    text = Text(
        headline="Deadline Friday",
        body_text="The deadline of November 27 stands.",
        event_time=datetime(2025, 11, 24, tzinfo=UTC),
    )
    found = Matcher(Watchlist(watches=(watch,), version="test")).matched(text).mentions
    assert [mention.due for mention in found] == [None, "2025-11-27"]


@pytest.mark.parametrize("words", [{"terms": ("truce",)}, {"query": "truce AND Kyiv"}])
def test_a_watch_whose_words_are_there_tells_that_its_scope_left_the_article_out(
    words: dict[str, Any],
) -> None:
    """The ledger must be able to say so; one whose words are missing has nothing to tell."""
    scope = Scope(sources=("a.example",))
    made = Matcher(Watchlist(watches=(Watch(name="w", scope=scope, **words),), version="test"))

    def found(body_text: str, source: str) -> tuple[int, tuple[str, ...]]:
        matched = made.matched(Text(body_text=body_text, source=source))
        return len(matched.mentions), matched.out_of_scope

    assert found("A truce in Kyiv.", "b.example") == (0, ("w",))
    assert found("A truce in Kyiv.", "a.example")[1] == ()
    assert found("Nothing in Kyiv.", "b.example") == (0, ())
