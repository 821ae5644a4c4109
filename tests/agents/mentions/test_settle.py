"""An article held against the watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.mentions.match import Matcher
from agents.mentions.settle import settle
from agents.mentions.watchlist import parse
from streams.records import Sequenced, Verdict

if TYPE_CHECKING:
    from agents.mentions.text import Text
    from streams.records import Article

MATCHER = Matcher(
    parse(
        "watches: [{name: talks, query: 'negotiations AND Moscow'}, "
        "{name: out, terms: [negotiations], scope: {sources: [x.example]}}]",
        "w",
    )
)


@pytest.fixture
def article(seed_articles: list[Article]) -> Sequenced:
    """The first of the seeds, in its place."""
    given = msgspec.structs.asdict(seed_articles[0])
    return Sequenced(**given, seq=7, verdict=Verdict(status="new", story_id="s"))


def test_the_outcome_has_the_mentions_and_what_was_left_out(article: Sequenced) -> None:
    """And it is told how many queries were looked at in full."""
    found, checked, error = settle(MATCHER, article)
    assert {mention.watch for mention in found.mentions} == {"talks"}
    assert found.out_of_scope == ("out",)
    assert (found.seq, found.story_id, checked, error) == (7, "s", 1, None)
    assert found.watchlist == MATCHER.watchlist.version


def test_an_article_that_breaks_the_matcher_has_its_outcome_all_the_same(
    article: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its `seq` must be filled; the outcome says why it has no mentions."""

    def fails(_self: Matcher, text: Text) -> None:
        raise ValueError(text.body_text)

    monkeypatch.setattr(Matcher, "matched", fails)
    settled = settle(MATCHER, article)
    assert isinstance(settled.error, ValueError)
    assert settled.outcome.mentions == ()
    assert settled.outcome.watchlist == MATCHER.watchlist.version
    assert (settled.outcome.mentions_error or "").startswith("ValueError(")
    assert len(settled.outcome.mentions_error or "") <= 500
