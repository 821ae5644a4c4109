"""The deadline clock: dates beside mentions are heard of, come near, pass, and are forgotten; in event time.

One clock for a watch and a date, however many stories speak of it: forty of them would otherwise ring at
once, three times.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import msgspec

from agents.alerts.coverage import Spread
from agents.alerts.memory import Memory
from streams.records import Alert, Left, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.records import Mention

MOST = 10_000
"""Deadlines known at once; beyond, those named longest ago are dropped, and that is logged."""
MOST_STORIES = 50
"""Told with a deadline."""
MOST_MENTIONS = 5
MOST_SAID = 64
"""Sentences by which a deadline is known again, four bytes each."""
DAY_MS, HOUR_MS = 86_400_000, 3_600_000
LEAP_MS = 31 * DAY_MS
"""An archive may have a gap of weeks; a wrong date is mostly wrong by a year, or by decades."""
_A_DAY = len("2025-11-27")

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Alert)


class Pending(msgspec.Struct, frozen=True, array_like=True):
    """A deadline that a watch has found, as the table has it."""

    article: bytes
    """What its first article would make an alert of, packed: see `first`."""
    status: Status
    """Of that article."""
    struck: int
    """How many of its moments are over: told, or past already when it was first named."""
    revision: int = -1
    """The last one sent; -1 before the first."""
    told: Left | None = None
    """What that one said."""
    spread: Spread = Spread()
    """The articles that name it."""
    alerts: tuple[str, ...] = ()
    """`alert_id` of each story that names it."""
    said: tuple[int, ...] = ()
    """A 32-bit CRC of each story and sentence that named it."""

    @property
    def first(self) -> Alert:
        """The first article that named it, as an alert of its story."""
        return _DECODER.decode(self.article)


class Strike(NamedTuple):
    """A moment of a deadline that has come."""

    watch: str
    due: str
    left: Left
    at: datetime
    pending: Pending


def moments(due: str) -> tuple[tuple[int, Left], ...]:
    """When a deadline strikes, in Unix milliseconds, and what is left of it then.

    Of a day the warnings count from its beginning and the end from its end, since nobody knows which hour is
    meant.

    Args:
        due: as a mention has it, `YYYY-MM-DD` or RFC 3339 in UTC.
    """
    is_day = len(due) == _A_DAY
    start = datetime.fromisoformat(due)
    begins = int((start.replace(tzinfo=UTC) if is_day else start).timestamp() * 1000)
    return (begins - DAY_MS, "24h"), (begins - HOUR_MS, "1h"), (begins + DAY_MS * is_day, "passed")


def reached(now: int, time: int) -> int:
    """How far time has come for deadlines, when an article comes; Unix milliseconds.

    The clock lags, for it wants several articles to say so. Here one is enough, unless its date is far off:
    what strikes too early says the same as it would have later, and an archive may end with that article.

    Args:
        now: the step's clock.
        time: the article's event time.
    """
    return max(now, time) if time - now <= LEAP_MS else now


class Deadlines:
    """Those that are known, and which strikes next."""

    def __init__(self, *, window: timedelta) -> None:
        """Make it.

        Args:
            window: how long a deadline is known after it has passed: a late copy must not ring again.
        """
        self.memory = Memory("clock/", Pending, most=MOST)
        """By watch and date, with a slash between; neither has one."""
        self._window_ms = int(window.total_seconds() * 1000)
        self._heap: list[tuple[int, str]] = []
        """Each one's next moment, or when it is forgotten. What is gone may stand in it still."""
        self._said: dict[int, str] = {}
        """Key by story and sentence."""

    def __len__(self) -> int:
        return len(self.memory)

    @property
    def next(self) -> int | None:
        """When there is something to do, Unix milliseconds; None if there is nothing."""
        return self._heap[0][0] if self._heap else None

    def restored(self) -> None:
        """The memory has been taken up from the table."""
        self._heap, self._said = [], {}
        for key in self.memory:
            if (pending := self.memory.get(key)) is not None:
                self._heap.append((self._moment(key, pending), key))
                self._said.update(dict.fromkeys(pending.said, key))
        heapify(self._heap)

    def hear(self, article: Alert, status: Status, *, time: int, now: int) -> list[str]:
        """Take up the dates beside an article's mentions of a watch.

        A sentence of a story that has named a date names the same again: in Saturday's copy 'by Friday' still
        is yesterday.

        Args:
            article: as an alert of its story.
            status: the article's.
            time: its event time, Unix milliseconds.
            now: the step's clock; what is past by either does not strike any more.

        Returns:
            The keys of those that were dropped, since there are too many.
        """
        dates: dict[str, dict[int, Mention]] = {}
        for mention in article.mentions:
            if mention.due is not None:
                said = crc32(f"{article.alert_id}/{mention.sentence}".encode())
                key = self._said.get(said, f"{article.watch}/{mention.due}")
                dates.setdefault(key, {}).setdefault(said, mention)
        for key, mentions in dates.items():
            pending = self.memory.get(key)
            if pending is None:
                struck = sum(moment <= max(time, now) for moment, _ in moments(_due(key)))
                if struck == len(moments(_due(key))):
                    continue
                told = msgspec.structs.replace(article, mentions=tuple(mentions.values())[:MOST_MENTIONS])
                pending = Pending(_ENCODER.encode(told), status, struck)
                heappush(self._heap, (self._moment(key, pending), key))
            pending = msgspec.structs.replace(
                pending,
                spread=pending.spread.add(article.source, time),
                alerts=tuple(dict.fromkeys((*pending.alerts, article.alert_id)))[:MOST_STORIES],
                said=tuple(dict.fromkeys((*pending.said, *mentions)))[:MOST_SAID],
            )
            self._said.update(dict.fromkeys(pending.said, key))
            self.memory.put(key, pending, now)
        return [self._drop(next(iter(self.memory))) for _ in range(len(self.memory) - MOST)]

    def strike(self, now: int, tell: Callable[[Strike], bool]) -> None:
        """Tell of each moment that has come, in order, once.

        Args:
            now: Unix milliseconds.
            tell: says whether it was sent.
        """
        while self._heap and self._heap[0][0] <= now:
            moment, key = heappop(self._heap)
            pending = self.memory.get(key)
            if pending is None or self._moment(key, pending) != moment:
                continue
            watch, due = key.rsplit("/", 1)
            ahead = moments(due)[pending.struck :]
            if not ahead:
                self._drop(key)
                continue
            left = ahead[0][1]
            sent = tell(Strike(watch, due, left, datetime.fromtimestamp(moment / 1000, UTC), pending))
            pending = msgspec.structs.replace(
                pending,
                struck=pending.struck + 1,
                revision=pending.revision + sent,
                told=left if sent else pending.told,
            )
            self.memory.put(key, pending, now)
            heappush(self._heap, (self._moment(key, pending), key))

    def _moment(self, key: str, pending: Pending) -> int:
        """When something is to be done about a deadline next."""
        found = moments(_due(key))
        return found[pending.struck][0] if pending.struck < len(found) else found[-1][0] + self._window_ms

    def _drop(self, key: str) -> str:
        pending = self.memory.get(key)
        for said in pending.said if pending else ():
            self._said.pop(said, None)
        self.memory.drop(key)
        return key


def _due(key: str) -> str:
    return key.rpartition("/")[2]
