"""Mentions of watches in articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.mentions.match import Matcher
from agents.mentions.watchlist import Watch, Watchlist, load
from streams.records import Mention

ROOT = Path(__file__).parents[3]


def matcher(most: int | None = None, **watches: tuple[str, ...]) -> Matcher:
    listed = tuple(Watch(name=name, terms=terms) for name, terms in watches.items())
    return Matcher(Watchlist(watches=listed, version="test"), most=most)


def test_a_mention_says_what_stands_where() -> None:
    """Headline first, each with its own offsets and sentence."""
    mentions = matcher(ceasefire=("ceasefire",)).match(
        "Ceasefire holds", "It began. Both ceasefires hold. Yes."
    )
    assert mentions == (
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


def spans(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(mention.watch, mention.text) for mention in mentions]


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
