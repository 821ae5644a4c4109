"""What is held in memory of a topic, and what is not."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.console.log import BLOCK, Log, Record, read, within


def record(offset: int, size: int = 10) -> Record:
    return Record(offset, str(offset), b"x" * size)


@given(sizes=st.lists(st.integers(1, 100), max_size=50), most=st.integers(1, 300))
def test_the_newest_stay_in_memory(sizes: list[int], most: int) -> None:
    """As many as there is room for, and the last one whatever its size; from `kept` on all are there."""
    log = Log(most_bytes=most)
    for offset, size in enumerate(sizes):
        log.add(record(offset, size))
    held = log.after(0)
    assert [one.offset for one in held] == list(range(log.kept, len(sizes)))
    assert sum(len(one.raw) for one in held) <= most or len(held) == 1
    if log.kept:
        assert sum(sizes[log.kept - 1 :]) > most


@given(skipped=st.sets(st.integers(0, 30)), low=st.integers(0, 35))
def test_blocks_from_either_end(skipped: set[int], low: int) -> None:
    """Over offsets that no alert has, too."""
    log = Log()
    for offset in range(30):
        if offset in skipped:
            log.skip(offset)
        else:
            log.add(record(offset))
    there = [offset for offset in range(30) if offset not in skipped]
    assert [one.offset for one in log.after(low)] == [offset for offset in there if offset >= low]
    assert [one.offset for one in log.before(low)] == [offset for offset in there if offset < low][::-1]
    assert log.end == 30


def test_a_block_is_not_all_there_is() -> None:
    """To filter much takes time, in which nobody else is served."""
    log = Log()
    for offset in range(2 * BLOCK):
        log.add(record(offset))
    assert [one.offset for one in log.after(3)] == list(range(3, BLOCK + 3))
    assert [one.offset for one in log.before(2 * BLOCK)] == list(range(2 * BLOCK - 1, BLOCK - 1, -1))


def test_where_the_topic_begins_only_moves_on() -> None:
    """What has left it is not listed."""
    log = Log(5)
    assert (log.begin, log.end, log.listed) == (5, 5, 5)
    log.add(record(5))
    log.forget(6)
    log.forget(3)
    assert (log.begin, log.listed) == (6, 6)


@pytest.mark.parametrize(
    "raw", [None, b"", b"{broken", b"[]", b"{}", b'{"alert_id":1}', b'{"alert_id":"x","h":"\xff"}']
)
def test_what_is_no_alert_is_none(raw: bytes | None) -> None:
    """A deletion, no JSON, another record, what is no UTF-8 and so could not be sent on."""
    assert read(1, raw) is None


def test_an_alert_is_taken_as_it_is() -> None:
    """Of any later shape; only line breaks between its parts go."""
    assert read(7, b'{"later":1.0,"alert_id":"x"}') == Record(7, "x", b'{"later":1.0,"alert_id":"x"}')
    assert read(7, b'{\n "alert_id": "x"\n}') == Record(7, "x", b'{"alert_id":"x"}')


@given(st.text())
def test_any_headline_stays_on_one_line(headline: str) -> None:
    """And is the same when it is read again."""
    raw = msgspec.json.format(msgspec.json.encode({"alert_id": "x", "headline": headline}), indent=2)
    found = read(0, raw)
    assert found is not None
    assert not {b"\n", b"\r"} & {found.raw[n : n + 1] for n in range(len(found.raw))}
    assert msgspec.json.decode(found.raw)["headline"] == headline


@given(sizes=st.lists(st.integers(1, 100)), most=st.integers(1, 200))
def test_the_newest_of_a_reading_that_fit(sizes: list[int], most: int) -> None:
    """At least one; the next reading begins below the last."""
    records = [record(offset, size) for offset, size in enumerate(sizes)]
    kept = within(records, most)
    assert kept == records[::-1][: len(kept)]
    if len(kept) > 1:
        assert sum(len(one.raw) for one in kept) <= most
    if len(kept) < len(records):
        assert kept
        assert sum(len(one.raw) for one in kept) + len(records[-len(kept) - 1].raw) > most
