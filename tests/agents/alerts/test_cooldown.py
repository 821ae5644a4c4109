import msgspec
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.cooldown import LONGEST_MS, MOST_DOUBLINGS, Calm, sent

MINUTE = 60_000
COOLDOWN = 30 * MINUTE


def begun(minute: int = 0, before: Calm | None = None) -> Calm:
    calm = sent(before, "alert", COOLDOWN, minute * MINUTE)
    assert calm is not None
    return calm


def test_a_repeat_is_held_back_until_the_cooldown_is_over() -> None:
    """Half an hour of event time, its end not included."""
    assert [begun().holds(COOLDOWN, minute * MINUTE) for minute in (0, 29, 30)] == [True, True, False]


def test_each_repeat_held_back_doubles_it_up_to_a_ceiling() -> None:
    """30 minutes, 1, 2 and 4 hours."""
    calm, lengths = begun(), []
    for minute in range(5):
        lengths.append(calm.length(COOLDOWN) // MINUTE)
        calm = calm.held(minute * MINUTE)
    assert lengths == [30, 60, 120, 240, 240]
    assert msgspec.structs.replace(calm, doublings=MOST_DOUBLINGS).length(12 * 60 * MINUTE) == LONGEST_MS


def test_a_busy_story_keeps_its_doublings_and_a_quiet_one_loses_them() -> None:
    """A quiet as long as the cooldown itself."""
    calm = begun().held(10 * MINUTE).held(50 * MINUTE)
    assert begun(130, calm).doublings == 2
    assert begun(50 + 120, calm).doublings == 0


def test_a_changed_cooldown_counts_at_once() -> None:
    """What is remembered is how often it doubled."""
    calm = begun().held(MINUTE)
    assert (calm.length(COOLDOWN), calm.length(10 * MINUTE)) == (60 * MINUTE, 20 * MINUTE)


def test_without_a_cooldown_or_a_time_nothing_is_held() -> None:
    """Rather an alert too many."""
    assert sent(None, "alert", 0, 5) is None
    assert sent(None, "alert", COOLDOWN, None) is None
    assert not begun().holds(COOLDOWN, None)
    assert not begun().holds(0, 0)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_one_wrong_date_does_not_keep_a_watch_quiet(minutes: list[int]) -> None:
    """After an alert dated far ahead the next of today is sent."""
    calm = begun(minutes[0] + 10**9)
    assert not calm.holds(COOLDOWN, minutes[0] * MINUTE)
    for minute in minutes:
        held = calm.holds(COOLDOWN, minute * MINUTE)
        assert not held or abs(minute * MINUTE - calm.sent) < LONGEST_MS
        calm = calm.held(minute * MINUTE) if held else begun(minute, calm)
