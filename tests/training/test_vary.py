"""Sentences changed at random: what is a name before is one after."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from training import vary
from training.corpora import Sentence
from training.names import Names, gather
from training.spans import spans

SENTENCE = Sentence(
    ("Marco", "Rubio", "left", "Kyiv", "for", "the", "United", "Nations", "in", "the", "Tower", "."),
    ("B-PERSON", "I-PERSON", "O", "B-LOC", "O", "O", "B-ORG", "I-ORG", "O", "O", "?", "O"),
    "gum",
    "d",
)


@pytest.fixture(scope="module")
def names() -> Names:
    """With the project's own lists."""
    return gather([SENTENCE])


@pytest.mark.parametrize("share", ["RENAMED", "RECASED", "DATELINED"])
def test_a_changed_sentence_has_the_same_kinds_of_names(
    names: Names, monkeypatch: pytest.MonkeyPatch, share: str
) -> None:
    """In order; a dateline adds its own in front, an acronym in brackets a body."""
    for name in ("RENAMED", "RECASED", "DATELINED"):
        monkeypatch.setattr(vary, name, float(name == share))
    varied = vary.Variation(names, random.Random(1))
    for _ in range(50):
        changed = varied(SENTENCE)
        assert len(changed.words) == len(changed.tags)
        kinds = [mark.label for mark in spans(changed.tags)]
        wanted = iter(kinds)
        assert all(label in wanted for label in ("PERSON", "LOC", "ORG"))
        assert changed.tags.count("?") == 1
        assert changed != SENTENCE or share == "RENAMED"


def test_the_same_seed_gives_the_same(names: Names) -> None:
    """So that a training can be done again."""
    made = [
        [varied(SENTENCE) for _ in range(20)]
        for varied in (vary.Variation(names, random.Random(7)) for _ in range(2))
    ]
    assert made[0] == made[1]


def test_a_tweet_has_no_dateline(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wire stories have."""
    monkeypatch.setattr(vary, "DATELINED", 1.0)
    monkeypatch.setattr(vary, "RENAMED", 0.0)
    monkeypatch.setattr(vary, "RECASED", 0.0)
    tweet = replace(SENTENCE, corpus="btc")
    assert vary.Variation(names, random.Random(1))(tweet) == tweet


def test_bodies_are_made_of_their_forms(names: Names) -> None:
    """No slot is left open."""
    chance = random.Random(1)
    made = [" ".join(names.body(chance)) for _ in range(500)]
    assert not [name for name in made if "{" in name or not name]
