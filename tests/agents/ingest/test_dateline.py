"""Where, when and for whom a report was written."""

from __future__ import annotations

import pytest

from agents.ingest.dateline import after_dateline, find_dateline, is_dateline


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KYIV, Nov 24 (Reuters) - Talks resumed.", "KYIV, Nov 24 (Reuters)"),
        ("GENEVA (AP) — Talks resumed.", "GENEVA (AP)"),
        ("WASHINGTON — Talks resumed.", "WASHINGTON"),
        ("ST. PETERSBURG, Fla. (AP) — Talks resumed.", "ST. PETERSBURG, Fla. (AP)"),
        ("MOSCOW/KYIV, Nov 24 (Reuters) - Talks.", "MOSCOW/KYIV, Nov 24 (Reuters)"),
        ("BERLIN, Nov. 24, 2025 /PRNewswire/ -- Talks.", "BERLIN, Nov. 24, 2025 /PRNewswire/"),
        ("Kyiv (dpa) - Die Gespräche gehen weiter.", "Kyiv (dpa)"),
        ("Paris, 24 nov. (AFP) – Les négociations reprennent.", "Paris, 24 nov. (AFP)"),
        ("Madrid, 24 nov (EFE).- Las conversaciones siguen.", "Madrid, 24 nov (EFE)"),
        ("МОСКВА, 24 ноя - РИА Новости. Переговоры.", "МОСКВА, 24 ноя"),
        ("BAAR, SWITZERLAND\nTalks resumed.", "BAAR, SWITZERLAND"),
        ("GENEVA (AP)\nTalks resumed.", "GENEVA (AP)"),
    ],
)
def test_found(text: str, dateline: str) -> None:
    """As written, without its dash; what follows is the text."""
    assert find_dateline(text) == dateline
    assert after_dateline(text)[0] in "TDLР"


@pytest.mark.parametrize(
    "text",
    [
        "Talks resumed in Geneva (AP) - a first.",
        "BREAKING - Talks resumed.",
        "NATO — the alliance — met.",
        "SpaceX (SPX) - the maker of rockets - rose.",
        "Rubio - the envoy - spoke.",
        "COVID-19 cases rise.",
        "UKRAINE\nTalks resumed.",
        "",
    ],
)
def test_none(text: str) -> None:
    """Capitals, brackets and dashes alone make no dateline."""
    assert find_dateline(text) is None
    assert after_dateline(text) == text


def test_a_line_that_is_only_a_dateline() -> None:
    """With more than the name of a place, which may be a section's."""
    assert is_dateline("LONDON (AP) —")
    assert not is_dateline("LONDON")
    assert not is_dateline("LONDON (AP) — Talks resumed.")
