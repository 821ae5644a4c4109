"""Dates tied to a mention."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.due import due_of

MONDAY = datetime(2025, 11, 24, 10, 30, tzinfo=UTC)


def due(marked: str, now: datetime | None = MONDAY) -> str | None:
    left, mention, right = marked.split("**")
    return due_of(left + mention + right, len(left), len(left) + len(mention), now)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The **deadline** of November 27 stands.", "2025-11-27"),
        ("A **deadline** set by Trump for November 27", "2025-11-27"),
        ("They must answer the **ultimatum** by Friday.", "2025-11-28"),
        ("By Friday they must answer the **ultimatum**.", "2025-11-28"),
        ("Friday's **deadline** looms.", "2025-11-28"),
        ("A 24-hour **ultimatum** was issued.", "2025-11-25T10:30:00Z"),
        ("The **ultimatum**, sent on Sunday, expires on Wednesday.", "2025-11-26"),
        ("The **deadline** passed last Friday.", "2025-11-21"),
        ("The **deadline** expired on Friday.", "2025-11-21"),
        ("If the **deadline** expires on Friday, nobody knows.", "2025-11-28"),
        ("An **ultimatum** of 72 hours", "2025-11-27T10:30:00Z"),
        ("The **deadline** is two days away.", "2025-11-26"),
        ("The **deadline** (November 27) is firm.", "2025-11-27"),
        ("Friday is the final **deadline**.", "2025-11-28"),
        ("The **deadline** — November 27 — is firm.", "2025-11-27"),
        ("The **deadline** for replies: 27/11.", "2025-11-27"),
        ("The **deadline** will be December 1.", "2025-12-01"),
        ("The **deadline** for bids closes on December 1.", "2025-12-01"),
        ("A **deadline** of “10 or 12 days” was named.", "2025-12-06"),
        ("Tuesday's **deadline** was moved to Thursday.", "2025-11-27"),
        ("The **deadline** of November 27 was extended until December 5.", "2025-12-05"),
        ("The **deadline** was set on Friday.", None),
        ("No **deadline**, he said on Friday.", None),
        ("They met on Friday over a **deadline**.", None),
        ("The **deadline** stands; talks run until Friday.", None),
        ("The **deadline** stands.", None),
    ],
)
def test_only_a_date_that_the_text_ties_to_the_mention_counts(text: str, expected: str | None) -> None:
    """Not the day on which somebody spoke of it."""
    assert expected == due(text)


def test_the_nearest_counts() -> None:
    """Of two that are tied to it."""
    assert due("The **deadline** of May 9 was to end by June 1.") == "2026-05-09"


def test_a_row_without_a_date() -> None:
    """A year is enough."""
    assert due("The **deadline** of November 27, 2025", None) == "2025-11-27"
    assert due("The **deadline** of November 27", None) is None


PIECES = st.sampled_from(
    [
        *("by", "before", "until", "of", "the", "on", "at", "within", "next", "end", "passed", ",", "."),
        *("31", "29", "0", "999", "2099", "48", "February", "noon", "25", "12:30", "p.m.", "ET"),
        *("Friday's", "hours", "weeks", "month", "the 31st"),
    ]
)


@given(
    st.lists(PIECES, max_size=8).map(" ".join),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.datetimes(datetime(1605, 1, 1), datetime(9999, 12, 31)).map(lambda time: time.replace(tzinfo=UTC)),  # noqa: DTZ001
)
def test_what_is_due_is_a_date(left: str, right: str, now: datetime) -> None:
    """Or nothing, however the pieces fall, and whenever it was written."""
    found = due(f"{left} **deadline** {right}", now)
    if found is not None:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?", found)
        datetime.fromisoformat(found)
