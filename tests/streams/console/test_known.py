"""What records say of an edition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from agents.mentions.watchlist import parse
from streams.console.known import Known, Tallied, moment
from streams.topology import ALERTS, OUTCOMES, SHADOW, SUPPRESSED, WATCHLIST, WORKERS
from streams.watches.applied import Applied
from streams.watches.entries import encode
from tests.streams.console.conftest import NOON, MakeAlert
from tests.streams.why.conftest import WATCHES

MENTION = {"watch": "ceasefire", "detected_at": NOON}


def take(known: Known, topic: str, value: Any, key: bytes = b"k") -> None:
    known.take(topic, key, value if isinstance(value, bytes | None) else msgspec.json.encode(value))


def counts(known: Known) -> dict[str, int]:
    """Of the watch `ceasefire`."""
    found = known.watches.since(NOON - timedelta(days=1))
    return {what: found[Tallied("ceasefire", what)] for what in ("mentions", "alerts", "revisions")}


def test_each_article_that_mentions_a_watch_is_one_mention(alert: MakeAlert) -> None:
    """Whether it alerts, has an alert sent again, or is held back."""
    known = Known()
    take(known, ALERTS, alert(1))
    take(known, ALERTS, alert(1, revision=1, change="coverage"))
    take(known, SUPPRESSED, MENTION | {"reason": "duplicate"})
    take(known, SUPPRESSED, MENTION | {"reason": "silence"})
    assert counts(known) == {"mentions": 4, "alerts": 1, "revisions": 1}


def test_what_is_out_of_scope_or_no_article_is_no_mention(alert: MakeAlert) -> None:
    """A date that comes near is an alert all the same."""
    known = Known()
    date = {"due": "2025-11-27", "left": "24h", "alerts": []}
    take(known, SUPPRESSED, MENTION | {"reason": "out_of_scope"})
    take(known, SUPPRESSED, MENTION | {"reason": "silence", "deadline": date})
    take(known, ALERTS, alert(1, deadline=date))
    assert counts(known) == {"mentions": 0, "alerts": 1, "revisions": 0}


def test_an_alert_on_trial_is_told_on_two_topics_and_counts_once(alert: MakeAlert) -> None:
    """The ledger has the mention."""
    known = Known()
    take(known, SHADOW, alert(1, stage="shadow"))
    take(known, SUPPRESSED, MENTION | {"reason": "shadow"})
    assert counts(known) == {"mentions": 1, "alerts": 1, "revisions": 0}
    assert known.last["ceasefire"].headline == "Truce in Kyiv"
    assert known.last_alert is None  # nobody was told


def test_articles_count_once_each_and_say_what_found_their_entities() -> None:
    """What came again after a crash, a tick and the beginning do not."""
    known = Known()
    outcome = {"type": "outcome", "arrived": NOON, "watchlist": "v1"}
    take(known, OUTCOMES, {"type": "start", "seq": 0})
    take(known, OUTCOMES, {"type": "tick", "time": NOON})
    take(known, OUTCOMES, outcome | {"status": "new", "model": {"name": "m", "version": "1"}})
    take(known, OUTCOMES, outcome | {"status": "exact_duplicate", "watchlist": "v2"})
    take(
        known,
        OUTCOMES,
        outcome | {"status": "new", "redelivered": True, "arrived": NOON + timedelta(hours=1)},
    )
    assert known.articles.since(NOON) == {"new": 1, "exact_duplicate": 1}
    assert known.model is not None
    assert (known.model.name, known.decided_by, known.last_arrived) == ("m", "v2", NOON)


def test_the_watchlist_is_what_is_on_its_topic() -> None:
    """The newest record of a name counts; one that is no watch changes nothing, and is told."""
    known = Known()
    assert known.watchlist() is None
    watchlist = parse(WATCHES, "w")
    for watch in watchlist.watches:
        take(known, WATCHLIST, encode(watch), watch.name.encode())
    found = known.watchlist()
    assert found is not None
    assert found.version == watchlist.version
    assert known.watchlist() is found
    take(known, WATCHLIST, b"{", b"deadline")
    assert list(known.bad) == ["deadline"]
    take(known, WATCHLIST, None, b"deadline")
    left = known.watchlist()
    assert left is not None
    assert [watch.name for watch in left.watches] == ["ceasefire", "sanctions"]
    assert known.bad == {}


def test_workers_that_are_silent_or_said_goodbye_are_gone() -> None:
    """As `newswatch watch list` has it."""
    known, now = Known(), datetime.now(UTC)
    said = Applied(worker="a:1", version="v", watches=3, source="file", time=now)
    take(known, WORKERS, said, b"a:1")
    take(known, WORKERS, msgspec.structs.replace(said, worker="b:1", time=now - timedelta(minutes=2)), b"b:1")
    take(known, WORKERS, msgspec.structs.replace(said, worker="c:1", stopped=True), b"c:1")
    assert known.workers(now) == [said]
    take(known, WORKERS, None, b"a:1")
    assert known.workers(now) == []


@pytest.mark.parametrize("topic", [ALERTS, SUPPRESSED, OUTCOMES, WORKERS])
@pytest.mark.parametrize("value", [b"", b"{", b"[]", b'{"watch": 1}', b"\xff", None])
def test_what_can_not_be_read_is_passed_over(topic: str, value: bytes | None) -> None:
    """The rest goes on."""
    known = Known()
    take(known, topic, value)
    assert counts(known) == {"mentions": 0, "alerts": 0, "revisions": 0}


@pytest.mark.parametrize("field", ["detected_at", "arrived", "time", "created"])
def test_a_record_says_when_it_was_written(field: str) -> None:
    """By the wall clock, whatever it is."""
    assert moment(msgspec.json.encode({field: NOON})) == NOON
    assert moment(b"{}") is moment(None) is moment(b"{") is None


def test_a_copy_puts_the_watchlist_together_for_both(alert: MakeAlert) -> None:
    """In its own time: what comes meanwhile is not in it, and a watch that came is not forgotten for it."""
    known, (first, second, third) = Known(), parse(WATCHES, "w").watches
    take(known, WATCHLIST, encode(first), first.name.encode())
    copy = known.copy()
    take(known, ALERTS, alert(1))
    assert copy.last == {}
    put = copy.watchlist()
    known.put_together(copy)
    assert known.watchlist() is put
    copy = known.copy()
    take(known, WATCHLIST, encode(second), second.name.encode())
    copy.watchlist()
    known.put_together(copy)
    found = known.watchlist()
    assert found is not None
    assert [watch.name for watch in found.watches] == [first.name, second.name]
    copy = known.copy()
    copy.take(WATCHLIST, third.name.encode(), encode(third))
    assert known.watchlist() is found
