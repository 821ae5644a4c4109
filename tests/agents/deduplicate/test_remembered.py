"""What is remembered comes out of the table as it went in."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.likeness import Fingerprint, compare
from agents.deduplicate.remembered import Remembered, decode, encode, table_key
from streams.records import Position, Verdict

times = st.none() | st.integers(-(2**62), 2**62)
positions = st.builds(Position, topic=st.text(), partition=st.integers(0, 9), offset=st.integers(0, 2**62))
shares = st.none() | st.floats(0, 1)


@given(
    st.builds(
        Remembered,
        seq=st.integers(0, 2**62),
        position=positions,
        verdict=st.builds(Verdict, status=st.just("update"), story_id=st.text(), similarity=shares),
        time=times,
        clock=times,
        behind=st.integers(0, 999),
        within=st.integers(0, 2**40),
        article_id=st.text(),
        by_uri=st.booleans(),
        bands=st.binary(),
    )
)
def test_encoding_loses_nothing(remembered: Remembered) -> None:
    """A verdict given again after a restart is the same to the last bit."""
    assert remembered == decode(encode(remembered))


def test_the_fingerprint_is_the_text_s() -> None:
    """Compared with the text itself, all is shared."""
    text = Fingerprint.of("In 2019 the two sides agreed on 14 points, said one who was there for 3 days.")
    remembered = Remembered(
        seq=0,
        position=Position(topic="t", partition=0, offset=0),
        verdict=Verdict(status="new", story_id="s"),
        time=None,
        clock=None,
        behind=0,
        within=1,
        text=text.pack(),
    )
    again = decode(encode(remembered)).fingerprint()
    assert (text.numbers, text.names) == (again.numbers, again.names) == (("2019", "14", "3"), ())
    assert (compare(text, again).jaccard, again.count) == (1.0, text.count)


def test_what_is_no_value_is_refused() -> None:
    """A table of another release must not be read as if it were one of this."""
    with pytest.raises(msgspec.DecodeError):
        decode(msgspec.msgpack.encode({"seq": 1}))


@given(positions, positions)
def test_two_positions_have_two_keys(one: Position, other: Position) -> None:
    """Else one input would get another's verdict. Kafka allows no slash in a topic's name."""
    legal = [position for position in (one, other) if "/" not in position.topic]
    assert len(set(legal)) == len({table_key(position) for position in legal})
