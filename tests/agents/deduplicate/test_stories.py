"""What is kept of a story, and when two of them are linked."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.deduplicate.likeness import Fingerprint, compare
from agents.deduplicate.settings import DedupSettings
from agents.deduplicate.stories import MOST_LINKS, MOST_OUTLETS, PREFIX

if TYPE_CHECKING:
    from conftest import MakeArticle, Step

    from agents.deduplicate.memory import Decision
    from streams.records import Article, Story

START = datetime(2019, 5, 1, tzinfo=UTC)
WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt", "esk", "ov")]


def _text(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _edited(text: str, *places: int) -> str:
    words = text.split()
    for place in places:
        words[place] = f"edit{place}x"
    return " ".join(words)


def _by(decisions: list[Decision]) -> dict[str, Story]:
    """The state of each story: the newest record."""
    return {story.story_id: story for decision in decisions for story in decision.stories}


def test_a_story_of_one_article_has_no_record(step: Step, article: MakeArticle) -> None:
    """Its outcome says all, and most articles have no copy."""
    decisions = step.all([article(0, _text(0)), article(1, _text(1))])
    assert _by(decisions) == {}
    assert len(step.table) == 2


def test_a_story_keeps_its_first_article_its_outlets_and_its_span(step: Step, article: MakeArticle) -> None:
    """An outlet counts once, however its name is typed; the span is that of the dates, in any order."""
    inputs = [
        article(0, _text(0), uri="https://a.example/1", hours=5, source="a.example"),
        article(1, _edited(_text(0), 60), hours=6, source="www.B.example"),
        article(2, _text(0), hours=4, source="b.example"),
        article(3, _edited(_text(0), 60, 90), uri="https://a.example/1", hours=9, source="a.example"),
    ]
    decisions = step.all(inputs)
    assert [len(decision.stories) for decision in decisions] == [0, 1, 1, 1]
    (story,) = _by(decisions).values()
    first = inputs[0]
    assert (story.story_id, story.headline, story.uri, story.source, story.first_seq) == (
        first.article_id,
        first.headline,
        "https://a.example/1",
        "a.example",
        0,
    )
    assert story.outlets == ("a.example", "www.B.example")
    assert (story.coverage.articles, story.coverage.outlets) == (4, 2)
    assert (story.first_time, story.last_time) == (START + timedelta(hours=4), START + timedelta(hours=9))
    assert (story.seq, story.article_id, story.links) == (3, inputs[3].article_id, ())


def test_a_wrong_date_stretches_no_story(step: Step, article: MakeArticle) -> None:
    """A reprint dated in another year counts, its date does not; nor does today's date of an undated one."""
    inputs = [article(n, _text(n), hours=n) for n in range(6)]
    inputs += [article(6, _text(5), hours=-20_000), article(7, _text(5), hours=60_000, own=False)]
    (story,) = _by(step.all(inputs)).values()
    assert story.coverage.articles == 3
    assert (story.first_time, story.last_time) == (START + timedelta(hours=5),) * 2


def test_names_are_bounded_and_the_count_goes_on(step: Step, article: MakeArticle) -> None:
    """A text that a hundred outlets print names the first twenty."""
    inputs = [article(n, _text(0), uri=f"https://{n}.example/", source=f"{n}.example") for n in range(100)]
    (story,) = _by(step.all(inputs)).values()
    assert (len(story.outlets), story.coverage.outlets) == (MOST_OUTLETS, 100)


def test_an_article_that_is_a_copy_of_two_stories_links_them(step: Step, article: MakeArticle) -> None:
    """A round-up, or the whole of what both had in part. It belongs to one, and neither loses its id."""
    parts = [article(0, _text(0, 140), source="a.example"), article(1, _text(1), source="b.example")]
    whole = article(2, f"{_text(0, 140)} {_text(1)}", source="c.example")
    copy = article(3, f"{_edited(_text(0, 140), 70)} {_text(1)}")
    decisions = step.all([*parts, whole, copy])
    one, two = (part.article_id for part in parts)
    verdict = decisions[2].verdict
    assert (verdict.status, verdict.story_id, verdict.joins) == ("near_duplicate", one, (two,))
    assert [decision.verdict.story_id for decision in decisions] == [one, two, one, one]
    assert [(link.story_id, link.article_id, link.seq) for link in decisions[2].links] == [
        (two, whole.article_id, 2)
    ]
    stories = _by(decisions)
    assert [link.story_id for link in stories[one].links] == [two]
    assert [link.story_id for link in stories[two].links] == [one]
    assert (stories[one].coverage.articles, stories[two].coverage.articles) == (3, 1)
    # A copy of the round-up is in both as well, and the link is no news.
    assert (decisions[3].verdict.joins, decisions[3].links) == ((two,), ())


