"""Reading the words that tell how a sentence means what it says."""

from __future__ import annotations

from agents.mentions.cues import expand, lexicon, read


def test_a_slash_is_either() -> None:
    """In each word of a line; a blank line is nothing."""
    assert list(expand("call/calls off\n\nif")) == [("call", "off"), ("calls", "off"), ("if",)]


def test_the_longest_phrase_counts() -> None:
    """'not only' is no 'not', 'no longer' is one cue."""
    assert [cue.kind for cue in read("It is not only cold.").before] == []
    assert [(cue.first, cue.end) for cue in read("It no longer snows.").before] == [(1, 3)]


def test_words_are_compared_without_case_and_curls() -> None:
    """Each 'n't' is a 'not'; a month is no 'may'."""
    assert [token.word for token in read("They DIDN’T — and Won't.").tokens] == [
        "they",
        "not",
        "—",
        "and",
        "not",
        ".",
    ]
    assert [cue.kind for cue in read("He may go in May, on May 9.").before] == ["possibility"]


def test_every_group_has_its_stops() -> None:
    """Each set that a group names is there."""
    sets = {
        kind
        for phrases in lexicon().phrases.values()
        for _, meanings in phrases
        for side, kind in meanings
        if side == "stop"
    }
    for scope in lexicon().scopes.values():
        assert scope.reach > 0
        assert set(scope.stops) <= sets
