"""Parsing in a process beside: what hangs or kills it is refused, the rest is not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from agents.ingest.parse import Delivery, Limits, Refused, parse
from agents.ingest.pool import ParserPool
from streams.records import Position

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ARRIVED = datetime(2025, 11, 24, 12, tzinfo=UTC)


def delivery(offset: int, payload: bytes) -> Delivery:
    position = Position(topic="news.raw", partition=0, offset=offset)
    return Delivery(payload=payload, position=position, arrived=ARRIVED, origin="live")


@pytest.fixture
async def pool() -> AsyncIterator[ParserPool]:
    """One process, with a limit of 1,000 bytes."""
    pool = ParserPool(Limits(max_text_bytes=1_000))
    await pool.start()
    yield pool
    pool.close()


async def test_it_parses_as_parse_does_with_the_same_limits(pool: ParserPool) -> None:
    """In order; what is too long is refused in its place."""
    deliveries = [delivery(n, b"A text of some words. " * size) for n, size in enumerate((1, 50, 2))]
    expected = [parse(one, Limits(max_text_bytes=1_000)) for one in deliveries]
    assert expected == await pool.parse(deliveries)
    assert [isinstance(one, Refused) for one in expected] == [False, True, False]
    assert await pool.parse([]) == []


async def test_an_input_that_hangs_is_a_dead_letter_with_the_limit_in_it(
    pool: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the time it was given."""

    async def hangs(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(pool._pool, "run", hangs)
    results = await asyncio.wait_for(
        pool.parse([delivery(n, b"A text of some words.") for n in range(2)]), 30
    )
    assert [one.rejection.reason for one in results if isinstance(one, Refused)] == ["internal_error"] * 2
    letters = [one.dead_letter for one in results if isinstance(one, Refused)]
    assert [(letter.offset, letter.payload) for letter in letters] == [
        (n, b"A text of some words.") for n in (0, 1)
    ]
    assert all("took longer than 60 s" in letter.message for letter in letters)
