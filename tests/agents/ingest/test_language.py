"""The language of a text."""

from __future__ import annotations

import pytest

from agents.ingest.language import language_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials said on Tuesday that the ceasefire would hold.", "en"),
        ("Der Präsident sagte, die Waffenruhe werde bis zum Ende der Woche halten.", "de"),
        ("Президент заявил, что перемирие будет продлено до конца недели.", "ru"),
        ("停戦合意がキエフで成立", "ja"),
        ("12 34 56", "und"),
        ("", "und"),
    ],
)
def test_detected(text: str, expected: str) -> None:
    """ISO 639-1, or `und` where nobody can tell."""
    assert language_of(text) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("ger", "de"),
        ("deu", "de"),
        ("German", "de"),
        ("xx", "en"),
        ("?", "en"),
    ],
)
def test_given_wins_when_it_is_a_language(given: str, expected: str) -> None:
    """A code or a name is believed; anything else is not."""
    assert language_of("Officials said on Tuesday that the ceasefire would hold.", given) == expected
