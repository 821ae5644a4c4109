"""The duplicate check: every input gets a verdict, and is remembered for the window.

State is kept twice: whole in the table, which the caller owns and writes after the outputs were
delivered, and in short in an index in memory, which is made again from the table after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from agents.clock import SAMPLES, EventClock, is_evidence
from agents.deduplicate.copies import COLUMNS, IDENTITIES, Judge, Judgement
from agents.deduplicate.index import Index
from agents.deduplicate.ledger import UNKNOWN, Entry, Ledger
from agents.deduplicate.remembered import (
    Remembered,
    decode,
    decode_member,
    decode_short,
    encode,
    table_key,
)
from agents.deduplicate.settings import DedupSettings
from agents.deduplicate.shorts import Shorts, keys_of
from agents.deduplicate.stories import MOST_CHARACTERS, PREFIX, Followed, ended, follow
from streams.records import Article, Parsed, Story, StoryLink, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agents.deduplicate.likeness import Likeness
    from streams.records import Eviction

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
    stories: tuple[Story, ...] = ()
    """Its own where it is not the first, and those that it links."""
    links: tuple[StoryLink, ...] = ()
    """From its own story to others, where there were none before."""


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
    def kept(self) -> int:
        """Inputs in the table, which keeps some that have left the window for re-deliveries."""
        return self._ledger.next - self._ledger.first

    @property
    def oldest_age(self) -> timedelta | None:
        """Event time since the oldest within the window came; None before the first dated article."""
        if not len(self) or self._clock.now is None:
            return None
        return (
            self._clock.now - min(self._ledger.clock(self._ledger.oldest), self._clock.now)
        ) * _MILLISECOND

    @property
    def evicted(self) -> Mapping[Eviction, int]:
        """How many have left since the memory was made, for their age and for being one too many."""
        return self._ledger.evicted

    @property
    def now(self) -> datetime | None:
        """The step's clock; None before the first dated article."""
        return None if self._clock.now is None else _EPOCH + self._clock.now * _MILLISECOND

    def restore(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Begin anew with the table's items, in any order: all goes on as if there had been no restart."""
        kept = Shorts(decode_short(value) for key, value in items if not key.startswith(PREFIX))
        times, clocks = kept["time"], kept["clock"]
        known = times != UNKNOWN
        now, behind, within = (
            int(kept[name][-1]) if len(kept) else 0 for name in ("clock", "behind", "within")
        )
        self._pending: dict[str, bytes | None] = {}
        self._clock = EventClock(
            now=now if len(kept) and now != UNKNOWN else None,
            behind=behind,
            recent=times[known][-SAMPLES:].tolist(),
        )
        self._observations = int(np.count_nonzero(known))
        self._ledger = Ledger()
        self._ledger.load(
            kept.topics,
            {name: kept[name] for name in ("topic", "partition", "offset")}
            | {"clock": np.where(known, np.maximum(clocks, times), clocks), "observations": np.cumsum(known)},
            within,
        )
        self._index.load(kept.keys, self._ledger.oldest, kept.order[self._ledger.oldest :])

    def decide(self, seq: int, parsed: Parsed, lookup: Lookup) -> Decision:
        """Give the verdict on one input and remember it.

        Order of precedence: an input delivered before, the same text, the same URI, nearly the same text.

        Args:
            seq: its offset in `news.articles`.
            parsed: the article or its rejection.
            lookup: reads the table.
        """

        def current(key: str) -> bytes | None:
            return self._pending[key] if key in self._pending else lookup(key)

        def keyed(key: str) -> Remembered | None:
            value = current(key)
            return None if value is None else decode(value)

        key = table_key(parsed.position)
        known = keyed(key)
        if known:
            return Decision(known.verdict, known.seq, redelivered=True)
        time = self._observe(parsed)
        deletes = list(self._evict(current))
        if isinstance(parsed, Article):

            def numbered(number: int) -> Remembered | None:
                return None if self._outlived(number, time) else keyed(self._ledger.key(number))

            judged = Judge(self._index, numbered, keyed, self._settings).judge(parsed)
        else:
            judged = Judgement(Verdict(status="rejected", story_id=""))
        remembered = _remembered(seq, parsed, judged, time=time, clock=self._clock, within=len(self) + 1)
        self._observations += time is not None
        self._ledger.append(Entry(parsed.position, _came(self._clock.now, time), self._observations))
        self._index.add(keys_of(remembered))
        followed = Followed()
        if judged.nearest:
            followed = follow(remembered, judged.nearest, judged.joined, current, window=self._window)
        # The story first: an article in the table counts as counted.
        writes = followed.writes | {key: encode(remembered)}
        self._pending |= writes | dict.fromkeys(deletes)
        return Decision(
            judged.verdict,
            seq,
            likeness=judged.likeness,
            writes=writes,
            deletes=deletes,
            stories=followed.stories,
            links=followed.links,
        )

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

    def _evict(self, current: Lookup) -> Iterator[str]:
        """Move the window on; yield the table keys of what is forgotten, and of stories that end so."""
        longest = self._settings.max_articles - 1  # One more is to come.
        start = -UNKNOWN if self._clock.now is None else self._clock.now - self._window
        self._index.expire(self._ledger.expire(start, longest))
        for key in self._ledger.forget(self._observations - self._settings.redeliveries, longest):
            yield key
            value = current(key)
            member = None if value is None else decode_member(value)
            if member and member.verdict.story_id:
                story = ended(member.verdict.story_id, member.seq, current)
                if story:
                    yield story


def _came(clock: int | None, time: int | None) -> int:
    """When an input came, in ms: at its own date where that is ahead of the clock.

    The clock follows a jump only after some articles. A wrong date holds nobody up: the ledger lowers it to
    that of the next article.
    """
    if clock is None:
        return UNKNOWN
    return clock if time is None else max(clock, time)


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
        headline=parsed.headline[:MOST_CHARACTERS],
        uri=parsed.uri and parsed.uri[:MOST_CHARACTERS],
        source=parsed.source and parsed.source[:MOST_CHARACTERS],
    )
