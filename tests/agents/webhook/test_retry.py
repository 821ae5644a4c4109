"""When to try again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.webhook.retry import (
    LONGEST_RETRY_AFTER,
    LONGEST_WAIT,
    Answer,
    is_final,
    kind_of,
    retry_after,
    wait,
)

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
DOWN = Answer("connection", "refused")


def of(status: int, after: float | None = None) -> Answer:
    return Answer(kind_of(status), "", status, after)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 413, 422])
def test_an_answer_that_would_be_the_same_again_is_final(status: int) -> None:
    """Redirects are not followed; what is wrong with the request stays wrong."""
    assert is_final(of(status))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599, 100, 600, 999])
def test_an_answer_that_may_pass_is_not(status: int) -> None:
    """Nor is what is none of HTTP's final statuses."""
    assert not is_final(of(status))
    assert not is_final(DOWN)


def test_waits_double_up_to_a_minute() -> None:
    """With the lot at its highest."""
    waits = [wait(failures, DOWN, 1.0) for failures in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


@given(st.integers(1, 10**6), st.floats(0, 1), st.none() | st.floats(0, 10**9))
def test_a_wait_is_bounded_and_never_nothing(failures: int, chance: float, after: float | None) -> None:
    """A lot draws the second half; a receiver may ask for more, up to five minutes."""
    seconds = wait(failures, of(503, after), chance)
    assert 0.5 <= seconds <= max(LONGEST_WAIT, LONGEST_RETRY_AFTER)
    assert seconds >= min(after or 0, LONGEST_RETRY_AFTER)
    assert seconds >= wait(failures, DOWN, 0.0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("120", 120),
        ("1.5", 1.5),
        ("-3", 0),
        ("Mon, 24 Nov 2025 12:02:00 GMT", 120),
        ("Mon, 24 Nov 2025 11:00:00 GMT", 0),
        ("Mon, 24 Nov 2025 12:02:00 -0000", 120),
        ("Mon, 99 Nov 2025 12:02:00 GMT", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(header: str | None, seconds: float | None) -> None:
    """Nonsense says nothing; what has passed is now."""
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    """Any text."""
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0
