"""The lists of abbreviations as the sentence rule looks them up."""

from __future__ import annotations

import pytest

from agents.mentions.abbreviations import FIRST_WORDS, NEVER_LAST, NEVER_LAST_BEFORE_DIGIT, SELDOM_LAST
from agents.mentions.sentences import sentence_span

LISTS = (NEVER_LAST, NEVER_LAST_BEFORE_DIGIT, SELDOM_LAST)


def test_all_are_in_lower_case_without_a_last_stop() -> None:
    """As they are looked up; another form would never be found."""
    words = [word for words in (*LISTS, FIRST_WORDS) for word in words]
    assert [word for word in words if word != word.lower() or word.endswith(".")] == []


def test_no_abbreviation_has_two_rules() -> None:
    """The first list would hide the others."""
    assert len(frozenset().union(*LISTS)) == sum(map(len, LISTS))


@pytest.mark.parametrize("word", sorted(NEVER_LAST))
def test_before_a_name_it_ends_nothing(word: str) -> None:
    """Whatever follows, with a capital or small."""
    text = f"A truce, said {word.capitalize()}. Arlen of the talks."
    assert sentence_span(text, 2, 7) == (0, len(text))


@pytest.mark.parametrize("word", sorted(NEVER_LAST_BEFORE_DIGIT))
def test_before_a_number_it_ends_nothing_and_before_a_word_a_sentence(word: str) -> None:
    """'in Jan. 2025', but 'in Jan. Talks …'."""
    goes_on, ends = f"A truce in {word}. 12 here.", f"A truce in {word}. Talks."
    assert sentence_span(goes_on, 2, 7) == (0, len(goes_on))
    assert sentence_span(ends, 2, 7) == (0, ends.index(" Talks"))
