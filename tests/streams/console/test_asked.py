"""Parameters, read and judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.console import asked
from streams.console.asked import LIMIT, LIST, RequestError
from streams.console.cursor import Cursor, EventId
from streams.subscribe.filter import Filter

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_is_asked_for() -> None:
    """The filters are those of `newswatch alerts`; repeated ones add up."""
    pairs = [
        ("watch", "a"), ("watch", "b"), ("severity", "info"), ("source", "*.gov"), ("entity", "Rubio"),
        ("story", "30"), ("since", "1h"), ("stage", "shadow"), ("revisions", "all"), ("limit", "7"),
    ]  # fmt: skip
    found = asked.page(pairs, NOON)
    assert found.keep == Filter(
        watches=("a", "b"),
        severities=("info",),
        sources=("*.gov",),
        entities=("Rubio",),
        stories=("30",),
        since=NOON - HOUR,
    )
    assert (found.stage, found.revisions, found.limit, found.cursor) == ("shadow", "all", 7, None)


def test_nothing_is_asked_for() -> None:
    """The state of every alert that was sent."""
    assert asked.page([], NOON) == asked.List(Filter(), "live", "newest", LIMIT, None)
    assert asked.stream([], None, NOON) == asked.Stream(Filter(), "live", None)
    assert asked.one([]) == "live"


def test_so_long_ago_is_counted_from_the_first_page() -> None:
    """Or the end of the list would move while it is paged through."""
    place = Cursor("0d818358", 9, 4, NOON)
    found = asked.page([("since", "1h"), ("cursor", str(place))], NOON + HOUR)
    assert found.keep.since == NOON - HOUR
    assert found.cursor == place


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (("severity", "high"), "severity: no severity 'high': there is info, warning, critical"),
        (("since", "yesterday"), "since: 'yesterday' is no time"),
        (("since", "0001-01-01T00:00+14:00"), "since"),
        (("source", "*a*b*"), "source: '*a*b*' has more than 2 of '*'"),
        (("limit", "0"), "limit: '0' is no number from 1 to 500"),
        (("limit", "501"), "limit: '501' is no number"),
        (("limit", "٤"), "limit: '٤' is no number"),
        (("limit", "9" * 200), "limit: '999"),
        (("revisions", "some"), "revisions: 'some' is none of newest, all"),
        (("stage", "dead"), "stage: 'dead' is none of live, shadow"),
        (("cursor", "x"), "cursor: 'x' is no cursor"),
        (("sevrity", "info"), "sevrity: no such parameter: did you mean severity?"),
        (("zzz", ""), "zzz: no such parameter: known are watch, "),
        (("watch", "x" * 301), "watch: a value of 301 characters: 300 are the most"),
    ],
)
def test_what_is_refused_is_named(pair: tuple[str, str], says: str) -> None:
    """With what it takes."""
    with pytest.raises(RequestError) as caught:
        asked.page([pair], NOON)
    assert str(caught.value).startswith(says)
    assert caught.value.parameter == pair[0]


@pytest.mark.parametrize("name", ["since", "limit", "stage", "revisions", "cursor"])
def test_what_can_be_given_once_is_not_given_twice(name: str) -> None:
    """Nobody would know which of the two counts."""
    with pytest.raises(RequestError, match=f"{name}: given more than once"):
        asked.page([(name, "1"), (name, "1")], NOON)


def test_a_browser_that_comes_again_goes_on_where_it_was() -> None:
    """Its header is newer than what stands in the address."""
    pairs = [("last_event_id", "1-0d818358")]
    assert asked.stream(pairs, None, NOON).last == EventId(1, "0d818358")
    assert asked.stream(pairs, "5-0d818358", NOON).last == EventId(5, "0d818358")
    assert asked.stream(pairs, "", NOON).last is None
    with pytest.raises(RequestError, match="Last-Event-ID: 'x' is no event of ours"):
        asked.stream(pairs, "x", NOON)
    with pytest.raises(RequestError, match="last_event_id: 'x' is no event of ours"):
        asked.stream([("last_event_id", "x")], None, NOON)


@given(st.lists(st.tuples(st.sampled_from(LIST), st.text()), max_size=4))
def test_any_parameters_are_taken_or_refused(pairs: list[tuple[str, str]]) -> None:
    """Never another error."""
    try:
        asked.page(pairs, NOON)
    except RequestError as error:
        assert error.parameter in {name for name, _ in pairs}  # noqa: PT017
