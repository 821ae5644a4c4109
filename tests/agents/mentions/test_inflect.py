"""Forms of regular verbs."""

from __future__ import annotations

import pytest

from agents.mentions.inflect import singular, verb_forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("sanction", {"sanctioned", "sanctioning"}),
        ("embargo", {"embargoed", "embargoing"}),
        ("strike", {"striked", "striking"}),
        ("agree", {"agreed", "agreeing"}),
        ("die", {"died", "dying"}),
        ("deny", {"denied", "denying"}),
        ("destroy", {"destroyed", "destroying"}),
        ("ban", {"banned", "banning"}),
        ("quiz", {"quizzed", "quizzing"}),
        ("attack", {"attacked", "attacking"}),
        ("veto", {"vetoed", "vetoing"}),
        ("fix", {"fixed", "fixing"}),
        ("embed", {"embeded", "embeding", "embedded", "embedding"}),
        ("visit", {"visited", "visiting", "visitted", "visitting"}),
        ("panic", {"panicked", "panicking"}),
        ("sync", {"synced", "syncing"}),
        ("press", {"pressed", "pressing"}),
        ("talks", set()),
    ],
)
def test_forms(word: str, forms: set[str]) -> None:
    """By spelling alone: of two syllables both forms are taken, a plural has none."""
    assert verb_forms(word) == forms


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sanctions", "sanction"),
        ("treaties", "treaty"),
        ("embargoes", "embargo"),
        ("clashes", "clash"),
        ("truces", "truce"),
        ("losses", "loss"),
        ("bans", "ban"),
        ("news", None),
        ("arms", None),
        ("crisis", None),
        ("loss", None),
        ("virus", None),
        ("gas", None),
        ("truce", None),
    ],
)
def test_singular(word: str, expected: str | None) -> None:
    """Of regular plurals, and not of words that have none or mean something else in it."""
    assert singular(word) == expected
