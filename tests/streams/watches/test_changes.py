"""What is published when a watchlist changes."""

from __future__ import annotations

from agents.mentions.watch import Watch
from streams.watches.changes import changes
from streams.watches.entries import Entries, encode

A, B, C = (Watch(name=name, terms=(name,)) for name in "abc")
OTHER = Watch(name="b", terms=("b", "d"))
THERE = {"a": A, "b": B}


def test_apply_makes_the_topic_what_the_file_is() -> None:
    """Additions first, removals last: in between nothing is missed."""
    found = changes(THERE, [OTHER, C])
    assert (found.added, found.changed, found.removed, found.same) == (("c",), ("b",), ("a",), ())
    assert found.records == (("c", encode(C)), ("b", encode(OTHER)), ("a", None))
    assert found.line() == "added 1: c; changed 1: b; removed 1: a; 0 as they were"


def test_add_leaves_the_others() -> None:
    """Nothing is removed that was not named."""
    found = changes(THERE, [OTHER], remove=())
    assert (found.changed, found.removed, found.same) == (("b",), (), ("a",))


def test_remove_takes_what_it_names() -> None:
    """And nothing else."""
    found = changes(THERE, [], remove=["b", "unknown"])
    assert (found.records, found.same) == ((("b", None),), ("a",))


def test_a_record_that_is_no_watch_can_be_removed() -> None:
    """By its key, or by applying a file; else it would stand there for ever."""
    assert changes(THERE, [], remove=["x"], bad=["x", "y"]).records == (("x", None),)
    assert changes(THERE, [A, B], bad=["x"]).removed == ("x",)


def test_a_watch_is_published_again_over_a_record_that_is_none() -> None:
    """Compaction keeps the newest record of a key alone, and the good one before it is gone."""
    found = changes(THERE, [A, B], remove=(), bad=["a", "x"])
    assert found.changed == ("a",)
    assert found.records == (("a", encode(A)),)
    assert found.same == ("b",)


def test_the_same_again_publishes_nothing() -> None:
    """So it may be applied every minute."""
    found = changes(THERE, [A, B])
    assert found.records == ()
    assert found.line() == "2 as they were"


def test_after_the_records_the_topic_holds_what_was_wanted() -> None:
    """Changes and entries fit each other."""
    entries = Entries()
    for watch in THERE.values():
        entries.take(watch.name.encode(), encode(watch))
    for name, value in changes(THERE, [OTHER, C]).records:
        entries.take(name.encode(), value)
    assert entries.watches == {"b": OTHER, "c": C}
