"""How far groups are behind."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from streams.lag.reckon import Reckoner, next_unread
from streams.lag.seen import Lag


class Part(NamedTuple):
    """A partition."""

    topic: str
    partition: int = 0


RAW, UNIQUE = Part("t1.news.raw"), Part("t1.news.unique", 3)


@pytest.mark.parametrize(
    ("committed", "begin", "end", "unread"),
    [
        (7, 0, 10, 7),
        (10, 0, 10, 10),
        (None, 0, 10, 0),  # new to the topic
        (None, 4, 10, 4),
        (2, 5, 10, 5),  # deleted unread
        (50, 0, 10, 0),  # the topic was made anew
        (None, 0, 0, 0),
    ],
)
def test_where_a_group_reads_next(committed: int | None, begin: int, end: int, unread: int) -> None:
    """At what it acknowledged, else at the beginning."""
    assert next_unread(committed, begin, end) == unread


def test_lag_in_records_and_in_seconds() -> None:
    """Of each group in each partition; topics go by their plain names."""
    reckoner = Reckoner("t1.")
    reckoner.see({RAW: 5, UNIQUE: 0}, 100.0)
    reckoner.see({RAW: 5, UNIQUE: 4}, 105.0)
    ends = {RAW: 8, UNIQUE: 4}
    reckoner.see(ends, 110.0)
    unread = {"g": {RAW: 6, UNIQUE: 1}, "h": {UNIQUE: 4}}
    assert reckoner.lags(unread, ends, 112.0) == [
        Lag("g", "news.raw", 0, 2, 2.0),
        Lag("g", "news.unique", 3, 3, 7.0),
        Lag("h", "news.unique", 3, 0, 0.0),
    ]


def test_only_records_older_than_the_first_look_are_asked() -> None:
    """And only once, whatever they say."""
    reckoner = Reckoner("t1.")
    ends = {RAW: 5, UNIQUE: 3}
    reckoner.see(ends, 100.0)
    unread = {"g": {RAW: 2, UNIQUE: 3}, "h": {RAW: 2}}
    assert reckoner.unsure(unread, ends) == {(RAW, 2)}
    reckoner.tell(RAW, 2, 40.0)
    assert reckoner.unsure(unread, ends) == set()
    assert reckoner.lags(unread, ends, 100.0)[0] == Lag("g", "news.raw", 0, 3, 60.0)


def test_a_slow_group_keeps_what_a_quick_one_no_longer_needs() -> None:
    """Its oldest unread record has an age all the same."""
    reckoner = Reckoner("")
    for number in range(1, 6):
        ends = {RAW: number}
        reckoner.see(ends, float(number))
        reckoner.lags({"quick": {RAW: number}, "slow": {RAW: 1}}, ends, float(number))
    assert reckoner.lags({"slow": {RAW: 1}}, {RAW: 5}, 5.0)[0].seconds == 3.0


def test_a_topic_that_is_gone_is_forgotten() -> None:
    """One of its name that comes later is another."""
    reckoner = Reckoner("")
    reckoner.see({RAW: 5}, 1.0)
    reckoner.see({}, 2.0)
    reckoner.see({RAW: 6}, 3.0)
    assert reckoner.unsure({"g": {RAW: 5}}, {RAW: 6}) == {(RAW, 5)}
