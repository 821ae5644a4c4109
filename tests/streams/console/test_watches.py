"""The watches in force, and how much each told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.mentions.watchlist import WatchlistError, parse
from streams.console.known import Known
from streams.console.watches import MOST_TERMS, InForce, LastAlert, Lately, watches
from streams.topology import ALERTS, SUPPRESSED, WATCHLIST, WORKERS
from streams.watches.applied import Applied
from streams.watches.entries import encode
from tests.streams.console.conftest import NOON, MakeAlert, alert_id
from tests.streams.why.conftest import WATCHES

if TYPE_CHECKING:
    from pathlib import Path

FILE = parse(WATCHES, "w")


@pytest.fixture
def in_force(tmp_path: Path) -> InForce:
    """The file that the console was started with."""
    (tmp_path / "w.yaml").write_text(WATCHES)
    return InForce(tmp_path / "w.yaml")


def held(minutes: int) -> bytes:
    """A mention so long ago that was held back."""
    at = NOON - timedelta(minutes=minutes)
    return msgspec.json.encode({"watch": "ceasefire", "reason": "duplicate", "detected_at": at})


def worker(known: Known, name: str, version: str) -> None:
    said = Applied(worker=name, version=version, watches=3, source="file", time=NOON)
    known.take(WORKERS, name.encode(), msgspec.json.encode(said))


def test_what_a_watch_told_in_the_last_hour_and_day(in_force: InForce, alert: MakeAlert) -> None:
    """And its last alert."""
    known = Known()
    for minutes in (600, 30, 5):
        known.take(SUPPRESSED, None, held(minutes))
    known.take(ALERTS, None, alert(1, detected_at=NOON - timedelta(hours=2)))
    known.take(ALERTS, None, alert(1, revision=1, detected_at=NOON - timedelta(minutes=1)))
    first = watches(known, in_force, NOON, NOON).watches[0]
    assert first.name == "ceasefire"
    assert first.hour == Lately(mentions=3, alerts=0, revisions=1)
    assert first.day == Lately(mentions=5, alerts=1, revisions=1)
    assert first.last_alert == LastAlert(
        alert_id=alert_id(1),
        story_id="0001" + "b" * 28,
        headline="Truce in Kyiv",
        detected_at=NOON - timedelta(minutes=1),
    )


def test_the_topic_goes_before_the_file(in_force: InForce) -> None:
    """As for the workers; without any the version is the file's."""
    known = Known()
    found = watches(known, in_force, NOON, NOON)
    assert (found.source, found.version, found.total) == ("file", FILE.version, 3)
    known.take(WATCHLIST, b"deadline", encode(FILE.watches[1]))
    found = watches(known, in_force, NOON, NOON)
    assert (found.source, found.total, [one.name for one in found.watches]) == ("topic", 1, ["deadline"])
    assert found.version != FILE.version


def test_it_is_told_how_many_workers_have_it_in_force(in_force: InForce) -> None:
    """None where none lives."""
    known = Known()
    assert watches(known, in_force, NOON, NOON).in_force is None
    worker(known, "a:1", FILE.version)
    worker(known, "b:1", "000000000000")
    found = watches(known, in_force, NOON, NOON)
    assert (found.workers, found.in_force) == (2, 1)


def test_a_watch_has_another_version_where_anything_is_another(tmp_path: Path) -> None:
    """And the same in another list."""
    for name, text in (("a", WATCHES), ("b", WATCHES.replace("critical", "info"))):
        (tmp_path / name).write_text(text)
    before, after = (watches(Known(), InForce(tmp_path / name), NOON, NOON).watches for name in ("a", "b"))
    same = [one.version == other.version for one, other in zip(before, after, strict=True)]
    assert same == [False, True, True]


def test_a_long_list_comes_a_page_at_a_time(tmp_path: Path) -> None:
    """Each watch once, and of many terms the first."""
    names = [f"w{number:03}" for number in range(25)]
    terms = ", ".join(f"term{number}" for number in range(60))
    (tmp_path / "w").write_text("".join(f"- {{name: {name}, terms: [{terms}]}}\n" for name in names))
    in_force, found, after = InForce(tmp_path / "w"), [], ""
    while True:
        page = watches(Known(), in_force, NOON, NOON, after=after, most=10)
        assert (page.total, len(page.watches) <= 10) == (25, True)
        found += page.watches
        if page.next is None:
            break
        after = page.next
    assert [one.name for one in found] == names
    assert (len(found[0].terms), found[0].terms_total) == (MOST_TERMS, 60)


def test_a_file_that_is_no_watchlist_is_told(tmp_path: Path) -> None:
    """With what is wrong with it."""
    (tmp_path / "w").write_text("watches: 3")
    with pytest.raises(WatchlistError, match="watches"):
        watches(Known(), InForce(tmp_path / "w"), NOON, NOON)
