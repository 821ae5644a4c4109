"""Folding keeps track of where each character came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.fold import Squeezed, fold

texts = st.text() | st.text(
    alphabet="aé e\u0301İßﬁŉａＺ９가\u1100\u1161\u11a8’-\u00ad\n  \u2028\u2029\u200b5ЖжΣσς\ud800"
)


@given(texts, st.data())
def test_a_span_of_the_folded_text_is_a_span_of_the_text(text: str, data: st.DataObject) -> None:
    """Whole clusters, in order, and what stands there folds to what was found, or more of its cluster."""
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    left, right = folded.span(start, end)
    assert 0 <= left < right <= len(text)
    assert folded.text[start:end] in fold(text[left:right]).text
    assert folded.span(0, len(folded.text)) == (0, len(text))


@given(texts)
def test_where_nothing_moved_the_length_is_kept(text: str) -> None:
    """No map of origins means that each character stands where it stood."""
    folded = fold(text)
    assert len(folded.origins or range(len(text) + 1)) == len(folded.text) + 1


@given(st.text(alphabet="aéÉÀo ’'-Żż"))
def test_case_form_and_apostrophes_do_not_matter(text: str) -> None:
    """However a newsroom types it."""
    expected = fold(text).text
    assert expected == fold(text.upper()).text
    assert expected == fold(unicodedata.normalize("NFD", text)).text
    assert expected == fold(text.replace("'", "’").replace("-", "\u2011")).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İstanbul ISTANBUL", "istanbul istanbul"),
        ("Straße", "strasse"),
        ("CEASEﬁre", "ceasefire"),
        ("ΣΑΣ", "σασ"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    """Full case folding, with Istanbul as the Turks spell it."""
    assert expected == fold(text).text


@given(texts)
def test_squeezing_drops_separators_and_knows_their_places(text: str) -> None:
    """What is left stands in the text where it says; what was between is given back whole."""
    folded = fold(text).text
    squeezed = Squeezed(folded)
    size = len(squeezed.text)
    assert size == len(squeezed.origins) == len(squeezed.mid_word) == len(squeezed.goes_on)
    kept = "".join(folded[at] for at in squeezed.origins)
    assert kept.replace("\ud800", "\ufffd") == squeezed.text
    if size:
        first, last = squeezed.span(0, size)
        assert sum(map(len, squeezed.between(0, size).values())) + size == last - first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cease-fire", "ceasefire"),
        ("cease-\nfire", "ceasefire"),
        ("cease\u00adfire", "ceasefire"),
        ("cease fire", "ceasefire"),
        ("4-5", "4-5"),
        ("covid-19", "covid19"),
        ("one\ntwo", "onetwo"),
        ("one\n\ntwo", "one\ntwo"),
        ("so—and so", "so—andso"),
    ],
)
def test_squeezing(text: str, expected: str) -> None:
    """White space within a paragraph and hyphens between letters go, a paragraph's end stays."""
    assert expected == Squeezed(text).text


def test_width_does_not_matter() -> None:
    """'ＮＡＴＯ' in a Japanese text is NATO; its signs stay what they are."""
    assert fold("ＮＡＴＯ、Ｇ７！") == fold("NATO、G7！")
