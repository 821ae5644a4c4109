"""Which entries are news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.reading import Entry
from streams.feeds.state import KEPT, KEPT_AT_LEAST, FeedState, Seen, remembered, select

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.feeds.feed import Feed
    from streams.feeds.state import Selection

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def after(seen: dict[str, Seen], selection: Selection) -> dict[str, Seen]:
    """What is known when all that was wanted is published."""
    done = {item.key: Seen(item.content) for item in selection.wanted}
    return remembered(seen, selection.passed | done, selection.present)


def titles(selection: Selection) -> list[str | None]:
    return [item.entry.title for item in selection.wanted]


def dated(number: int, published: datetime | None = None, **more: str) -> Entry:
    return Entry(id=str(number), title=f"t{number}", published=published, **more)


def test_what_was_published_is_not_published_again(make_feed: Callable[..., Feed]) -> None:
    """A new entry is, wherever it stands."""
    feed = make_feed("https://example.org/rss")
    first = select(feed, {}, [dated(2), dated(1)], NOW)
    second = select(feed, after({}, first), [dated(2), dated(3), dated(1)], NOW)
    assert titles(first) == ["t1", "t2"]  # a feed has its newest first
    assert (titles(second), second.known) == (["t3"], 2)


def test_the_oldest_goes_first_and_what_is_undated_stays_where_it_stood(
    make_feed: Callable[..., Feed],
) -> None:
    """Whatever the order of the feed."""
    entries = [dated(1, NOW - HOUR), dated(3, NOW), dated(2), dated(0, NOW - 2 * HOUR)]
    assert titles(select(make_feed("https://a.org"), {}, entries, NOW)) == ["t0", "t2", "t1", "t3"]


def test_changed_words_are_published_again_unless_the_feed_is_told_not_to(
    make_feed: Callable[..., Feed],
) -> None:
    """Other spaces and quotes are no change."""
    before, same, changed = (dated(1, text=text) for text in ("A 'truce'.", "A  ‘truce’", "A truce failed."))
    feed = make_feed("https://a.org")
    seen = after({}, select(feed, {}, [before], NOW))
    assert select(feed, seen, [same], NOW).wanted == []
    [again] = select(feed, seen, [changed], NOW).wanted
    assert again.again
    assert select(make_feed("https://a.org", updates=False), seen, [changed], NOW).wanted == []


def test_old_entries_are_passed_over_and_remembered(make_feed: Callable[..., Feed]) -> None:
    """What was changed lately is not old; what has no date may be new."""
    feed = make_feed("https://a.org", max_age=3600.0)
    entries = [
        dated(1, NOW - 2 * HOUR),
        Entry(id="2", title="t2", published=NOW - 2 * HOUR, updated=NOW),
        dated(3),
        dated(4, NOW + 10 * HOUR),
    ]
    found = select(feed, {}, entries, NOW)
    assert (set(titles(found)), found.old) == ({"t2", "t3", "t4"}, 1)
    assert select(feed, after({}, found), entries, NOW).known == 4


def test_more_than_a_poll_publishes_is_left_for_the_next(make_feed: Callable[..., Feed]) -> None:
    """Nothing is lost, and the order is kept."""
    feed = make_feed("https://a.org", most=2)
    entries = [dated(number, NOW - number * HOUR / 10) for number in range(5)]
    seen: dict[str, Seen] = {}
    order: list[str | None] = []
    left = []
    for _ in range(3):
        found = select(feed, seen, entries, NOW)
        seen = after(seen, found)
        order += titles(found)
        left.append(found.left)
    assert (order, left) == (["t4", "t3", "t2", "t1", "t0"], [3, 1, 0])


def test_one_guid_for_all_tells_nothing(make_feed: Callable[..., Feed]) -> None:
    """Such entries are known by their links and titles as well; one that stands twice is one."""
    feed = make_feed("https://a.org")
    entries = [Entry(id="x", link=f"https://a.org/{n}", title=f"t{n}") for n in (1, 2, 2)]
    found = select(feed, {}, entries, NOW)
    assert titles(found) == ["t2", "t1"]
    assert select(feed, after({}, found), entries, NOW).wanted == []


def test_a_page_that_is_still_tried_keeps_its_entry_open(make_feed: Callable[..., Feed]) -> None:
    """With the count of tries; other words begin anew."""
    feed = make_feed("https://a.org")
    [item] = select(feed, {}, [dated(1)], NOW).wanted
    seen = {item.key: Seen(item.content, 2)}
    [again] = select(feed, seen, [dated(1)], NOW).wanted
    [changed] = select(feed, seen, [dated(1, text="more")], NOW).wanted
    assert (again.tries, again.again, changed.tries) == (2, True, 0)


def test_what_has_left_the_feed_is_remembered_for_a_while(make_feed: Callable[..., Feed]) -> None:
    """Behind one address are several servers; but not for ever."""
    feed = make_feed("https://a.org")
    seen = after({}, select(feed, {}, [dated(n) for n in range(40)], NOW))
    seen = after(seen, select(feed, seen, [dated(99)], NOW))
    assert select(feed, seen, [dated(5)], NOW).wanted == []
    for n in range(100, 1000, 30):
        seen = after(seen, select(feed, seen, [dated(m) for m in range(n, n + 30)], NOW))
    assert len(seen) == max(KEPT * 30, KEPT_AT_LEAST)


ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.sampled_from("abcdef"),
        link=st.none() | st.sampled_from(["https://a.org/1", "https://a.org/2"]),
        title=st.none() | st.text(max_size=5),
        text=st.text(max_size=5),
        published=st.none() | st.datetimes(timezones=st.just(UTC)),
        updated=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    max_size=12,
)


@given(ENTRIES, ENTRIES)
def test_whatever_a_feed_holds_nothing_is_published_twice_or_lost(
    make_feed: Callable[..., Feed], first: Sequence[Entry], second: Sequence[Entry]
) -> None:
    """Each entry is wanted, known, old or left; the same feed again gives nothing."""
    feed = make_feed("https://a.org", most=5)
    seen: dict[str, Seen] = {}
    for entries in (first, second):
        found = select(feed, seen, entries, NOW)
        assert len(found.wanted) + found.known + found.old + found.left == len(found.present)
        while found.wanted:
            seen = after(seen, found)
            found = select(feed, seen, entries, NOW)
        assert found.left == 0


@given(st.dictionaries(st.text(), st.builds(Seen, st.text(), st.integers(0, 3))))
def test_a_state_comes_back_from_the_topic_as_it_was(seen: dict[str, Seen]) -> None:
    """In its order too, by which the oldest are forgotten."""
    state = FeedState(feed="https://a.org", etag='"1"', seen=seen, gone=NOW)
    back = msgspec.json.decode(msgspec.json.encode(state), type=FeedState)
    assert (back, list(back.seen)) == (state, list(seen))
