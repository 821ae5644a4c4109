"""Which remembered article a new one is held against, and what is said of it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.copies import COLUMNS, CONTENT, IDENTITIES, URI, index_keys
from agents.deduplicate.fingerprint import BANDS

if TYPE_CHECKING:
    from conftest import MakeArticle, Step

WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt", "esk", "ov")]
LIVE = "https://a.example/live"


def _text(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _edited(text: str, *places: int) -> str:
    words = text.split()
    for place in places:
        words[place] = f"edit{place}x"
    return " ".join(words)


@given(st.text() | st.none(), st.text() | st.none(), st.booleans())
def test_a_key_is_none_exactly_where_there_is_nothing_to_look_for(
    article_id: str | None, content_hash: str | None, banded: bool
) -> None:
    """Zero is 'none' in the index, so nothing that is there may have it."""
    bands = np.full(BANDS, 7, np.uint32) if banded else None
    keys = index_keys(article_id, content_hash, bands)
    assert keys.shape == (COLUMNS,)
    assert [bool(keys[CONTENT]), bool(keys[URI])] == [bool(content_hash), bool(article_id)]
    assert set(keys[IDENTITIES:].tolist()) == ({7} if banded else {0})


def test_each_version_of_a_live_page_updates_the_one_before(step: Step, article: MakeArticle) -> None:
    """Three texts on one URI are one story; likeness is measured against the latest version."""
    versions = [_text(0), _edited(_text(0), 60), _edited(_text(0), 60, 90)]
    verdicts = [d.verdict for d in step.all([article(n, text, uri=LIVE) for n, text in enumerate(versions)])]
    assert [verdict.status for verdict in verdicts] == ["new", "update", "update"]
    assert len({verdict.story_id for verdict in verdicts}) == 1
    assert verdicts[2].similarity == 111 / 121


def test_a_page_that_goes_back_to_an_earlier_text_is_an_exact_duplicate(
    step: Step, article: MakeArticle
) -> None:
    """The text decides before the URI does."""
    texts = [_text(0), _text(1), _text(0)]
    last = step.all([article(n, text, uri=LIVE) for n, text in enumerate(texts)])[-1].verdict
    assert (last.status, last.method) == ("exact_duplicate", "content_hash")


def test_the_copy_of_an_update_names_the_page_and_belongs_to_its_story(
    step: Step, article: MakeArticle
) -> None:
    """Word for word and edited, when nothing of the first version is left."""
    inputs = [article(0, _text(0), uri=LIVE), article(1, _text(1), uri=LIVE)]
    inputs += [article(2, _text(1)), article(3, _edited(_text(1), 60), uri="https://b.example/1")]
    exact, near = (d.verdict for d in step.all(inputs)[2:])
    assert (exact.status, near.status) == ("exact_duplicate", "near_duplicate")
    page = inputs[0].article_id
    assert [(page, page)] * 2 == [(v.story_id, v.duplicate_of) for v in (exact, near)]


def test_white_space_makes_no_other_article(step: Step, article: MakeArticle) -> None:
    """Without a URI, the words are the article."""
    text = _text(0)
    again = article(1, f"\n\n  {text.replace(' ', chr(10), 30)}\t ")
    verdict = step.all([article(0, text), again])[-1].verdict
    assert (verdict.status, verdict.similarity) == ("exact_duplicate", 1.0)


def test_a_third_copy_names_the_first_and_not_the_second(step: Step, article: MakeArticle) -> None:
    """Whoever looks it up finds the original."""
    inputs = [article(n, _text(0), uri=f"https://a.example/{n}") for n in range(3)]
    inputs.append(article(3, _edited(_text(0), 60), uri="https://a.example/3"))
    first = inputs[0].article_id
    assert {first} == {d.verdict.duplicate_of for d in step.all(inputs)[1:]}


def test_the_first_paragraph_alone_is_found_behind_news_of_the_day(step: Step, article: MakeArticle) -> None:
    """It has a twentieth of the text in common with its article, and less than one band in ten."""
    lead = (
        "Lawmakers in Bern voted 104 to 92 on Tuesday to buy 36 jets from Lockheed Martin, after Viola "
        "Amherd said the Swiss Air Force can not wait until 2032."
    )
    inputs = [article(0, f"{lead} {_text(0, 600)}"), *(article(n, _text(n, 600)) for n in range(1, 9))]
    inputs.append(article(9, f"{lead} Read more."))
    verdict = step.all(inputs)[-1].verdict
    assert (verdict.status, verdict.duplicate_of) == ("near_duplicate", inputs[0].article_id)
