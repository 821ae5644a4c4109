"""When a record says that it came."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.lag.arrival import arrival
from streams.records import Silence, Start, Tick
from streams.topology import ALERTS, ARTICLES, OUTCOMES, RAW

OLD, CAME, FOUND = 946_684_800.0, 1_763_985_600.0, 1_763_985_603.5


def at(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def test_an_input_has_it_in_a_header() -> None:
    """Its timestamp is its event time, here of the year 2000."""
    assert arrival(RAW, b"text", [("arrived", f"{CAME}".encode())], OLD) == CAME


def test_an_input_without_that_header_came_when_it_was_sent() -> None:
    """As ingest takes it; a header that is no number is none."""
    assert arrival(RAW, b"text", [("arrived", b"noon")], CAME) == CAME


def test_other_records_have_it_in_a_field_and_never_in_their_timestamp() -> None:
    """The latest of those that are wall clock: an alert was written when it was found."""
    assert (
        arrival(ARTICLES, msgspec.json.encode({"arrived": at(CAME), "event_time": at(OLD)}), (), OLD) == CAME
    )
    alert = msgspec.json.encode({"arrived": at(CAME), "detected_at": at(FOUND), "event_time": at(OLD)})
    assert arrival(ALERTS, alert, (), OLD) == FOUND


def test_what_is_no_article_has_it_too() -> None:
    """A tick, a silence; a start says nothing, and its timestamp would be that of an old article."""
    moment = datetime.fromtimestamp(CAME, UTC)
    silence = Silence(silence_id="s", reason="r", created=moment, until=moment, seq=1)
    encode = msgspec.json.encode
    assert arrival(OUTCOMES, encode(Tick(time=moment)), (), OLD) == CAME
    assert arrival(OUTCOMES, encode(silence), (), OLD) == CAME
    assert arrival(OUTCOMES, encode(Start(seq=3)), (), OLD) is None


@given(st.none() | st.binary() | st.sampled_from([b"[1]", b'{"arrived": 3}', b'{"arrived": "0001-01-01"}']))
def test_whatever_the_bytes_nothing_is_raised(value: bytes | None) -> None:
    """Programs write to topics what they like."""
    assert arrival(ARTICLES, value, (), OLD) is None
