"""Pages of alerts, held against a list of all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.console import asked, listing
from streams.console.asked import RequestError
from tests.streams.console.conftest import NOON, alert_id, made_feed, take

if TYPE_CHECKING:
    from streams.console.feed import Feed
    from tests.streams.console.conftest import MakeAlert

ALERTS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["info", "critical"])), max_size=25)


async def pages(feed: Feed, *pairs: tuple[str, str], coming: tuple[bytes, ...] = ()) -> list[bytes]:
    """All pages, one after the other; an alert comes in after each."""
    found: list[bytes] = []
    cursor: list[tuple[str, str]] = []
    while True:
        page = await listing.page(feed, asked.page([*pairs, *cursor], NOON), NOON)
        found += page.alerts
        take(feed, *coming)
        if page.next is None:
            return found
        cursor = [("cursor", str(page.next))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    alerts=ALERTS, limit=st.integers(1, 7), severity=st.sampled_from(["", "critical"]), every=st.booleans()
)
async def test_pages_put_together_are_the_list(
    alerts: list[tuple[int, str]], limit: int, severity: str, every: bool, alert: MakeAlert
) -> None:
    """Newest first, each once, as it was when the first page was asked for, whatever comes meanwhile."""
    feed = made_feed()
    raws = [alert(number, severity=graded, seq=n) for n, (number, graded) in enumerate(alerts)]
    take(feed, *raws)
    states = {alert_id(number): raw for (number, _), raw in zip(alerts, raws, strict=True)}
    wanted = raws if every else [raw for raw in raws if raw in states.values()]
    expected = [raw for raw in wanted if msgspec.json.decode(raw)["severity"] == (severity or mixed(raw))]
    pairs = [("limit", str(limit)), ("revisions", "all" if every else "newest")]
    pairs += [("severity", severity)] if severity else []
    coming = (alert(0, severity="critical"), alert(9, severity="critical"))
    assert await pages(feed, *pairs, coming=coming) == expected[::-1]


def mixed(raw: bytes) -> str:
    return str(msgspec.json.decode(raw)["severity"])


async def test_a_state_that_is_not_what_is_asked_for_is_not_in_the_list(feed: Feed, alert: MakeAlert) -> None:
    """Though an older revision was."""
    take(feed, alert(1, source="a"), alert(1, source="b", revision=1))
    assert await pages(feed, ("source", "a")) == []
    assert await pages(feed, ("source", "a"), ("revisions", "all")) == [alert(1, source="a")]


async def test_a_page_has_its_size(feed: Feed, alert: MakeAlert, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which one alert alone may be above; the rest comes with the next page."""
    raws = [alert(number, headline="x" * 1000) for number in range(5)]
    take(feed, *raws)
    monkeypatch.setattr(listing, "PAGE_BYTES", len(raws[0]) * 2)
    page = await listing.page(feed, asked.page([], NOON), NOON)
    assert page.alerts == raws[:2:-1]
    assert await pages(feed) == raws[::-1]
    monkeypatch.setattr(listing, "PAGE_BYTES", 1)
    assert await pages(feed) == raws[::-1]


async def test_a_page_has_its_time(feed: Feed, alert: MakeAlert, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is looked for in vain ends all the same, and goes on from there."""
    take(feed, *(alert(number) for number in range(1200)))
    monkeypatch.setattr(listing, "SCAN_SECONDS", 0.0)
    page = await listing.page(feed, asked.page([("watch", "other")], NOON), NOON)
    assert page.alerts == []
    assert page.next is not None
    monkeypatch.undo()
    assert await pages(feed, ("watch", "other")) == []


async def test_a_list_of_another_topic_is_not_gone_on_with(feed: Feed, alert: MakeAlert) -> None:
    """It would show alerts twice, or leave some out."""
    take(feed, alert(1), alert(2))
    page = await listing.page(feed, asked.page([("limit", "1")], NOON), NOON)
    feed.life = "ffffffff"
    with pytest.raises(RequestError, match="cursor: it is of another topic"):
        await listing.page(feed, asked.page([("cursor", str(page.next))], NOON), datetime.now(UTC))


async def test_a_stream_goes_on_where_the_list_ends(feed: Feed, alert: MakeAlert) -> None:
    """The same from every page."""
    take(feed, alert(1), alert(2))
    page = await listing.page(feed, asked.page([("limit", "1")], NOON), NOON)
    take(feed, alert(3))
    second = await listing.page(feed, asked.page([("cursor", str(page.next))], NOON), NOON)
    assert str(page.last) == str(second.last) == "1-0d818358"
