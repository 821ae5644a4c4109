"""What the step remembers, beside what `test_desk` and `test_hygiene` show of it as a whole."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agents.alerts.remembered import Remembered
from agents.alerts.standing import Standing
from agents.alerts.term import Decided
from streams.records import Silence

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
NOON = int(NOW.timestamp() * 1000)


def stood(key: str) -> Decided:
    return Decided(key.split("/")[1], None, None, key, Standing(key, 0))


def silence(name: str, **fields: Any) -> Silence:
    until = NOW + timedelta(hours=1)
    return Silence(**{"silence_id": name, "reason": "r", "created": NOW, "until": until, "seq": 0, **fields})


def test_a_story_has_its_alerts_until_they_are_forgotten() -> None:
    """In the order of their keys, whatever the order they came in."""
    at = Remembered(window=timedelta(hours=72))
    for key, time in (("s/b", 1), ("s/a", 5), ("t/a", 5)):
        at.keep(stood(key), time)
    assert list(at.story("s")) == ["s/a", "s/b"]
    at.forget(3)
    assert list(at.story("s")) == ["s/a"]
    at.forget(9)
    assert (at.story("s"), at.story("t")) == ({}, {})


def test_a_restored_memory_knows_the_same_stories() -> None:
    """And writes nothing that has not changed."""
    at = Remembered(window=timedelta(hours=72))
    at.keep(stood("s/a"), 1)
    at.silence(silence("q"), None)
    sets, _ = at.flush(1)
    again = Remembered(window=timedelta(hours=72))
    assert again.restore({key: value for key, value in sets.items() if value is not None}, 1) == {}
    assert again.story("s") == at.story("s")
    assert again.in_force() == [silence("q")]
    assert again.flush(2) == ({}, {})


def test_silences_that_are_long_over_leave_when_another_comes() -> None:
    """One that ended late stays for articles that come late."""
    at = Remembered(window=timedelta(hours=72))
    at.silence(silence("old"), None)
    at.silence(silence("new", until=NOW + timedelta(hours=9)), NOON + 2 * 3_600_000)
    assert [item.silence_id for item in at.in_force()] == ["new"]
    at.silence(silence("new", expired=True), None)
    assert at.in_force() == []
