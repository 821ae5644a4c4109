"""How fast topics are written and read, from looks at their offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.console.pace import OVER_SECONDS, SILENT_SECONDS, Look, Pace, Rate
from streams.settings import load

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = Rate(None, None, None)


@pytest.fixture
def pace() -> Pace:
    """Of one topic."""
    return Pace(load({}), ("news.raw",))


def look(at: float, written: int, read: int | None) -> Look:
    acknowledged: Mapping[str, int] = {} if read is None else {"news.raw": read}
    return Look(at, {"news.raw": written}, acknowledged)


def test_two_looks_make_a_rate(pace: Pace) -> None:
    """Records a second in between."""
    pace.saw(look(0, 100, 100))
    assert pace.rate("news.raw", 0) == Rate(None, None, 0)
    pace.saw(look(10, 150, 120))
    assert pace.rate("news.raw", 10) == Rate(5.0, 2.0, 30)


def test_a_rate_is_that_of_the_last_minute(pace: Pace) -> None:
    """What was before is forgotten."""
    for at in range(0, 200, 5):
        pace.saw(look(at, 1000 if at > 100 else 0, 0))
    assert pace.rate("news.raw", 195).written == 0
    assert len(pace._looks) <= OVER_SECONDS / 5 + 2


def test_a_topic_that_nobody_reads_has_no_pace_of_reading(pace: Pace) -> None:
    """And it is not known what is unread."""
    pace.saw(look(0, 0, None))
    pace.saw(look(10, 20, None))
    assert pace.rate("news.raw", 10) == Rate(2.0, None, None)


def test_what_was_seen_too_long_ago_says_nothing(pace: Pace) -> None:
    """As when the broker has gone, or has not been asked yet."""
    assert pace.rate("news.raw", 0) == UNKNOWN
    pace.saw(look(0, 1, 1))
    pace.saw(look(5, 1, 1))
    assert pace.rate("news.raw", 6 + SILENT_SECONDS) == UNKNOWN


def test_a_topic_that_was_made_anew_begins_anew(pace: Pace) -> None:
    """Its offsets begin at 0 again."""
    pace.saw(look(0, 1000, 1000))
    pace.saw(look(5, 10, 0))
    assert pace.rate("news.raw", 5) == Rate(None, None, 10)
