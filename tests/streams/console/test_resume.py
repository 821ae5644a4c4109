"""Where a client goes on."""

from __future__ import annotations

import pytest

from streams.console.cursor import EventId
from streams.console.log import Log, Record
from streams.console.resume import Gap, Start, start

LIFE, OTHER = "0d818358", "ffffffff"


@pytest.fixture
def log() -> Log:
    """Offsets 3 to 9 are on the topic."""
    made = Log(3)
    for offset in range(3, 10):
        made.add(Record(offset, "x", b"{}"))
    return made


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, Start(10)),
        (EventId(9, LIFE), Start(10)),
        (EventId(5, LIFE), Start(6)),
        (EventId(5, None), Start(6)),
        (EventId(2, LIFE), Start(3)),
        (EventId(1, LIFE), Start(3, Gap("gone", "1-0d818358", 3))),
        (EventId(-1, LIFE), Start(3, Gap("gone", "-1-0d818358", 3))),
        (EventId(-1, None), Start(3)),
        (EventId(10, LIFE), Start(3, Gap("reset", "10-0d818358", 3))),
        (EventId(5, OTHER), Start(3, Gap("reset", "5-ffffffff", 3))),
        (EventId(-1, OTHER), Start(3, Gap("reset", "-1-ffffffff", 3))),
    ],
)
def test_after_the_last_event_or_where_the_topic_begins(
    last: EventId | None, expected: Start, log: Log
) -> None:
    """Told of what it has missed; whoever writes -1 by hand asks for what there is."""
    assert start(last, log, LIFE) == expected
