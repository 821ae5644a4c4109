"""The clock follows the news, and single wrong dates don't move it."""

from __future__ import annotations

from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from agents.clock import PATIENCE, SAMPLES, EventClock

YEAR = 365 * 24 * 3600


def test_has_no_time_before_the_first_observation() -> None:
    """Nothing is known, and nothing is made up."""
    assert EventClock().now is None


def test_follows_steady_news() -> None:
    """One article a second: the clock is behind by half its samples."""
    clock = EventClock()
    for second in range(100):
        clock.observe(second)
    assert clock.now == 99 - SAMPLES // 2


def test_one_wrong_date_moves_nothing() -> None:
    """A year-2099 and a year-1970 article in mid-stream leave the reading within seconds of the rest."""
    now = 50 * YEAR
    clock = EventClock()
    readings = [
        clock.observe(time)
        for second in range(60)
        for time in ([now + second] + ([129 * YEAR] if second == 20 else [0] if second == 40 else []))
    ]
    assert now <= min(readings)
    assert max(readings) <= now + 60


def test_late_news_does_not_turn_it_back() -> None:
    """Fewer late articles than it has patience for leave the reading where it was."""
    clock = EventClock()
    for _ in range(SAMPLES):
        clock.observe(1000)
    for _ in range(PATIENCE // 2):
        clock.observe(10)
    assert clock.now == 1000


def test_a_wrong_start_heals() -> None:
    """Begun on a wrong date, the clock takes the true time after its patience, and then goes on."""
    clock = EventClock(patience=50)
    clock.observe(10**9)
    for second in range(100):
        clock.observe(second)
    assert clock.now == 99 - SAMPLES // 2


def test_a_jump_needs_a_majority() -> None:
    """After a quiet night five articles of nine move the clock, four do not."""
    clock = EventClock()
    for _ in range(SAMPLES):
        clock.observe(0)
    readings = [clock.observe(100) for _ in range(5)]
    assert readings == [0, 0, 0, 0, 100]


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_is_the_highest_median_while_patience_lasts(times: list[int]) -> None:
    """Against the definition, computed the slow way."""
    clock = EventClock(patience=10**9)
    medians = [median_low(times[max(0, end - SAMPLES) : end]) for end in range(1, len(times) + 1)]
    assert [max(medians[:end]) for end in range(1, len(times) + 1)] == [clock.observe(t) for t in times]


@given(st.lists(st.integers(0, 100), min_size=1), st.data())
def test_goes_on_after_a_restart(times: list[int], data: st.DataObject) -> None:
    """A clock made from another's state reads the same from there on."""
    cut = data.draw(st.integers(0, len(times)))
    whole, first = EventClock(patience=3), EventClock(patience=3)
    expected = [whole.observe(time) for time in times]
    for time in times[:cut]:
        first.observe(time)
    recent = times[max(0, cut - SAMPLES) : cut]
    second = EventClock(patience=3, now=first.now, behind=first.behind, recent=recent)
    assert expected[cut:] == [second.observe(time) for time in times[cut:]]
