"""Filters in an address."""

from __future__ import annotations

from streams.console.pages.filters import Chosen, Filters

PAIRS = [
    ("watch", "truce & peace"),
    ("severity", "critical"),
    ("entity", " "),
    ("since", "3h"),
    ("limit", "5"),
    ("cursor", "0d818358-7-3-0"),
]
FILTERED = "watch=truce+%26+peace&severity=critical&since=3h"


def test_empty_fields_ask_for_nothing() -> None:
    """As a form without script sends them."""
    assert ("entity", "") not in Filters(PAIRS).pairs
    assert not Filters([("entity", ""), ("stage", "shadow")]).any
    assert Filters(PAIRS).any


def test_each_can_be_taken_away() -> None:
    """Then the list begins anew: a place in it is of the filters that it was made with."""
    without = "/?severity=critical&since=3h&limit=5"
    assert Filters(PAIRS).chosen == [Chosen("watch", "truce & peace", without)]


def test_addresses() -> None:
    """Of the newest, of older ones, of what comes after; nothing is lost on the way."""
    filters = Filters(PAIRS)
    assert filters.address() == f"/?{FILTERED}&limit=5"
    assert filters.address(cursor="c") == f"/?{FILTERED}&limit=5&cursor=c"
    assert filters.stream("4-0d818358") == f"/alerts/stream?{FILTERED}&last_event_id=4-0d818358"
    assert Filters([]).address() == "/"


def test_a_time_of_ones_own_stays_chosen() -> None:
    """Though the list has no such entry."""
    filters = Filters(PAIRS)
    assert ("3h", "since 3h") in filters.since
    assert filters.one("since") == "3h"
    assert filters.fields == "critical, 3h"
    assert len(Filters([]).since) == len(filters.since) - 1
