"""The account of a replay, and what a shell sees of it."""

from __future__ import annotations

import pytest

from streams.replay.report import Problem, Report

PROBLEM = Problem("a", "b")


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report(sent=2, acknowledged=2), 0),
        (Report(), 1),
        (Report(sent=2, acknowledged=1), 1),
        (Report(sent=2, acknowledged=1, failed=[PROBLEM]), 1),
        (Report(sent=2, acknowledged=2, unreadable=[PROBLEM]), 1),
        (Report(sent=2, acknowledged=2, stopped="broker lost"), 1),
        (Report(sent=2, acknowledged=2, stopped="interrupted"), 130),
    ],
)
def test_only_all_of_it_is_a_success(report: Report, code: int) -> None:
    """Anything unread, refused, unanswered or cut off is not."""
    assert report.exit_code == code


def test_the_line_names_what_has_no_answer() -> None:
    """Neither acknowledged nor refused: the sum must be seen to add up."""
    line = Report(sent=5, acknowledged=2, failed=[PROBLEM], stopped="broker lost", seconds=2.0).line()
    assert line == (
        "5 articles sent, 2 acknowledged, 0 unreadable in 2.0 s (1/s); 1 not taken by the broker; "
        "2 without an answer; broker lost"
    )
