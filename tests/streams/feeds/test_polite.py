"""Turns at hosts."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from streams.feeds import polite
from streams.feeds.polite import Polite


async def test_one_at_a_time_and_a_pause() -> None:
    """Hosts do not wait for one another."""
    turns, at_once, most = Polite(0.1), {"a": 0, "b": 0}, {"a": 0, "b": 0}
    begun: dict[str, list[float]] = {"a": [], "b": []}

    async def work(host: str) -> None:
        async with turns.turn(host):
            begun[host].append(time.monotonic())
            at_once[host] += 1
            most[host] = max(most[host], at_once[host])
            await asyncio.sleep(0.02)
            at_once[host] -= 1

    await asyncio.gather(*(work(host) for host in "ababa"))
    assert most == {"a": 1, "b": 1}
    gaps = [later - earlier for times in begun.values() for earlier, later in pairwise(times)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.1
    assert begun["b"][0] - begun["a"][0] < 0.1


async def test_a_host_that_asks_for_more_time_gets_it_and_a_failure_gives_the_turn_back() -> None:
    """By its own delay."""
    turns = Polite(0.0)
    began = time.monotonic()
    try:
        async with turns.turn("a", 0.2):
            raise ValueError  # noqa: TRY301  the turn's end is what is looked at
    except ValueError:
        pass
    async with turns.turn("a"):
        assert time.monotonic() - began >= 0.2


async def test_hosts_without_end_are_forgotten() -> None:
    """Links lead anywhere."""
    turns = Polite(0.0)
    for number in range(polite.MOST + 100):
        async with turns.turn(str(number)):
            pass
    assert len(turns._hosts) <= polite.MOST + 1
