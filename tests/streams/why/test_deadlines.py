"""What was told of the dates that an article names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.alerts.strike import alert_id
from tests.streams.why.conftest import write
from tests.streams.why.test_explain import told, watch, why

if TYPE_CHECKING:
    from pathlib import Path

WATCHES = """
watches:
  - {name: deadline, terms: [deadline], clock: true}
  - {name: trial, terms: [ultimatum], clock: true, stage: shadow}
"""
NOON = "Mail stopped at noon, and the deadline is 12:03 GMT on Monday."
NEWS = [
    ("a.org", NOON, "new", None),
    ("b.org", NOON, "exact_duplicate", "https://a.org/0"),
    ("c.org", "The ultimatum runs out at 12:03 GMT on Monday.", "new", None),
    ("d.org", "Fog lay over the strait.", "new", None),
    ("e.org", "The deadline of December 24 stands.", "new", None),
]
DUE = "2025-11-24T12:03:00Z"
PASSED = f"the deadline of {DUE} has passed (2025-11-24 12:03:00Z)"


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """A deadline that passes while news comes, one of a watch on trial, one that lies ahead."""
    return write(tmp_path, WATCHES, NEWS)


@pytest.mark.parametrize("asked", ["a0", "a1"])
def test_what_was_told_is_told_of_each_article_that_named_the_date(dated: Path, asked: str) -> None:
    """Also of a copy, which raised nothing itself; the article's own alert stays its own."""
    one = why(dated, asked, watches=WATCHES)
    line = f"{PASSED}: alert {alert_id('deadline', DUE)}, revision 0"
    assert watch(one, "deadline").deadlines == (line,)
    assert f"             {line}" in told(one)
    assert one.answers[0].startswith("alert for deadline" if asked == "a0" else "no alert for deadline")


def test_on_trial_it_says_so_once(dated: Path) -> None:
    """The ledger's entry is the same moment."""
    one = watch(why(dated, "a2", watches=WATCHES), "trial")
    assert one.deadlines == (f"{PASSED}: alert on trial {alert_id('trial', DUE)}, revision 0",)
    assert one.reason == "shadow"


def test_a_date_that_lies_ahead_is_said_to(dated: Path) -> None:
    """An operator sees that it was understood."""
    assert watch(why(dated, "a4", watches=WATCHES), "deadline").deadlines == (
        "nothing was told of 2025-12-24 yet",
    )


def test_what_a_silence_held_back_is_told_with_it(tmp_path: Path) -> None:
    """All that is on quiet.org is silenced."""
    folder = write(tmp_path, WATCHES, [("quiet.org", NOON, "new", None), *NEWS[2:]])
    assert watch(why(folder, "a0", watches=WATCHES), "deadline").deadlines == (
        f"{PASSED}: not told, silence s1",
    )
