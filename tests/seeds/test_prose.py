"""Generated prose: whole sentences, one set of facts a story, mentions where they are said to be."""

from __future__ import annotations

import re
from random import Random

import pytest

from agents.mentions.match import Matcher
from agents.mentions.watchlist import load
from seeds import DEFAULT_WATCHLIST
from seeds.prose import WATCHES, Story, grammars, pick

SEEDS = range(30)


def test_every_slot_has_a_rule() -> None:
    """A name misspelt in the grammar would show in one text of a thousand."""
    for grammar in grammars():
        known = grammar.rules.keys() | grammar.story.keys()
        rules = [*grammar.rules.values(), *grammar.story.values()]
        used = {slot for choices in rules for parts in choices for slot in parts[1::2]}
        assert used - known == set()


def test_pick_reaches_every_choice() -> None:
    """The first and the last as well."""
    random = Random(1)
    assert {pick(random, "abc") for _ in range(100)} == set("abc")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_draft_is_as_long_as_asked_and_well_set(seed: int) -> None:
    """No open slot, no lower-case start, no 'a' before a vowel."""
    draft = Story(Random(seed), watch_share=0.3).draft(300)
    assert 300 <= len(draft.text.split()) < 450
    sentences = [sentence.text for block in draft.paragraphs for sentence in block]
    assert [s for s in sentences if "{" in s or not (s[0].isupper() or s[0] in "“0123456789")] == []
    assert re.findall(r"\ba (?!one|uni|eu|us)[aeiou]\w*", draft.text) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_two_tellings_share_facts_and_not_words(seed: int) -> None:
    """The place is the same; hardly a sentence is."""
    story = Story(Random(seed), watch_share=0.0)
    one, other = story.draft(300), story.draft(300)
    sentences = [{s.text for block in draft.paragraphs for s in block} for draft in (one, other)]
    assert len(sentences[0] & sentences[1]) < 0.1 * len(sentences[0])


def test_mentions_are_where_the_draft_says() -> None:
    """By the matcher with the default watchlist; a story without watches mentions none."""
    matcher = Matcher(load(DEFAULT_WATCHLIST))
    found: set[str] = set()
    for seed in SEEDS:
        draft = Story(Random(seed), watch_share=0.5).draft(250)
        watches = {mention.watch for mention in matcher.match(draft.headline.text, draft.text)}
        assert set(draft.watches) == watches
        found |= watches
    assert set(WATCHES) == found
