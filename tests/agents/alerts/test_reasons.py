"""Which reasons a watch can have, as it is written."""

from __future__ import annotations

from typing import get_args

import pytest

from agents.alerts.reasons import held_back, sent_again
from agents.mentions.watchlist import parse
from streams.records import ChangeKind, SuppressedReason


@pytest.mark.parametrize(
    ("more", "again", "held"),
    [
        ("", [], []),
        (", clock: true", ["deadline"], []),
        (", cooldown: 30m", [], ["cooldown"]),
        (", severity: info", [], ["inhibited"]),
        (", stage: shadow", [], ["shadow"]),
        (", scope: {sources: [a.example]}", [], ["out_of_scope"]),
        (", scope: {entities: [NATO]}", [], ["out_of_scope"]),
    ],
)
def test_what_a_watch_asks_for_adds_its_reason(more: str, again: list[str], held: list[str]) -> None:
    """Beside those that any watch has."""
    (watch,) = parse(f"watches: [{{name: truce, terms: [truce]{more}}}]", "test").watches
    assert list(sent_again(watch)) == ["coverage", "watch", "change", *again]
    assert list(held_back(watch)) == ["duplicate", "silence", *held]


def test_a_watch_that_asks_for_all_has_every_reason() -> None:
    """One that is added to the records has to be thought of here."""
    text = (
        "watches: [{name: truce, terms: [truce], clock: true, cooldown: 1h, severity: info, stage: shadow, "
        "scope: {sources: [a.example]}}]"
    )
    (watch,) = parse(text, "test").watches
    assert set(sent_again(watch)) == set(get_args(ChangeKind))
    assert set(held_back(watch)) == set(get_args(SuppressedReason))
