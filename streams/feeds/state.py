"""What is known of a feed from one poll to the next, and which of its entries are news after that."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.ingest.identity import digest, normalised_words
from streams.records import SCHEMA_VERSION
from streams.replay.order import in_time_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.feeds.feed import Feed
    from streams.feeds.reading import Entry

KEPT = 3
"""Times as many entries as are in the feed are remembered: behind some addresses are several servers, and
what one has dropped another still shows."""
KEPT_AT_LEAST = 100
TRIES = 3
"""Polls in which the page of an entry is tried when it can't be had for now."""
_KEY_DIGITS = 16
_CONTENT_DIGITS = 8


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """An entry that was published or passed over."""

    content: str
    """Digest of its words."""
    tries: int = 0
    """Polls in which its page could not be had, and it went out without; 0: nothing is left to try."""


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """`feeds.state`: what is known of a feed, so that nothing is asked for or published twice."""

    feed: str
    """Its address as in the file of feeds, without what comes from the environment."""
    etag: str | None = None
    last_modified: str | None = None
    body: str | None = None
    """Digest of what it last sent; none while entries are left for the next poll."""
    seen: dict[str, Seen] = {}
    """By digest of the entry's id, the newest last."""
    not_before: datetime | None = None
    """Until when its server asked to be left alone."""
    gone: datetime | None = None
    """Since when its server says that it is gone for good."""
    time: datetime | None = None
    """Wall clock."""
    schema: int = SCHEMA_VERSION


class Wanted(NamedTuple):
    """An entry to be published."""

    entry: Entry
    key: str
    content: str
    again: bool
    """It was published before, with other words or without its page."""
    tries: int
    """Polls in which its page could not be had."""


class Selection(NamedTuple):
    """The entries of a poll, told apart."""

    wanted: list[Wanted]
    """By publication, the oldest first."""
    known: int
    old: int
    """Dated too long ago."""
    left: int
    """More than one poll publishes; the next one finds them."""
    passed: dict[str, Seen]
    """The old ones, to be remembered."""
    present: tuple[str, ...]
    """Keys of all entries in the feed."""


class _Dated(NamedTuple):
    wanted: Wanted
    published: datetime | None


def select(feed: Feed, seen: dict[str, Seen], entries: Sequence[Entry], now: datetime) -> Selection:
    """Tell which entries to publish."""
    oldest = now - timedelta(seconds=feed.max_age)
    known = old = 0
    wanted: list[_Dated] = []
    passed: dict[str, Seen] = {}
    keyed = _keyed(entries)
    # A feed has its newest entry first: undated ones keep that order, turned round.
    for key, entry in reversed(keyed.items()):
        content = _content(entry)
        before = seen.get(key)
        if before is not None and not before.tries and (before.content == content or not feed.updates):
            known += 1
        elif entry.newest is not None and entry.newest < oldest:
            old += 1
            passed[key] = Seen(content)
        else:
            again = before is not None
            tries = before.tries if before is not None and before.content == content else 0
            item = Wanted(entry, key, content, again, tries)
            wanted.append(_Dated(item, entry.updated or entry.published if again else entry.published))
    ordered = [dated.wanted for dated in in_time_order(wanted)]
    return Selection(ordered[: feed.most], known, old, max(0, len(ordered) - feed.most), passed, tuple(keyed))


def remembered(seen: dict[str, Seen], done: dict[str, Seen], present: Sequence[str]) -> dict[str, Seen]:
    """All that is known after a poll, bounded by the size of the feed."""
    all_ = {key: value for key, value in seen.items() if key not in done} | done
    there = set(present)
    gone = [key for key in all_ if key not in there]
    drop = set(gone[: max(0, len(all_) - max(KEPT * len(there), KEPT_AT_LEAST))])
    return {key: value for key, value in all_.items() if key not in drop}


def _keyed(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Entries by key; of two that are the same the first. An id that several have tells nothing alone."""
    ids = Counter(entry.id for entry in entries)
    keyed: dict[str, Entry] = {}
    for entry in entries:
        name = entry.id if ids[entry.id] == 1 else f"{entry.id}\n{entry.link}\n{entry.title}"
        keyed.setdefault(digest(name)[:_KEY_DIGITS], entry)
    return keyed


def _content(entry: Entry) -> str:
    """Digest of an entry's words: spaces and punctuation don't change it."""
    words = normalised_words(f"{entry.title or ''}\n{entry.text}")
    return digest(" ".join(words))[:_CONTENT_DIGITS]
