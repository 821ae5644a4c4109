# ruff: noqa: E501
"""The sentence around a mention."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.sentences import LONGEST_SENTENCE, sentence_span


def sentence(text: str, term: str = "truce") -> str:
    start = text.index(term)
    left, right = sentence_span(text, start, start + len(term))
    return text[left:right]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. A truce held. It stopped.", "A truce held."),
        ("Was it a truce? No one knew.", "Was it a truce?"),
        ("Go. The U.S. Secretary of State saw a truce. Then left.", "The U.S. Secretary of State saw a truce."),
        ("They left the U.S. The truce held.", "The truce held."),
        ("Here Mr. Smith and Lt. General Jones of St. Ives saw a truce.", "Here Mr. Smith and Lt. General Jones of St. Ives saw a truce."),
        ("On Jan. 5 the truce began. On Jan. the 6th it ended.", "On Jan. 5 the truce began."),
        ("J. D. Miller and George W. Taylor urged a truce.", "J. D. Miller and George W. Taylor urged a truce."),
        ("After 4.5 hours a truce came. Then 3.2% more.", "After 4.5 hours a truce came."),
        ("He said: “A truce.” Then he left.", "He said: “A truce.”"),
        ('"A truce is near," he said. "We hope." Others did not.', '"A truce is near," he said.'),
        ('"A truce?" he asked. No.', '"A truce?" he asked.'),
        ("Such was the policy.Understandably, a truce failed.Talks ended.", "Understandably, a truce failed."),
        ("They waited… A truce came... and went. Gone.", "A truce came... and went."),
        ("A heading\n\nA truce held\n\nMore", "A truce held"),
        ("Background: The Long Road\nA truce held, and this line is long enough that no one would wrap a text at such a width, one thinks.\nNext", "A truce held, and this line is long enough that no one would wrap a text at such a width, one thinks."),
        ("The parties to the conflict met again on Monday in New\nYork, where a truce was in the air, and in other places\nof the world. No more.", "The parties to the conflict met again on Monday in New\nYork, where a truce was in the air, and in other places\nof the world."),
        ("Acme Inc. Chairman urged a truce. Acme Inc. The end.", "Acme Inc. Chairman urged a truce."),
        ("See No. 5 of the truce. No. It is gone.", "See No. 5 of the truce."),
        ("At 5 p.m. Friday the truce began.", "At 5 p.m. Friday the truce began."),
        ("See example.com for the truce. Bye.", "See example.com for the truce."),
        ("双方会谈。truce 开始！结束。", "truce 开始！"),
        ("أعلن ذلك. بدأت truce؟ نعم.", "بدأت truce؟"),
        ("  truce  ", "truce"),
    ],
)  # fmt: skip
def test_a_sentence_begins_and_ends_where_a_reader_says(text: str, expected: str) -> None:
    """Abbreviations, initials, numbers, quotes, lost spaces, ellipses and line breaks."""
    assert expected == sentence(text)


def test_a_stop_inside_the_mention_ends_nothing() -> None:
    """A term may have a stop of its own."""
    assert sentence("Well. The U.N. Charter said so. Yes.", "U.N. Charter") == "The U.N. Charter said so."


def test_an_endless_sentence_is_cut_between_words_around_the_mention() -> None:
    """A megabyte without a stop gives some hundred characters of whole words."""
    text = "word " * 100_000 + "truce " + "other " * 100_000
    cut = sentence(text)
    assert {"word", "truce", "other"} == set(cut.split())
    assert LONGEST_SENTENCE - 20 <= len(cut) <= LONGEST_SENTENCE


def test_an_endless_word_is_cut_anywhere() -> None:
    """Where there is no word's end, the length counts."""
    cut = sentence("x" * 1_000_000 + "-truce-" + "y" * 1_000_000)
    assert "-truce-" in cut
    assert len(cut) == LONGEST_SENTENCE


def test_a_mention_longer_than_a_sentence_is_given_whole() -> None:
    """The mention's text is always in its sentence."""
    assert sentence("a " + "t" * 2_000 + " b", "t" * 2_000) == "t" * 2_000


def test_the_rest_of_the_article_costs_nothing() -> None:
    """A mention in ten megabytes is as fast as in ten lines."""
    text = "A stop. " * 1_250_000
    start = process_time()
    for at in range(0, 8_000_000, 80_000):
        sentence_span(text, at, at + 1)
    assert process_time() - start < 1


def test_a_megabyte_of_stops_costs_nothing() -> None:
    """Neither the run nor what closes behind it is read again from each of its marks."""
    start = process_time()
    for marks in ("!" * 1_000_000, '!"' * 500_000, "!" + '"' * 1_000_000):
        text = "truce" + marks
        left, right = sentence_span(text, 0, 5)
        assert (left, right) == (0, 500)
    assert process_time() - start < 1


def test_a_long_run_of_stops_ends_the_sentence_all_the_same() -> None:
    """At its end."""
    text = f"A truce{'!' * 150} Talks go on."
    assert sentence_span(text, 2, 7) == (0, 157)


@given(st.text(alphabet="aB .!?\n\"'”1U.Mr…\x0c。", max_size=80), st.data())
def test_it_holds_the_mention_and_no_outer_white_space(text: str, data: st.DataObject) -> None:
    """Whatever surrounds it."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    if not places:
        return
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([at for at in places if at >= start])) + 1
    left, right = sentence_span(text, start, end)
    assert left <= start < end <= right
    assert text[left:right] == text[left:right].strip()
