"""The duplicate check: every input gets a verdict, and is remembered for the window.

State is kept twice: whole in the table, which the caller owns and writes after the outputs were
delivered, and in short in an index in memory, which is made again from the table after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.clock import SAMPLES, EventClock
from agents.deduplicate.copies import COLUMNS, IDENTITIES, Judgement, index_keys, judge
from agents.deduplicate.index import Index
from agents.deduplicate.ledger import UNKNOWN, Entry, Ledger
from agents.deduplicate.remembered import Remembered, decode, encode, table_key
from agents.deduplicate.settings import DedupSettings
from streams.records import Article, Parsed, Position, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agents.deduplicate.likeness import Likeness

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said of an input, and to be written once that is delivered."""

    verdict: Verdict
    seq: int
    """The input's place at its first delivery."""
    redelivered: bool = False
    likeness: Likeness | None = None
    """Of a near duplicate or an update: how it compares with `verdict.duplicate_of`."""
    writes: dict[str, bytes] = field(default_factory=dict)
    deletes: list[str] = field(default_factory=list)


class _Short(NamedTuple):
    """What stays in memory of a table value."""

    seq: int
    position: Position
    time: int | None
    clock: int | None
    behind: int
    within: int
    keys: bytes


class Memory:
    """Remembered articles, and the verdict on the next one.

    Call `decide` in the order of the news. Its writes may reach the table later: until `committed` is called,
    they are kept here as well and seen before the table. After a failed delivery, `restore` from the table.
    """

    def __init__(self, settings: DedupSettings | None = None) -> None:
        self._settings = settings or DedupSettings()
        self._window = self._settings.window // _MILLISECOND
        self._index = Index(COLUMNS, IDENTITIES)
        self.restore(())

    def __len__(self) -> int:
        """Inputs within the window."""
        return self._ledger.next - self._ledger.oldest

    @property
    def nbytes(self) -> int:
        """Bytes in memory, without what waits to be committed."""
        return self._ledger.nbytes + self._index.nbytes

    @property
    def now(self) -> datetime | None:
        """The step's clock; None before the first dated article."""
        return None if self._clock.now is None else _EPOCH + self._clock.now * _MILLISECOND

    def restore(self, values: Iterable[bytes]) -> None:
        """Begin anew with the table's values, in any order: verdicts go on as if there had been no restart."""
        kept = sorted((_in_short(decode(value)) for value in values), key=lambda short: short.seq)
        times = [short.time for short in kept if short.time is not None]
        now, behind, within = (kept[-1].clock, kept[-1].behind, kept[-1].within) if kept else (None, 0, 0)
        self._pending: dict[str, bytes | None] = {}
        self._clock = EventClock(now=now, behind=behind, recent=times[-SAMPLES:])
        self._observations = 0
        self._ledger = Ledger((self._entry(short) for short in kept), within)
        rows = np.frombuffer(b"".join(short.keys for short in kept), np.uint32).reshape(-1, COLUMNS)
        self._index.load(rows[self._ledger.oldest :], self._ledger.oldest)

    def decide(self, seq: int, parsed: Parsed, lookup: Callable[[str], bytes | None]) -> Decision:
        """Give the verdict on one input and remember it.

        Order of precedence: an input delivered before, the same text, the same URI, nearly the same text.

        Args:
            seq: its offset in `news.articles`.
            parsed: the article or its rejection.
            lookup: reads the table.
        """

        def find(key: str) -> Remembered | None:
            value = self._pending[key] if key in self._pending else lookup(key)
            return None if value is None else decode(value)

        key = table_key(parsed.position)
        known = find(key)
        if known:
            return Decision(known.verdict, known.seq, redelivered=True)
        time = self._tick(parsed)
        if isinstance(parsed, Article):
            judged = judge(parsed, key, self._index, lambda n: find(self._ledger.key(n)), find, self._settings)
        else:
            judged = Judgement(Verdict(status="rejected", story_id=""))
        longest = self._settings.max_articles - 1
        self._index.expire(self._ledger.expire(self._expiry(), longest))
        deletes = self._ledger.forget(self._observations - self._settings.redeliveries, longest)
        ...
