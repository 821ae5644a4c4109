"""What differs between two sides, and how it is counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.backtest.compare import Difference, Range, Tally, by_kind, compare, differences
from streams.backtest.side import Sent
from streams.records import Alert

if TYPE_CHECKING:
    from streams.records import Sequenced

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def alert(seq: int, watch: str = "truce", **fields: Any) -> Alert:
    given: dict[str, Any] = {
        "alert_id": f"{seq}/{watch}",
        "watch": watch,
        "severity": "info",
        "article_id": "a",
        "story_id": "s",
        "headline": "",
        "event_time": NOW,
        "arrived": NOW,
        "detected_at": NOW,
        "mentions": (),
        "origin": "replay",
        "seq": seq,
    }
    return Alert(**{**given, **fields})


def test_what_only_one_side_has_is_lost_or_gained() -> None:
    """By watch; the order is that of the sides."""
    one, other, both = alert(1), alert(1, "deadline"), alert(1, "war")
    assert list(differences([one, both], [both, other])) == [
        Difference(before=one, after=None),
        Difference(before=None, after=other),
    ]


def test_what_both_have_in_another_way_is_changed_in_these_fields() -> None:
    """When a worker detected it is no difference."""
    before = alert(1)
    after = replace(before, severity="critical", revision=1, detected_at=NOW + timedelta(days=1))
    (found,) = differences([before], [after])
    assert found.fields == ("revision", "severity")
    assert list(differences([before], [replace(before, detected_at=NOW + timedelta(days=1))])) == []


records = st.lists(
    st.builds(
        alert,
        st.integers(0, 140),
        st.sampled_from(["truce", "war"]),
        revision=st.integers(0, 1),
        stage=st.sampled_from(["live", "shadow"]),
    ),
    unique_by=lambda item: (item.seq, item.watch),
)


@given(one=records, other=records)
def test_the_counts_of_the_two_sides_follow_from_what_differs(
    news: list[Sequenced], one: list[Alert], other: list[Alert]
) -> None:
    """What was before and is gained, less what is lost, is what is after; the same makes no difference."""
    there = {article.seq for article in news}
    one, other = ([item for item in side if item.seq in there] for side in (one, other))
    tally = Tally()
    found = list(compare(news, Sent(one), Sent(other), Range(), tally))
    assert by_kind(tally.before) == Counter(_kind(item) for item in one)
    assert len(one) + tally.gained.total() - tally.lost.total() == len(other)
    assert tally.differ == bool(found) == ({_key(item) for item in one} != {_key(item) for item in other})
    same = Tally()
    assert list(compare(news, Sent(one), Sent(one), Range(), same)) == []
    assert not same.differ


def _key(item: Alert) -> tuple[object, ...]:
    return (item.seq, item.watch, item.revision, item.stage)


def _kind(item: Alert) -> str:
    return "shadow" if item.stage == "shadow" else "revisions" if item.revision else "alerts"


def test_only_the_range_counts(news: list[Sequenced]) -> None:
    """From its first moment up to its last without it; load is for each day with news."""
    first, last = news[20].event_time, news[60].event_time
    sent = [alert(item.seq, event_time=item.event_time) for item in news]
    within = [item for item in news if first <= item.event_time < last]
    tally = Tally()
    found = list(compare(news, Sent(sent), Sent([]), Range(first, last), tally))
    assert [item.before.seq for item in found if item.before] == [item.seq for item in within]
    assert tally.articles == len(within)
    assert tally.per_day(tally.before, "truce", "alerts") == len(within) / len(tally.days)


def test_what_was_sent_for_an_article_that_is_gone_is_lost_in_its_range(news: list[Sequenced]) -> None:
    """Kafka deletes the oldest articles before the oldest alerts."""
    gone = [alert(10_001, event_time=NOW - timedelta(days=9)), alert(10_000)]
    tally = Tally()
    found = compare(news, Sent(gone), Sent([]), Range(NOW), tally)
    assert list(found) == [Difference(before=gone[1], after=None)]


def test_one_wrong_date_makes_one_day(news: list[Sequenced]) -> None:
    """The load must not be spread over half a century."""
    wrong = replace(news[3], event_time=datetime(1970, 1, 1, tzinfo=UTC))
    right, tally = Tally(), Tally()
    list(compare(news, Sent([]), Sent([]), Range(), right))
    list(compare([*news[:3], wrong, *news[4:]], Sent([]), Sent([]), Range(), tally))
    assert len(tally.days) == len(right.days) + 1


def test_the_load_of_no_news_is_none() -> None:
    """Not a division by zero."""
    tally = Tally()
    assert tally.per_day(tally.before, "truce", "alerts") == pytest.approx(0)
