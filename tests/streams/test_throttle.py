"""Lines that repeat themselves: what passes, and what is left out and counted."""

from __future__ import annotations

import logging

from streams.throttle import EVERY, MOST, Throttle


class Clock:
    """One that the test sets."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def record(
    message: object, *args: object, name: str = "aiokafka", level: int = logging.ERROR
) -> logging.LogRecord:
    return logging.LogRecord(name, level, "", 0, message, args, None)


def test_a_template_passes_once_in_a_while_and_counts_what_it_left_out() -> None:
    """Whatever its arguments are."""
    clock = Clock()
    throttle = Throttle(clock)
    assert [throttle.filter(record("no node %s", number)) for number in range(4)] == [True] + [False] * 3
    clock.now = EVERY
    again = record("no node %s", 9)
    assert throttle.filter(again)
    assert again.__dict__["left_out"] == 3
    clock.now = 2 * EVERY
    alone = record("no node %s", 9)
    assert throttle.filter(alone)
    assert "left_out" not in alone.__dict__


def test_another_logger_level_or_template_passes() -> None:
    """Each is known by all three."""
    throttle = Throttle(Clock())
    assert throttle.filter(record("no node"))
    assert throttle.filter(record("no node", name="faust"))
    assert throttle.filter(record("no node", level=logging.WARNING))
    assert throttle.filter(record("no topic"))


def test_what_is_critical_always_passes() -> None:
    """Nobody counts those."""
    throttle = Throttle(Clock())
    assert all(throttle.filter(record("lost", level=logging.CRITICAL)) for _ in range(3))


def test_what_is_remembered_does_not_grow_without_end() -> None:
    """Messages with numbers in them are all different."""
    clock = Clock()
    throttle = Throttle(clock)
    for number in range(3 * MOST):
        clock.now = number * EVERY / 10
        assert throttle.filter(record(f"took {number} s"))
    assert len(throttle._seen) <= MOST
