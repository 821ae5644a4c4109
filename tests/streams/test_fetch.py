"""Batches as a broker sends them, looked through without taking them apart."""

from __future__ import annotations

import pytest
from aiokafka.record.default_records import DefaultRecordBatchBuilder

from streams.connect import KafkaUnusable
from streams.fetch import split

GZIP = 1


def batch(first: int, *values: bytes | None, compression: int = 0) -> bytes:
    """A batch as a producer makes it, with the offset that the broker gives it."""
    made = DefaultRecordBatchBuilder(
        magic=2,
        compression_type=compression,
        is_transactional=False,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        batch_size=1 << 20,
    )
    for offset, value in enumerate(values):
        assert made.append(offset, 0, b"key", value, []) is not None
    return first.to_bytes(8, "big") + bytes(made.build())[8:]


def test_each_batch_has_its_offsets_and_its_records() -> None:
    """A tombstone has no value, and is left out."""
    found = list(split(batch(7, b"a", None, b"c") + batch(10, b"d")))
    assert [(one.first, one.last, one.plain) for one in found] == [(7, 9, True), (10, 10, True)]
    assert [list(one.records()) for one in found] == [[(7, b"a"), (9, b"c")], [(10, b"d")]]


def test_what_is_wanted_is_looked_for_in_the_batch_alone() -> None:
    """Not in its neighbours, which lie in the same bytes."""
    first, second = split(batch(0, b"one", b"two") + batch(2, b"three"))
    assert first.contains((b"none", b"two"))
    assert not first.contains((b"three",))
    assert second.contains((b"three",))
    assert second.contains(())


def test_a_compressed_batch_may_hold_anything() -> None:
    """It is opened to see."""
    (one,) = split(batch(0, b"needle" * 100, compression=GZIP))
    assert (one.plain, one.contains((b"absent",))) == (False, True)
    assert list(one.records()) == [(0, b"needle" * 100)]


@pytest.mark.parametrize("cut", [1, 20, 60, 70])
def test_a_batch_that_was_cut_off_is_left_for_the_next_piece(cut: int) -> None:
    """The broker cuts where the piece is full."""
    assert [one.first for one in split(batch(0, b"whole") + batch(1, b"cut" * 50)[:cut])] == [0]


def test_a_batch_in_an_old_format_is_an_error() -> None:
    """Rather than read as what it isn't."""
    old = bytearray(batch(3, b"a"))
    old[16] = 1
    with pytest.raises(KafkaUnusable, match="offset 3 is in a format of before Kafka"):
        list(split(bytes(old)))
