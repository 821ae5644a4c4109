"""A new watchlist counts for every step or for none."""

from __future__ import annotations

import pytest

from agents.mentions.in_force import InForce
from agents.mentions.watchlist import Watchlist, parse

OLD = parse("watches: [{name: a, terms: [truce]}]", "old")
NEW = parse("watches: [{name: b, terms: [deadline]}]", "new")


def names(watchlist: Watchlist) -> list[str]:
    return [watch.name for watch in watchlist.watches]


async def test_each_step_gets_what_it_makes_of_it() -> None:
    """At first, and after each change."""
    in_force = InForce(OLD)
    made, version = in_force.made(names), in_force.made(lambda watchlist: watchlist.version)
    assert (made.now, version.now) == (["a"], OLD.version)
    await in_force.change(NEW)
    assert (made.now, version.now, in_force.watchlist) == (["b"], NEW.version, NEW)


async def test_if_one_step_fails_nothing_changes_for_any() -> None:
    """Not even for the step that was ready."""
    in_force = InForce(OLD)

    def only_old(watchlist: Watchlist) -> str:
        if watchlist is NEW:
            raise MemoryError("too many watches")
        return watchlist.version

    first, second = in_force.made(names), in_force.made(only_old)
    with pytest.raises(MemoryError):
        await in_force.change(NEW)
    assert (first.now, second.now, in_force.watchlist) == (["a"], OLD.version, OLD)


async def test_who_wants_to_be_told_is_told_now_and_after_each_change() -> None:
    """When it is in force at all steps, and not if one could not take it."""
    in_force = InForce(OLD)
    told: list[Watchlist] = []
    in_force.tell(told.append)
    assert told == [OLD]
    await in_force.change(NEW)
    assert told == [OLD, NEW]

    def none(watchlist: Watchlist) -> None:
        if watchlist is OLD:
            raise MemoryError("too many watches")

    in_force.made(none)
    with pytest.raises(MemoryError):
        await in_force.change(OLD)
    assert told == [OLD, NEW]
