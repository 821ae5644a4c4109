"""What other sites do to an article: known in kind and in size."""

from __future__ import annotations

from random import Random

import pytest

from seeds.edits import LONGEST_EXTENSION, abridge, extend, furnish, misprint, revise
from seeds.prose import Draft, Sentence, Story

SEEDS = range(20)


def made(seed: int) -> tuple[Random, Story, Draft]:
    random = Random(seed)
    story = Story(random, watch_share=0.8)
    return random, story, story.draft(400)


def mentions(draft: Draft) -> list[Sentence]:
    return [sentence for block in draft.paragraphs for sentence in block if sentence.watch]


def words(draft: Draft) -> list[str]:
    return draft.text.split()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_misprint_changes_so_many_words_and_no_mention(seed: int) -> None:
    """As many as asked for at most (one may be hit twice), each in its place; mentions stay whole."""
    random, _, draft = made(seed)
    edited = misprint(random, draft, 8)
    changed = [pair for pair in zip(words(draft), words(edited), strict=True) if pair[0] != pair[1]]
    assert 1 <= len(changed) <= 8
    assert (mentions(draft), draft.headline) == (mentions(edited), edited.headline)


@pytest.mark.parametrize("seed", SEEDS)
def test_abridged_it_is_the_beginning(seed: int) -> None:
    """Whole paragraphs, half of the words at least, never all."""
    random, _, draft = made(seed)
    short = abridge(random, draft)
    assert draft.paragraphs[: len(short.paragraphs)] == short.paragraphs
    assert 0.5 * len(words(draft)) < len(words(short)) < len(words(draft))


@pytest.mark.parametrize("seed", SEEDS)
def test_extended_it_goes_on_after_the_end(seed: int) -> None:
    """By so much that it is still a copy: the last sentence may exceed the share."""
    random, story, draft = made(seed)
    long = extend(random, story, draft)
    assert draft.paragraphs == long.paragraphs[: len(draft.paragraphs)]
    added = len(words(long)) - len(words(draft))
    assert 0 < added < LONGEST_EXTENSION * len(words(draft)) + 60
    assert draft.watches == long.watches


@pytest.mark.parametrize("seed", SEEDS)
def test_revised_it_has_a_new_second_paragraph(seed: int) -> None:
    """Same headline, same number of others, some words corrected."""
    random, story, draft = made(seed)
    revised = revise(random, story, draft)
    assert len(revised.paragraphs) == len(draft.paragraphs) + 1
    assert [len(block) for block in draft.paragraphs[1:]] == [len(block) for block in revised.paragraphs[2:]]
    assert draft.text != revised.text
    assert draft.watches == revised.watches


@pytest.mark.parametrize("seed", SEEDS)
def test_furnished_it_holds_the_whole_text(seed: int) -> None:
    """With no placeholder left over."""
    random, story, draft = made(seed)
    page = furnish(random, story, draft, "Harbour Courier")
    assert draft.text in page
    assert "[headline]" not in page
    assert "[outlet]" not in page
