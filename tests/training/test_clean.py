"""Labels cleaned: one idea of a name for corpora that have several."""

from __future__ import annotations

import pytest

from training.clean import DOUBTFUL, cleaner
from training.corpora import Sentence

CLEAN = cleaner()


def _sentence(text: str, corpus: str) -> Sentence:
    """Of 'word/TAG word'."""
    words, tags = zip(
        *(part.rpartition("/")[::2] if "/" in part else (part, "O") for part in text.split()), strict=True
    )
    return Sentence(words, tags, corpus, "d")


@pytest.mark.parametrize(
    ("corpus", "given", "expected"),
    [
        ("wikigold", "the/B-ORG Red/I-ORG Cross/I-ORG 's/I-ORG head", "the Red/B-ORG Cross/I-ORG 's head"),
        ("wikigold", "President/B-PERSON Obama/I-PERSON spoke", "President Obama/B-PERSON spoke"),
        ("wikigold", "a US/B-PERSON President/I-PERSON Obama/I-PERSON", "a US President Obama/B-PERSON"),
        (
            "wikigold",
            "author/B-PERSON Truman/I-PERSON Capote/I-PERSON",
            "author Truman/B-PERSON Capote/I-PERSON",
        ),
        ("wikigold", "Ursula/B-PERSON von/I-PERSON der/I-PERSON Leyen/I-PERSON", None),
        ("wikigold", "our/B-PERSON president/I-PERSON", "our president"),
        ("wikigold", "many Asians/B-PERSON came", "many Asians came"),
        ("btc", "@/O/ justinbieber/B-PERSON hi", "@/O/ justinbieber hi"),
        ("btc", "#Iraq/B-LOC now", "#Iraq now"),
        ("btc", "in iraq/B-LOC now", None),
        ("gum", "in Livorno/B-LOC ,/I-LOC Tuscany/I-LOC .", "in Livorno/B-LOC , Tuscany/B-LOC ."),
        ("gum", "the University of Sheffield/B-LOC said", "the University/? of/? Sheffield/? said"),
        ("gum", "near Tiananmen Square we", "near Tiananmen/? Square/? we"),
        (
            "crossner-politics",
            "in Canada and the United Kingdom .",
            "in Canada/B-LOC and the United/B-LOC Kingdom/I-LOC .",
        ),
        ("crossner-politics", "the United States Senate", None),
        ("wikigold", "in Canada now", None),
    ],
)
def test_tags_after_cleaning(corpus: str, given: str, expected: str | None) -> None:
    """None: as it was."""
    given = given.replace("@/O/", "@")
    expected = (expected or given).replace("@/O/", "@")
    assert CLEAN(_sentence(given, corpus)) == _sentence(expected, corpus)


def test_doubtful_is_no_bio_tag() -> None:
    """So that it can't be taken for a name."""
    assert DOUBTFUL not in ("B", "I", "O")