def test_what_a_round_up_says_first_is_its_own_story(step: Step, article: MakeArticle) -> None:
    """Where it comes before its parts there is nothing to link."""
    whole = article(0, f"{_text(0, 140)} {_text(1)}")
    decisions = step.all([whole, article(1, _text(0, 140)), article(2, _text(1))])
    assert {decision.verdict.story_id for decision in decisions} == {whole.article_id}
    assert [decision.verdict.joins for decision in decisions] == [()] * 3


def test_a_page_that_becomes_a_copy_of_another_story_stays_in_its_own(
    step: Step, article: MakeArticle
) -> None:
    """Its URI says where it belongs; that it now says what the other says is told."""
    inputs = [article(0, _text(0), uri="https://a.example/live"), article(1, _text(1))]
    inputs.append(article(2, _edited(_text(1), 60), uri="https://a.example/live"))
    update = step.all(inputs)[-1]
    assert (update.verdict.status, update.verdict.story_id) == ("update", inputs[0].article_id)
    assert update.verdict.joins == (inputs[1].article_id,)
    assert [link.story_id for link in update.links] == [inputs[1].article_id]


def test_a_page_that_is_linked_with_very_many_keeps_the_first(step: Step, article: MakeArticle) -> None:
    """Each further one is told all the same."""
    live = "https://a.example/live"
    inputs: list[Article] = [article(0, _text(0), uri=live)]
    for number in range(1, MOST_LINKS + 3):
        inputs.append(article(2 * number, _text(number)))
        inputs.append(article(2 * number + 1, _edited(_text(number), 60), uri=live))
    decisions = step.all(inputs)
    assert len(_by(decisions)[inputs[0].article_id].links) == MOST_LINKS
    assert sum(len(decision.links) for decision in decisions) == MOST_LINKS + 2


def test_a_redelivery_is_not_counted(step: Step, article: MakeArticle) -> None:
    """Neither one that the table knows, nor one of which only the story was written before a kill."""
    first, second = article(0, _text(0), source="a.example"), article(1, _text(0), source="b.example")
    step.all([first])
    decision = step(second, 1)
    (key,) = (key for key in decision.writes if key.startswith(PREFIX))
    step.table[key] = decision.writes[key]
    step.restart()
    again = step(second, 1)
    step.commit()
    assert again == decision
    assert step(second, 2).stories == ()


def test_a_story_leaves_the_table_with_its_last_article(make_step: type[Step], article: MakeArticle) -> None:
    """Not with its first one: a reprint of a reprint goes on for weeks."""
    step = make_step(DedupSettings(redeliveries=9))
    chain = [article(n, _text(0), hours=60 * n) for n in range(8)]
    step.all(chain)
    assert PREFIX + chain[0].article_id in step.table
    assert len(step.table) < len(chain) + 1 + 9
    step.all([article(100 + n, _text(100 + n), hours=1000 + n) for n in range(60)])
    assert not [key for key in step.table if key.startswith(PREFIX)]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000), st.lists(st.integers(1, 40), min_size=5, max_size=40))
def test_no_chain_of_edits_drifts(
    make_step: type[Step], article: MakeArticle, seed: int, sizes: list[int]
) -> None:
    """However small and however many: each article of a story has half of its first article's shingles."""
    chance = random.Random(seed)
    words, inputs = _text(seed, 200).split(), []
    for version, size in enumerate(sizes):
        inputs.append(article(version, " ".join(words)))
        for _ in range(size):
            words[chance.randrange(len(words))] = f"{chance.choice(WORDS)}{version}"
    firsts: dict[str, Article] = {}
    for one, decision in zip(inputs, make_step().all(inputs), strict=True):
        first = firsts.setdefault(decision.verdict.story_id, one)
        shared = compare(Fingerprint.of(one.body_text), Fingerprint.of(first.body_text)).containment
        assert shared >= DedupSettings().drift


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(6)), st.integers(0, 1000))
def test_reprints_are_one_story_in_any_order(
    make_step: type[Step], article: MakeArticle, order: list[int], seed: int
) -> None:
    """Under the id of whichever came first, with all their outlets."""
    texts = [_edited(_text(seed), 20 * version) for version in range(6)]
    inputs = [
        article(place, texts[which], uri=f"https://{which}.example/a", source=f"{which}.example")
        for place, which in enumerate(order)
    ]
    decisions = make_step().all(inputs)
    (story,) = _by(decisions).values()
    assert story.story_id == inputs[0].article_id
    assert story.outlets == tuple(f"{which}.example" for which in order)
    assert all(later.stories for _, later in pairwise(decisions))
