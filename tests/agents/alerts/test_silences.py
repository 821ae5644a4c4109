from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from agents.alerts.silences import silence_for
from streams.records import AlertEntity, Outcome, Position, Silence

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
RUBIO = AlertEntity(canonical="Marco Rubio", canonical_id="person:Marco Rubio", label="PERSON", count=1)


def outcome(seq: int = 5) -> Outcome:
    return Outcome(
        seq=seq,
        status="new",
        position=Position(topic="news.raw", partition=0, offset=seq),
        event_time=NOW,
        arrived=NOW,
        origin="replay",
        article_id="a",
        story_id="s",
        source="Reuters.com",
    )


def silence(**fields: Any) -> Silence:
    values = {
        "silence_id": "x",
        "reason": "drill",
        "created": NOW,
        "until": NOW + timedelta(hours=2),
        "seq": 5,
    }
    return Silence(**{**values, **fields})


def fits(made: Silence, *, at: datetime | None = NOW, seq: int = 5) -> bool:
    time = None if at is None else int(at.timestamp() * 1000)
    return silence_for([made], "ceasefire", outcome(seq), [RUBIO], time) is made


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"watch": "ceasefire"}, True),
        ({"watch": "cease*"}, True),
        ({"watch": "deadline"}, False),
        ({"source": "reuters.com"}, True),
        ({"source": "www.Reuters.com"}, True),
        ({"source": "*.gov"}, False),
        ({"entity": "marco rubio"}, True),
        ({"entity": "person:Marco Rubio"}, True),
        ({"entity": "Rubio"}, False),
        ({"story": "s"}, True),
        ({"story": "t"}, False),
        ({"watch": "ceasefire", "source": "reuters.com", "entity": "Marco Rubio", "story": "s"}, True),
        ({"watch": "ceasefire", "story": "t"}, False),
    ],
)
def test_all_that_is_given_must_fit(fields: dict[str, str], expected: bool) -> None:
    """Names in any case; `*` is anything in a watch or a source."""
    assert expected == fits(silence(**fields))


def test_it_begins_in_the_order_of_the_news_and_ends_in_event_time() -> None:
    """What came before it was asked for is told, however late its outcome comes."""
    made = silence(watch="ceasefire")
    assert [fits(made, seq=seq) for seq in (4, 5, 6)] == [False, True, True]
    end = made.until
    assert [fits(made, at=at) for at in (end - timedelta(seconds=1), end, None)] == [True, False, True]


def test_an_outlet_is_the_same_with_www() -> None:
    """As its articles have it at one time and not at another."""
    item = msgspec.structs.replace(outcome(5), source="www.reuters.com")
    made = silence(source="reuters.com")
    assert silence_for([made], "ceasefire", item, [], None) is made


def test_the_first_that_fits_is_named() -> None:
    """In the order in which they are given."""
    one, other = silence(silence_id="1", watch="deadline"), silence(silence_id="2", watch="*")
    assert silence_for([one, other], "ceasefire", outcome(), [], None) is other
