"""Which sources get a rate of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agents.alerts.sources import (
    ENOUGH,
    LONGEST,
    MOST,
    SAVED_EVERY,
    Sources,
    folded,
)
from agents.seen_most import HALF_LIFE, MOST_CANDIDATES

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def see(sources: Sources, name: str, times: int = ENOUGH, now: datetime = NOW) -> None:
    for _ in range(times):
        sources.see(name, now)


@pytest.fixture
def sources() -> Sources:
    return Sources()


@pytest.fixture
def full(sources: Sources) -> Sources:
    """No place is free; each was seen 25 times."""
    for number in range(MOST):
        see(sources, f"{number}.example", 25)
    return sources


def test_a_source_that_was_seen_enough_has_a_place(sources: Sources) -> None:
    """And not before; however its name is written."""
    see(sources, "Harbour.example", ENOUGH - 1)
    assert sources.tracked == frozenset()
    see(sources, "www.HARBOUR.example", 1)
    assert sources.tracked == {"harbour.example"}


@pytest.mark.parametrize("name", ["", "  ", "www.", "Other", "a\nb", "a\u202eb", "\x00", "x" * (LONGEST + 1)])
def test_what_makes_no_label_has_none(sources: Sources, name: str) -> None:
    """Among them the name of the label for the rest."""
    assert folded(name) is None
    see(sources, name)
    assert sources.tracked == frozenset()


def test_endless_names_neither_take_a_place_nor_keep_a_real_source_from_one(sources: Sources) -> None:
    """One article in a hundred is of a real source, all others of names that never come again."""
    for number in range(100 * ENOUGH * 2):
        sources.see("real.example" if number % 100 == 0 else f"{number}.example", NOW)
    assert sources.tracked == {"real.example"}
    assert len(sources._seen.candidates) <= MOST_CANDIDATES


def test_a_full_house_gives_way_only_to_one_seen_twice_as_much(full: Sources) -> None:
    """The least seen goes, the first by name of several; so two never take turns."""
    see(full, "1.example", 1)
    see(full, "new.example", 49)
    assert "new.example" not in full.tracked
    see(full, "new.example", 1)
    assert "new.example" in full.tracked
    assert len(full.tracked) == MOST
    assert "0.example" not in full.tracked
    see(full, "0.example", 49)
    assert "0.example" not in full.tracked


def test_a_silent_source_keeps_its_place_over_a_weekend_and_not_for_ever(full: Sources) -> None:
    """What was seen counts half after a week."""
    see(full, "new.example", 30, NOW + timedelta(days=3))
    assert "new.example" not in full.tracked
    see(full, "new.example", 30, NOW + 2 * HALF_LIFE)
    assert "new.example" in full.tracked


def test_a_restart_changes_no_place(full: Sources) -> None:
    """Who got one was saved at once; the weights are a little behind."""
    after = Sources()
    after.restore(full.save())
    assert after.tracked == full.tracked
    see(after, "new.example", 49)
    assert after.tracked == full.tracked
    after.restore(None)
    assert after.tracked == frozenset()


def test_the_table_is_written_seldom(full: Sources) -> None:
    """When a place is given, and every so many articles; a record of 6 KB for each would be dear."""
    assert full.save() is not None
    assert full.save() is None
    see(full, "7.example", SAVED_EVERY - 1)
    assert full.save() is None
    see(full, "7.example", 1)
    assert full.save() is not None


def test_a_clock_that_jumps_back_ages_nothing(full: Sources) -> None:
    """The wall clock was wrong."""
    before = full.save()
    see(full, "nobody", 1, NOW - timedelta(days=4000))
    assert full.tracked
    assert before is not None
