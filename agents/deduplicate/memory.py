"""The duplicate check: every input gets a verdict, and is remembered for the window.

State is kept twice: whole in the table, which the caller owns and writes after the outputs were
delivered, and in short in an index in memory, which is made again from the table after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from agents.alerts.outlet import outlet
from agents.clock import SAMPLES, EventClock, is_evidence
from agents.deduplicate.copies import COLUMNS, IDENTITIES, Judge, Judgement, index_keys
from agents.deduplicate.index import Index
from agents.deduplicate.ledger import UNKNOWN, Entry, Ledger
from agents.deduplicate.remembered import Remembered, decode, encode, table_key
from agents.deduplicate.settings import DedupSettings
from streams.records import Article, Parsed, Position, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agents.deduplicate.likeness import Likeness

    Lookup = Callable[[str], bytes | None]

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
        """Begin anew with the table's values, in any order: all goes on as if there had been no restart."""
        kept = sorted((_in_short(decode(value)) for value in values), key=lambda short: short.seq)
        times = [short.time for short in kept if short.time is not None]
        now, behind, within = (kept[-1].clock, kept[-1].behind, kept[-1].within) if kept else (None, 0, 0)
        self._pending: dict[str, bytes | None] = {}
        self._clock = EventClock(now=now, behind=behind, recent=times[-SAMPLES:])
        self._observations = 0
        self._ledger = Ledger((self._counted(short) for short in kept), within)
        rows = np.frombuffer(b"".join(short.keys for short in kept), np.uint32).reshape(-1, COLUMNS)
        self._index.load(rows[self._ledger.oldest :], self._ledger.oldest)

    def decide(self, seq: int, parsed: Parsed, lookup: Lookup) -> Decision:
        """Give the verdict on one input and remember it.

        Order of precedence: an input delivered before, the same text, the same URI, nearly the same text.

        Args:
            seq: its offset in `news.articles`.
            parsed: the article or its rejection.
            lookup: reads the table.
        """

        def keyed(key: str) -> Remembered | None:
            value = self._pending[key] if key in self._pending else lookup(key)
            return None if value is None else decode(value)

        key = table_key(parsed.position)
        known = keyed(key)
        if known:
            return Decision(known.verdict, known.seq, redelivered=True)
        time = self._observe(parsed)
        deletes = self._evict()
        if isinstance(parsed, Article):

            def numbered(number: int) -> Remembered | None:
                return None if self._outlived(number, time) else keyed(self._ledger.key(number))

            judged = Judge(self._index, numbered, keyed, self._settings).judge(parsed)
        else:
            judged = Judgement(Verdict(status="rejected", story_id=""))
        remembered = _remembered(seq, parsed, judged, time=time, clock=self._clock, within=len(self) + 1)
        short = _in_short(remembered)
        self._ledger.append(self._counted(short))
        self._index.add(np.frombuffer(short.keys, np.uint32))
        writes = {key: encode(remembered)}
        self._pending |= writes | dict.fromkeys(deletes)
        return Decision(judged.verdict, seq, likeness=judged.likeness, writes=writes, deletes=deletes)

    def committed(self) -> None:
        """All writes and deletes that were given out are in the table."""
        self._pending.clear()

    def _observe(self, parsed: Parsed) -> int | None:
        """Let the clock take in the article's date, where that tells the time; return it in ms."""
        if not isinstance(parsed, Article) or not is_evidence(parsed.origin, parsed.event_time_source):
            return None
        before = self._clock.now
        time = (parsed.event_time - _EPOCH) // _MILLISECOND
        now = self._clock.observe(time)
        if before is None or now < before:
            self._ledger.set_back(now)
        return time

    def _outlived(self, number: int, time: int | None) -> bool:
        """Whether an article is dated later by more than the window than what came under this number.

        The clock, which one article does not move, may not know yet; the article does.
        """
        return time is not None and time - self._ledger.clock(number) > self._window

    def _evict(self) -> list[str]:
        """Move the window on; return the table keys of what is forgotten."""
        longest = self._settings.max_articles - 1  # One more is to come.
        start = -UNKNOWN if self._clock.now is None else self._clock.now - self._window
        self._index.expire(self._ledger.expire(start, longest))
        return self._ledger.forget(self._observations - self._settings.redeliveries, longest)

    def _counted(self, short: _Short) -> Entry:
        """An entry for the ledger, its observation counted.

        It came at its own date where that is ahead of the clock, which follows a jump only after some
        articles. A wrong date holds nobody up: the ledger lowers it to that of the next article.
        """
        self._observations += short.time is not None
        came = UNKNOWN if short.clock is None else short.clock
        if short.clock is not None and short.time is not None:
            came = max(short.clock, short.time)
        return Entry(short.position, came, self._observations)


def _remembered(
    seq: int, parsed: Parsed, judged: Judgement, *, time: int | None, clock: EventClock, within: int
) -> Remembered:
    """The table value of an input just judged."""
    remembered = Remembered(
        seq=seq,
        position=parsed.position,
        verdict=judged.verdict,
        time=time,
        clock=clock.now,
        behind=clock.behind,
        within=within,
    )
    text = judged.fingerprint
    if not isinstance(parsed, Article) or text is None:
        return remembered
    return msgspec.structs.replace(
        remembered,
        article_id=parsed.article_id,
        content_hash=parsed.content_hash,
        by_uri=parsed.uri is not None,
        first=judged.first,
        bands=b"" if judged.bands is None else judged.bands.astype("<u4").tobytes(),
        text=text.pack(),
        source=outlet(parsed.source or ""),
    )


def _in_short(value: Remembered) -> _Short:
    """Leave the text in the table."""
    if value.content_hash:
        bands = np.frombuffer(value.bands, "<u4").astype(np.uint32) if value.bands else None
        keys = index_keys(value.article_id if value.by_uri else None, value.content_hash, bands)
    else:
        keys = np.zeros(COLUMNS, np.uint32)
    return _Short(
        value.seq, value.position, value.time, value.clock, value.behind, value.within, keys.tobytes()
    )
