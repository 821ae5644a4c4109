"""What a message carries beside its bytes, and where its article goes."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.parse import Delivery, Refused, parse
from agents.ingest.route import delivery, emits
from streams.records import Article, Position, Rejection
from streams.topology import ARTICLES, DEAD_LETTERS

AT = Position(topic="news.raw", partition=0, offset=7)
SECONDS = 1_700_000_000.0
MOMENT = datetime.fromtimestamp(SECONDS, UTC)

headers = st.lists(
    st.tuples(
        st.sampled_from(["arrived", "origin", "uri", "name"]) | st.text(),
        st.binary() | st.sampled_from([b"nan", b"-inf", b"1e400", b"-1", b"9e99", b"1_0", b"\xd9\xa1"]),
    )
)


@given(st.none() | st.binary(), headers, st.floats(-1, 1e15))
def test_no_header_and_no_timestamp_is_an_error(
    payload: bytes | None, given_: list[tuple[str, bytes]], timestamp: float
) -> None:
    """The article matters more than what stands beside it."""
    made = delivery(payload, AT, timestamp=timestamp, headers=given_)
    assert (made.payload, made.position) == (payload or b"", AT)
    assert made.origin in {"live", "replay"}
    assert made.arrived.tzinfo is UTC


def test_headers_say_where_it_comes_from_and_when_it_arrived() -> None:
    """Kafka's own timestamp is the event time once a record was replayed, so arrival has a header."""
    given_ = [
        ("origin", b"replay"),
        ("arrived", b"1600000000.5"),
        ("uri", b"https://a.example/1"),
        ("name", b"a"),
    ]
    made = delivery(b"x", AT, timestamp=SECONDS, headers=given_)
    expected = Delivery(
        payload=b"x",
        position=AT,
        arrived=datetime.fromtimestamp(1_600_000_000.5, UTC),
        origin="replay",
        uri="https://a.example/1",
        name="a",
    )
    assert expected == made


def test_without_headers_it_arrived_when_kafka_says_and_is_live() -> None:
    """Any producer may send, with nothing but bytes; a time that is none counts as no header."""
    bare = Delivery(payload=b"x", position=AT, arrived=MOMENT, origin="live")
    assert bare == delivery(b"x", AT, timestamp=SECONDS)
    for wrong in (b"soon", b"nan", b"-5", b"", b"1e300"):
        assert bare == delivery(b"x", AT, timestamp=SECONDS, headers=[("arrived", wrong)])


@given(st.binary(max_size=80))
def test_each_input_has_exactly_one_record_among_the_articles(payload: bytes) -> None:
    """The article, or its rejection after its dead letter; both stamped with the event time."""
    result = parse(Delivery(payload=payload, position=AT, arrived=MOMENT, origin="live"))
    sent = emits(result)
    if isinstance(result, Refused):
        assert [emit.topic for emit in sent] == [DEAD_LETTERS, ARTICLES]
        assert {emit.key for emit in sent} == {"news.raw/0/7"}
        assert isinstance(sent[-1].value, Rejection)
    else:
        assert [(emit.topic, emit.key) for emit in sent] == [(ARTICLES, result.article_id)]
        assert isinstance(sent[-1].value, Article)
        assert sent[-1].time == result.event_time
