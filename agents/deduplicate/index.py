"""Which remembered articles share a key with this one: hash chains in a ring, for all bands at once.

The shape is that of deflate's search for repeats (RFC 1951, section 4): articles are numbered in the order
they came, a head table has the newest of each bucket, and each has the number of the one before it in its
bucket. Numbers fall along a chain, so a walk ends at the first one that is too old, and forgetting an article
is nothing but raising that mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_WALK = 32
"""Links followed in one chain. Buckets hold 2 to 4 articles; only a band of boilerplate has many more, and
copies have other bands in common."""

_LOAD = 4
"""Articles a bucket when the ring is full: fewer cost memory, more cost time."""
_LEAST = 1024
_GROWTH = 1.25  # Each growth copies all; a fifth of the ring is empty at worst.
_LAST_NUMBER = 2**32 - 1
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


class Hits(NamedTuple):
    """Articles that share keys: their numbers and the columns in which they do, one row a shared key."""

    numbers: NDArray[np.int64]
    columns: NDArray[np.int64]


class Index:
    """Numbered rows of keys, newest last; the oldest leave first.

    A row is an array of `columns` uint32 keys, in which 0 means 'none'. The first `identities` columns are
    looked up for their newest holder only, so a chain never has the same identity twice in succession.
    """

    def __init__(self, columns: int, identities: int, *, least: int = _LEAST) -> None:
        self._columns = np.arange(columns)
        self._identities = identities
        self._least = least
        self.load(np.zeros((0, columns), np.uint32), 0)

    @property
    def nbytes(self) -> int:
        """Memory of the tables, in bytes."""
        return self._links.nbytes + self._heads.nbytes

    def load(self, rows: NDArray[np.uint32], first: int) -> None:
        """Begin anew with these rows, shape (n, columns), numbered from `first` on.

        The ring gets room for a quarter more. Inside, numbers have 32 bits and count from 1: 0 ends a chain.
        """
        self._before = first - 1
        self._oldest, self._next = 1, len(rows) + 1
        self._capacity = max(self._least, int(len(rows) * _GROWTH) + 1)
        buckets = 1 << max(0, (self._capacity // _LOAD - 1).bit_length())
        self._mask = np.uint32(buckets - 1)
        self._heads = np.zeros((len(self._columns), buckets), np.uint32)
        self._links = np.zeros((self._capacity, len(self._columns)), np.uint64)
        for column in self._columns:
            present = np.flatnonzero(rows[:, column])
            if column < self._identities:  # The newest of each.
                _, latest = np.unique(rows[present, column][::-1], return_index=True)
                present = np.sort(present[len(present) - 1 - latest])
            keys = rows[present, column]
            bucket = keys & self._mask
            # Radix sort by halves: numpy sorts 16 bits ten times as fast as 32.
            order = np.argsort(bucket.astype(np.uint16), kind="stable")
            order = order[np.argsort((bucket[order] >> 16).astype(np.uint16), kind="stable")]
            numbers = (present[order] + 1).astype(np.uint64)
            sorted_buckets = bucket[order]
            same = sorted_buckets[1:] == sorted_buckets[:-1]
            before = np.zeros(len(order), np.uint64)
            before[1:][same] = numbers[:-1][same]
            self._links[numbers % self._capacity, column] = (keys[order].astype(np.uint64) << _HIGH) | before
            last = np.append(~same, True)[: len(order)]
            self._heads[column, sorted_buckets[last]] = numbers[last]

    def expire(self, oldest: int) -> None:
        """From now on find none that came before number `oldest`."""
        self._oldest = max(self._oldest, oldest - self._before)

    def add(self, keys: NDArray[np.uint32]) -> None:
        """Enter a row under the next number; O(columns), or O(everything) when the ring has to grow."""
        if self._next - self._oldest >= self._capacity or self._next >= _LAST_NUMBER:
            numbers = np.arange(self._oldest, self._next)
            rows = (self._links[numbers % self._capacity] >> _HIGH).astype(np.uint32)
            self.load(rows, self._before + self._oldest)
        number = self._next
        columns = np.flatnonzero(keys)
        wanted = keys[columns]
        bucket = wanted & self._mask
        before = self._heads[columns, bucket].astype(np.uint64)
        self._heads[columns, bucket] = number
        slot = number % self._capacity
        self._links[slot] = 0
        self._links[slot, columns] = (wanted.astype(np.uint64) << _HIGH) | self._past_same(
            before, columns, wanted
        )
        self._next += 1

    def find(self, keys: NDArray[np.uint32]) -> Hits:
        """Articles that share a key in the same column, newest first in each column."""
        columns = np.flatnonzero(keys)
        at = self._heads[columns, keys[columns] & self._mask].astype(np.int64)
        numbers, places = [], []
        flat = self._links.reshape(-1)
        for _ in range(LONGEST_WALK):
            alive = (at >= self._oldest).nonzero()[0]
            if not alive.size:
                break
            at, columns = at[alive], columns[alive]
            link = flat[at % self._capacity * len(self._columns) + columns]
            hit = ((link >> _HIGH) == keys[columns]).nonzero()[0]
            if hit.size:
                numbers.append(at[hit])
                places.append(columns[hit])
            at = (link & _LOW).astype(np.int64)
        if not numbers:
            return Hits(np.zeros(0, np.int64), np.zeros(0, np.int64))
        return Hits(np.concatenate(numbers) + self._before, np.concatenate(places))

    def _past_same(
        self, before: NDArray[np.uint64], columns: NDArray[np.int64], keys: NDArray[np.uint32]
    ) -> NDArray[np.uint64]:
        """Where the head before has the same identity, the link goes past it: the newer one answers for both.

        So a text that is sent a thousand times over makes no chain of a thousand links.
        """
        link = self._links[(before % np.uint64(self._capacity)).astype(np.int64), columns]
        same = (before >= self._oldest) & ((link >> _HIGH) == keys) & (columns < self._identities)
        return np.where(same, link & _LOW, before)


def most_shared(hits: Hits, limit: int) -> list[int]:
    """Numbers of the articles with most keys in common, at most `limit`; the older first at a tie."""
    numbers, counts = np.unique(hits.numbers, return_counts=True)
    return [int(number) for number in numbers[np.argsort(-counts, kind="stable")[:limit]]]
