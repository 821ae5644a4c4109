"""Which alerts a subscriber wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.subscribe.filter import Filter, FilterError, moment, sources

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)


def raw(**changes: Any) -> bytes:
    """An alert, or what is left of one."""
    fields: dict[str, Any] = {
        "watch": "ceasefire",
        "severity": "critical",
        "story_id": "30925bbf" + "0" * 24,
        "event_time": NOON,
        "source": "news.reuters.com",
        "entities": [{"canonical": "Marco Rubio", "canonical_id": "person:marco-rubio", "label": "PERSON"}],
        "later": 1,
    }
    return msgspec.json.encode(fields | changes)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, True),
        ({"watches": ("ceasefire",)}, True),
        ({"watches": ("deadline", "ceasefire")}, True),
        ({"watches": ("deadline",)}, False),
        ({"severities": ("critical", "warning")}, True),
        ({"severities": ("info",)}, False),
        ({"sources": ("News.Reuters.com",)}, True),
        ({"sources": ("*.reuters.com",)}, True),
        ({"sources": ("reuters.com",)}, False),
        ({"sources": ("newsxreuters.com",)}, False),
        ({"entities": ("marco rubio",)}, True),
        ({"entities": ("person:marco-rubio",)}, True),
        ({"entities": ("Rubio",)}, False),
        ({"stories": ("30925bbf",)}, True),
        ({"stories": ("925bbf",)}, False),
        ({"since": NOON}, True),
        ({"since": NOON + timedelta(seconds=1)}, False),
        ({"watches": ("ceasefire",), "severities": ("info",)}, False),
        ({"watches": ("ceasefire",), "sources": ("*reuters*",), "since": NOON - timedelta(days=1)}, True),
    ],
)
def test_an_alert_is_kept_if_it_is_all_that_is_asked_for(asked: dict[str, Any], kept: bool) -> None:
    """Of several values one is enough."""
    assert Filter(**asked)(raw()) == kept


@pytest.mark.parametrize("asked", [{"sources": ("*",)}, {"entities": ("x",)}])
def test_what_an_alert_does_not_have_it_is_not(asked: dict[str, Any]) -> None:
    """One without source and entities."""
    assert not Filter(**asked)(raw(source=None, entities=[]))


def test_a_source_has_two_stars_at_most() -> None:
    """With a dozen of them one hostile name takes seconds to compare."""
    assert sources(["*reuters*", "a"]) == ("*reuters*", "a")
    with pytest.raises(FilterError, match="more than 2 of"):
        sources(["a", "*" * 3])


@pytest.mark.parametrize("record", [b"{broken", b"\xff", b"{}", b"[]", b""])
def test_what_is_no_alert_is_wanted_only_where_nothing_is_asked_for(record: bytes) -> None:
    """Then it is the writer who tells of it."""
    assert Filter()(record)
    assert not Filter(severities=("critical",))(record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h", NOON - timedelta(hours=2)),
        ("3d", NOON - timedelta(days=3)),
        ("90", NOON - timedelta(seconds=90)),
        ("2025-11-23", datetime(2025, 11, 23, tzinfo=UTC)),
        ("2025-11-23T10:30Z", datetime(2025, 11, 23, 10, 30, tzinfo=UTC)),
        ("2025-11-23 12:30+02:00", datetime(2025, 11, 23, 10, 30, tzinfo=UTC)),
    ],
)
def test_how_long_ago_or_a_date(text: str, expected: datetime) -> None:
    """In UTC where it has no offset."""
    assert moment(text, NOON) == expected


@pytest.mark.parametrize("text", ["", "yesterday", "2025-13-01", "99999999999d", "-2h"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """With what it takes."""
    with pytest.raises(FilterError, match="2025-11-24"):
        moment(text, NOON)


@given(st.text())
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    """Never another error."""
    try:
        assert moment(text, NOON).tzinfo is not None
    except FilterError as error:
        assert repr(text) in str(error)  # noqa: PT017  which of the two is the text's business
