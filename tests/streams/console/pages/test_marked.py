"""Terms in their sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.console.pages.marked import Part, parts, passages
from streams.records import Mention


def mention(text: str, start: int, sentence: str, **more: str) -> Mention:
    fields = {"watch": "truce", "field": "body_text", **more}
    return Mention(text=text, start=start, end=start + len(text), sentence=sentence, **fields)


def marked(sentence: str, mentions: list[Mention]) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts(sentence, mentions))


SENTENCE = "A truce is a truce, said the trucer."


def test_only_the_place_of_the_mention_is_marked() -> None:
    """The same letters elsewhere in the sentence are no mention: two places fix where the sentence begins."""
    both = [mention("truce", 102, SENTENCE), mention("truce", 113, SENTENCE)]
    assert marked(SENTENCE, both) == "A [truce] is a [truce], said the trucer."
    other = [mention("said", 120, SENTENCE), mention("truce", 113, SENTENCE)]
    assert marked(SENTENCE, other) == "A truce is a [truce], [said] the trucer."


def test_a_sentence_that_stands_twice_in_a_text() -> None:
    """Both say the same, so it is told once."""
    sentence = "The truce holds."
    assert marked(sentence, [mention("truce", 4, sentence), mention("truce", 504, sentence)]) == (
        "The [truce] holds."
    )


def test_terms_within_terms_and_those_that_are_not_there() -> None:
    """The longer one is marked; what is not in the sentence leaves it whole."""
    sentence = "A full cease fire now."
    nested = [mention("fire", 13, sentence), mention("cease fire", 7, sentence)]
    assert marked(sentence, nested) == "A full [cease fire] now."
    assert marked(sentence, [mention("armistice", 3, sentence)]) == sentence
    assert marked(sentence, []) == sentence


def test_a_control_sequence_takes_nothing_with_it() -> None:
    """Not the end of what stands before a term, nor the term."""
    sentence = "Of a\x1btruce\x1b]and peace"
    start = sentence.index("truce")
    assert marked(sentence, [mention("truce", start, sentence)]) == "Of a[truce]"
    assert marked("peace\x1b", []) == "peace"


def test_text_is_left_as_text_and_without_controls() -> None:
    """Markup stays what it is, for the template to escape; what turns the direction of writing goes."""
    sentence = "<b>x</b> \u202etruce\u2066 \x1b[31mnow\x00"
    start = sentence.index("truce")
    assert marked(sentence, [mention("truce", start, sentence)]) == "<b>x</b> [truce] now"


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6),
)
def test_whatever_is_marked_the_sentence_stays_whole(sentence: str, cuts: list[tuple[int, int]]) -> None:
    """Parts put together are the sentence without controls; each mention from it is marked somewhere."""
    mentions = [
        mention(sentence[start : start + length], 500 + start, sentence)
        for start, length in cuts
        if sentence[start : start + length]
    ]
    found = parts(sentence, mentions)
    whole = parts(sentence, [])
    joined = "".join(part.text for part in found)
    assert "".join(joined.split()) == "".join("".join(part.text for part in whole).split())
    if mentions:
        assert any(part.marked for part in found)


def test_those_that_tell_most_come_first_with_how_they_are_meant() -> None:
    """Notes are of all terms of the sentence, once each; what is affirmed needs none."""
    sentences = [f"Kyiv in sentence {number}." for number in range(6)]
    mentions = [mention("Kyiv", 100 * number, one) for number, one in enumerate(sentences)]
    last = "The guarantees for Kyiv are due."
    mentions += [
        mention("guarantees", 904, last, claim="negated", due="2025-11-27"),
        mention("Kyiv", 919, last, claim="negated"),
    ]
    first, more = passages(mentions)
    assert (len(first), len(more)) == (5, 2)
    assert first[-1].parts[1] == Part("guarantees", marked=True)
    assert first[-1].notes == ["negated", "due 2025-11-27"]
    assert first[0].notes == []
