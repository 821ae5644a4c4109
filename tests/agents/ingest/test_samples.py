"""Pages of our own: wires, whole pages, poems, tables, interviews, in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ingest.characters import tidy
from agents.ingest.furniture import cut_furniture, strip_furniture
from tests.agents.ingest.samples import FLAT, Sample, samples
from tests.quality.clean import ours

SAMPLES = samples()
LINES = sorted({line for one in SAMPLES.values() for line in one.page.split("\n")})


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.startswith(FLAT)])
def test_the_article_is_left_and_nothing_else(name: str) -> None:
    """Line by line."""
    sample: Sample = SAMPLES[name]
    assert strip_furniture(tidy(sample.page)).body_text == sample.body


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_article_alone_stays_as_it_is(name: str) -> None:
    """Cleaned once more with its headline known."""
    body = SAMPLES[name].body
    assert strip_furniture(body, "").body_text == body


def test_floors() -> None:
    """Not a word of an article is lost, and little else is kept."""
    scores = ours()
    assert len(scores) >= 20
    assert min(one.recall for one in scores) == 1
    assert min(one.f for one in scores) >= 0.94


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(LINES), max_size=40), st.sampled_from("\n "))
def test_whatever_the_page(lines: list[str], joined: str) -> None:
    """Cleaning invents no line and accounts for each; of a text in lines, cleaning twice is cleaning once."""
    text = tidy(joined.join(lines))
    cleaned, cuts = cut_furniture(text)
    words = " ".join((*(cut.text for cut in cuts), cleaned.body_text)).split()
    assert sorted(words) == sorted(text.split())
    if joined == "\n":
        assert strip_furniture(cleaned.body_text, cleaned.headline or "").body_text == cleaned.body_text
