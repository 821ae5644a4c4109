"""Words that turn a sentence, in place of others."""

from __future__ import annotations

import pytest

from agents.deduplicate.opposite import turned
from agents.deduplicate.spelling import word_key


def _turned(gone: str, come: str) -> bool:
    return turned([word_key(word) for word in gone.split()], [word_key(word) for word in come.split()])


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ("will", "will not"),
        ("can", "cant"),
        ("agreed", "rejected"),
        ("rise", "fall"),
        ("won", "lost"),
        ("accepted", "refused"),
        ("confirmed", "denied"),
        ("beschlossen", "nicht beschlossen"),
        ("signé", "pas signé"),
        ("took hold", "collapsed"),
    ],
)
def test_the_opposite(gone: str, come: str) -> None:
    """Either way round."""
    assert _turned(gone, come)
    assert _turned(come, gone)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ("said", "told"),
        ("", ""),
        ("large", "big"),
        ("rejected", "rejceted"),
        ("not", "not"),
        ("ended", "no longer"),
    ],
)
def test_not_the_opposite(gone: str, come: str) -> None:
    """Style, misprints, and a denial in both."""
    assert not _turned(gone, come)
    assert not _turned(come, gone)
