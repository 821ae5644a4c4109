"""How a replay is shown."""

from __future__ import annotations

import io

from streams.replay.progress import describe, shown
from streams.replay.replayer import Moment


def moment(acknowledged: int, total: int | None = 100, left: float | None = 0.0) -> Moment:
    """A replay so far."""
    return Moment(sent=acknowledged, acknowledged=acknowledged, total=total, left=left)


def test_time_left_is_by_the_rate_or_by_the_gaps() -> None:
    """Whichever is longer; an endless replay has none."""
    assert describe(moment(50), 10) == "5/s, 0:00:10 left"
    assert describe(moment(50, left=3600.0), 10) == "5/s, 1:00:00 left"
    assert describe(moment(50, total=None, left=None), 10) == "5/s"
    assert describe(moment(0), 0) == "0/s, 0:00:00 left"


def test_a_file_gets_lines_only_every_few_seconds() -> None:
    """A short replay leaves none."""
    stream = io.StringIO()
    with shown(stream=stream) as watch:
        watch(moment(1))
    assert stream.getvalue() == ""


def test_a_terminal_gets_a_bar() -> None:
    """Which is gone at the end."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with shown(stream=stream) as watch:
        watch(moment(100))
    assert "100/100" in stream.getvalue()
