"""Alerts as they are on the topic, and a feed that has read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from agents.mentions.watchlist import parse
from streams.console.feed import Feed
from streams.console.known import Known
from streams.console.log import Record
from streams.console.lookups import Lookups
from streams.settings import load
from streams.why.asking import opened
from streams.why.explain import InForce
from tests.streams.why.conftest import INPUTS, WATCHES, write

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)
HOSTILE = "</script><b>\r\nevent: gap\ndata: {}\n\n\x00\x85event: gap\u2028data: {}\u2029\u202e‹ÅÇ›\\"
MakeAlert = Callable[..., bytes]


def alert_id(number: int) -> str:
    return f"{number:032x}"


@pytest.fixture(scope="session")
def alert() -> MakeAlert:
    """Makes an alert as the alert step sends it."""

    def make(number: int, **changes: Any) -> bytes:
        fields: dict[str, Any] = {
            "alert_id": alert_id(number),
            "revision": 0,
            "watch": "ceasefire",
            "severity": "critical",
            "article_id": "a" * 32,
            "story_id": f"{number:04x}" + "b" * 28,
            "headline": "Truce in Kyiv",
            "source": "news.example.org",
            "event_time": NOON,
            "arrived": NOON,
            "detected_at": NOON,
            "mentions": [],
            "origin": "live",
            "seq": number,
            "schema": 1,
        }
        return msgspec.json.encode(fields | changes)

    return make


def made_feed() -> Feed:
    """A feed of a topic that was read to its end, and was empty; nobody follows it."""
    made = Feed(load({}), "alerts")
    made.life = "0d818358"
    made.caught_up.set()
    return made


def made_lookups(folder: Path) -> Lookups:
    """Looks up what a run has left in a folder; in the last day nothing came, and nobody follows it."""
    write(folder, WATCHES, INPUTS)
    settings = load({})
    made = Lookups(
        settings,
        opened=lambda limit: opened(settings, folder, limit),
        explaining=lambda: InForce(parse(WATCHES, "w"), "file w"),
    )
    made.follower.begin_with(Known(), NOON)
    return made


@pytest.fixture
def feed() -> Feed:
    """Such a feed."""
    return made_feed()


def take(feed: Feed, *raws: bytes) -> None:
    """Have a feed read alerts, as from its topic."""
    for raw in raws:
        feed.log.add(Record(feed.log.end, msgspec.json.decode(raw)["alert_id"], raw))
    feed._tell()
