"""What records of a history are, and in which order they come."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.backtest.history import HistoryError, article, in_order
from streams.records import Enriched, Sequenced


def numbered(news: list[Sequenced], seq: int) -> Sequenced:
    return msgspec.structs.replace(news[0], seq=seq)


@given(
    partitions=st.lists(st.integers(0, 3), min_size=1, max_size=40),
    again=st.tuples(st.integers(0, 40), st.integers(0, 10)),
)
def test_partitions_come_in_the_order_of_the_news_each_article_once(
    news: list[Sequenced], partitions: list[int], again: tuple[int, int]
) -> None:
    """Also where a worker has sent some of a partition again; seqs have gaps."""
    streams: list[list[Sequenced]] = [[], [], [], []]
    for seq, partition in enumerate(partitions):
        streams[partition].append(numbered(news, seq * 2))
    at, back = again
    for stream in streams:
        stream[at:at] = stream[max(0, at - back) : at]
    found = [item.seq for item in in_order(streams)]
    assert found == [seq * 2 for seq in range(len(partitions))]


def test_both_kinds_of_record_are_articles(news: list[Sequenced]) -> None:
    """As they are on the two topics."""
    assert {type(item) for item in news} == {Enriched, Sequenced}
    assert [article(msgspec.json.encode(item), "x") for item in news] == news


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b'{"type":"outcome","seq":1}', b"\xff"])
def test_what_is_no_article_is_named_with_its_place(value: bytes) -> None:
    """And with the topics that have some."""
    with pytest.raises(HistoryError, match=r"^f\.jsonl:7: is no article: "):
        article(value, "f.jsonl:7")


def test_a_later_schema_is_refused(news: list[Sequenced]) -> None:
    """Its fields may mean something else."""
    later = msgspec.json.encode(msgspec.structs.replace(news[0], schema=2))
    with pytest.raises(HistoryError, match="has schema 2, above 1; update newswatch"):
        article(later, "f.jsonl:7")
