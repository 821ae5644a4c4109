"""Which remembered articles share a key with this one: hash chains in a ring, for all bands at once.

The shape is that of deflate's search for repeats (RFC 1951, section 4): articles are numbered in the order
they came, a head table has the newest of each bucket, and each has the number of the one before it in its
bucket. Numbers fall along a chain, so a walk ends at the first one that is too old, and forgetting an article
is nothing but raising that mark.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_WALK = 32
"""Links followed in one chain. Buckets hold 2 to 4 articles; only a band of boilerplate has many more, and
copies have other bands in common."""

_LOAD = 4
"""Articles a bucket at most, half of that after doubling the buckets: fewer cost memory, more cost time."""
_LEAST = 1024
_GROWTH = 16
"""The ring grows by one part in so many, in place: a larger step would lie empty, and a copy would need the
room of all once more."""
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

    Inside, numbers have 32 bits and count from 1, since 0 ends a chain; a row's slot is its number modulo the
    size of the ring, of which one slot stays empty.
    """

    def __init__(self, columns: int, identities: int, *, least: int = _LEAST) -> None:
        self._width = columns
        self._identities = identities
        self._least = least
        self.load(np.zeros((0, columns), np.uint32), 0)

    @property
    def nbytes(self) -> int:
        """Memory of the tables, in bytes."""
        return self._links.nbytes + self._heads.nbytes

    def load(
        self, rows: NDArray[np.uint32], first: int, order: NDArray[np.int64] | slice = slice(None)
    ) -> None:
        """Begin anew with these rows, shape (n, columns), numbered from `first` on, in the order given."""
        count = len(rows[order, 0])
        self._before = first - 1
        self._oldest, self._next = 1, count + 1
        self._capacity = max(self._least, count + count // _GROWTH + 2)
        self._links = np.zeros((self._capacity, self._width), np.uint64)
        for column in range(self._width):
            self._links[1 : count + 1, column] = rows[order, column].astype(np.uint64) << _HIGH
        self._link_all()

    def expire(self, oldest: int) -> None:
        """From now on find none that came before number `oldest`."""
        self._oldest = max(self._oldest, oldest - self._before)

    def add(self, keys: NDArray[np.uint32]) -> None:
        """Enter a row under the next number; O(columns), or O(everything) when the ring has to grow."""
        if self._next - self._oldest >= self._capacity - 1 or self._next >= _LAST_NUMBER:
            self._make_room()
        number = self._next
        columns = keys.nonzero()[0]
        wanted = keys[columns]
        at = columns * (int(self._mask) + 1) + (wanted & self._mask)
        before = self._heads[at]
        self._heads[at] = number
        for place in range(min(self._identities, len(columns))):
            if columns[place] < self._identities:
                before[place] = self._past_same(int(before[place]), int(columns[place]), int(wanted[place]))
        slot = number % self._capacity
        if len(columns) < self._width:
            self._links[slot] = 0
        self._links[slot, columns] = (wanted.astype(np.uint64) << _HIGH) | before
        self._next += 1

    def find(self, keys: NDArray[np.uint32]) -> Hits:
        """Articles that share a key in the same column, newest first in each column.

        Link by link in plain Python: a chain has three, and calling numpy takes longer than walking them.
        """
        columns = keys.nonzero()[0]
        wanted = keys[columns]
        at = self._heads[columns * (int(self._mask) + 1) + (wanted & self._mask)]
        # A view's items cost two thirds of an array's.
        links = self._links.data.cast("B").cast("Q")
        oldest, capacity, width = self._oldest, self._capacity, self._width
        numbers, places = [], []
        for column, key, head in zip(columns.tolist(), wanted.tolist(), at.tolist(), strict=True):
            number, left = head, LONGEST_WALK
            while number >= oldest and left:
                link = links[number % capacity * width + column]
                if link >> 32 == key:
                    numbers.append(number)
                    places.append(column)
                number = link & 0xFFFFFFFF
                left -= 1
        return Hits(np.array(numbers, np.int64) + self._before, np.array(places, np.int64))

    def _past_same(self, before: int, column: int, key: int) -> int:
        """Where the head before has the same identity, the link goes past it: the newer one answers for both.

        So a text that is sent a thousand times over makes no chain of a thousand links.
        """
        link = int(self._links[before % self._capacity, column])
        return link & 0xFFFFFFFF if before >= self._oldest and link >> 32 == key else before

    def _make_room(self) -> None:
        """Number the rows from 1 again, and grow if all are within the window."""
        if self._oldest > 1:
            self._renumber()
        count = self._next - 1
        if count >= self._capacity - 1:
            self._capacity += max(self._least, count // _GROWTH)
            # In place: realloc moves pages, not bytes.
            self._links.resize((self._capacity, self._width), refcheck=False)
        if count > _LOAD * (int(self._mask) + 1):
            self._link_all()

    def _renumber(self) -> None:
        """Let the oldest within the window be number 1, a column at a time."""
        gone = np.uint64(self._oldest - 1)
        slots = np.arange(self._oldest, self._next) % self._capacity
        for column in range(self._width):
            links = self._links[slots, column]
            before = links & _LOW
            before = np.where(before > gone, before - gone, np.uint64(0))
            self._links[1 : len(slots) + 1, column] = (links >> _HIGH << _HIGH) | before
        heads = self._heads
        np.copyto(heads, np.where(heads > gone, heads - np.uint32(gone), np.uint32(0)))
        self._before += int(gone)
        self._oldest, self._next = 1, len(slots) + 1

    def _link_all(self) -> None:
        """Link rows 1 to the last anew, in as many buckets as they need, a column at a time."""
        count = self._next - 1
        buckets = 1 << max(0, (max(self._capacity, count) // _LOAD).bit_length())
        self._mask = np.uint32(buckets - 1)
        self._heads = np.zeros(self._width * buckets, np.uint32)
        for column in range(self._width):
            links = self._links[1 : count + 1, column]
            keys = (links >> _HIGH).astype(np.uint32)
            present = np.flatnonzero(keys)
            if column < self._identities:  # The newest of each.
                _, latest = np.unique(keys[present][::-1], return_index=True)
                present = np.sort(present[len(present) - 1 - latest])
            bucket = keys[present] & self._mask
            # Radix sort by halves: numpy sorts 16 bits ten times as fast as 32.
            order = np.argsort(bucket.astype(np.uint16), kind="stable")
            order = order[np.argsort((bucket[order] >> 16).astype(np.uint16), kind="stable")]
            rows, bucket = present[order], bucket[order]
            same = bucket[1:] == bucket[:-1]
            before = np.zeros(len(rows), np.uint64)
            before[1:][same] = rows[:-1][same] + 1
            links[:] = 0
            links[rows] = (keys[rows].astype(np.uint64) << _HIGH) | before
            last = np.append(~same, True)[: len(rows)]
            self._heads[column * buckets + bucket[last]] = rows[last] + 1


def most_shared(hits: Hits, limit: int) -> list[int]:
    """Numbers of the articles with most keys in common, at most `limit`; the older first at a tie."""
    counts = Counter(hits.numbers.tolist())
    return sorted(counts, key=lambda number: (-counts[number], number))[:limit]
