"""The index finds who shares a key, newest first, and forgets from the oldest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.index import LONGEST_WALK, Hits, Index, most_shared

if TYPE_CHECKING:
    import pytest

COLUMNS, IDENTITIES = 4, 1
KEYS = st.lists(st.integers(0, 5), min_size=COLUMNS, max_size=COLUMNS)
STEPS = st.lists(st.tuples(KEYS, st.integers(0, 2)), max_size=60)


def _row(keys: list[int]) -> np.ndarray:
    return np.array(keys, np.uint32)


def _found(hits: Hits) -> list[tuple[int, int]]:
    return sorted(zip(hits.numbers.tolist(), hits.columns.tolist(), strict=True))


def _expected(rows: list[list[int]], oldest: int, keys: list[int]) -> list[tuple[int, int]]:
    """By looking at every row, no further back than a walk goes."""
    hits = []
    for column, key in enumerate(keys):
        holders = [n for n in range(oldest, len(rows)) if key and rows[n][column] == key]
        hits += [(n, column) for n in holders[-1 if column < IDENTITIES else 0 :]]
    return sorted(hits)


@given(STEPS, KEYS, st.booleans())
def test_finds_what_a_scan_finds(steps: list[tuple[list[int], int]], wanted: list[int], reload: bool) -> None:
    """Through growth, eviction and reload; of identities the newest is among what is found."""
    index = Index(COLUMNS, IDENTITIES, least=4)
    rows: list[list[int]] = []
    oldest = 0
    for keys, leave in steps:
        index.add(_row(keys))
        rows.append(keys)
        oldest = min(len(rows), oldest + leave)
        index.expire(oldest)
    if reload:
        index.load(np.array(rows[oldest:], np.uint32).reshape(-1, COLUMNS), oldest)
    found = _found(index.find(_row(wanted)))
    newest = {n for n, column in _expected(rows, oldest, wanted) if column < IDENTITIES}
    assert newest <= {n for n, column in found if column < IDENTITIES}
    # Buckets hold other keys too, so a walk may end before it has seen all of a band; the newest it sees.
    if len(rows) <= LONGEST_WALK:
        assert [hit for hit in _expected(rows, oldest, wanted) if hit[1] >= IDENTITIES] == [
            hit for hit in found if hit[1] >= IDENTITIES
        ]
    assert all(rows[n][column] == wanted[column] and n >= oldest for n, column in found)


def test_a_thousand_times_the_same_hides_no_other() -> None:
    """The identity of the first article is still found below a thousand of another in the same bucket."""
    index = Index(1, 1, least=8)
    index.add(_row([7]))
    for _ in range(1000):
        index.add(_row([7 + (1 << 31)]))
    assert 0 in index.find(_row([7])).numbers


def test_memory_stays_flat_while_the_oldest_leave() -> None:
    """Ten thousand pass through a window of a hundred; the ring does not grow."""
    index = Index(COLUMNS, IDENTITIES, least=128)
    before = index.nbytes
    for number in range(10_000):
        index.expire(number - 100)
        index.add(_row([number + 1] * COLUMNS))
    assert before == index.nbytes
    assert _found(index.find(_row([9_000] * COLUMNS))) == []
    assert [(9_949, column) for column in range(COLUMNS)] == _found(index.find(_row([9_950] * COLUMNS)))


def test_most_shared_first_and_the_older_at_a_tie() -> None:
    """Counted over all columns."""
    hits = Hits(np.array([3, 5, 5, 1, 4, 4]), np.array([1, 1, 2, 3, 1, 3]))
    assert most_shared(hits, 3) == [4, 5, 1]


def test_it_stays_small_while_it_grows_and_when_the_first_leave() -> None:
    """42 columns, as the step has them: under 460 bytes a row at any time, once there are some thousands."""
    chance = np.random.default_rng(1)
    index, most = Index(42, 2), 0.0
    for number in range(24_000):
        index.add(chance.integers(1, 2**32, 42, np.uint32))
        index.expire(number - 12_000)
        if number >= 6_000:
            most = max(most, index.nbytes / min(number + 1, 12_001))
    assert most < 460


def test_numbers_may_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """After four thousand million articles those that are left are numbered from 1 again."""
    monkeypatch.setattr("agents.deduplicate.index._LAST_NUMBER", 40)
    index = Index(1, 0, least=64)
    for number in range(500):
        index.add(_row([number % 7 + 1]))
        index.expire(number - 9)
    assert _found(index.find(_row([500 % 7 + 1]))) == [(493, 0)]
