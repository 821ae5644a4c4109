"""Looks at the brokers every few seconds, from a thread of its own: what hangs elsewhere doesn't hide it."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from kafka.errors import KafkaError

from streams.connect import KafkaUnusable, admin
from streams.health import SILENT_SECONDS, broker_answers
from streams.lag import ask
from streams.lag.reckon import Reckoner, next_unread
from streams.lag.seen import Seen
from streams.metrics import STEPS
from streams.settings import SettingsError
from streams.topology import ALERTS, TOPICS, of_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.lag.seen import Disk
    from streams.settings import Settings

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
"""Between two looks; an age may be less by as much. One takes 5 ms of processor time."""
SELDOM_SECONDS = 60.0
"""Between two looks at what changes slowly: disks, who else reads."""
READ_SECONDS = 30.0
"""Between two readings of records that were there before the first look."""
STOP_SECONDS = 2.0


class Observer:
    """How far the edition's readers are behind, and how the brokers are."""

    def __init__(
        self,
        settings: Settings,
        *,
        others: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Make it; nothing is asked yet.

        Args:
            settings: of the edition.
            others: whether to look for other programs' groups that read the edition's topics.
            clock: monotonic.
            wall: Unix seconds, held against what records say.
        """
        self._settings = settings
        self._others = others
        self._clock = clock
        self._wall = wall
        self._prefix = settings.topic_prefix
        self._group = settings.group
        self._reckoner = Reckoner(settings.topic_prefix)
        steps = frozenset(STEPS)
        self._own = {
            self._prefix + topic.name
            for topic in TOPICS
            if not steps.isdisjoint(topic.readers) or (topic.name == ALERTS and settings.webhook_url)
        }
        self._groups = {self._group: self._own}
        self._disks: tuple[Disk, ...] = ()
        self._sizes: tuple[tuple[str, int], ...] = ()
        self._seldom: float | None = None
        self._read: float | None = None
        self._seen: Seen | None = None
        self._looked = self._answered = clock()
        self._asked = False
        self._trouble = False
        self._complaints: set[str] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def seen(self) -> Seen | None:
        """What the last look found; None where there was none in the last seconds."""
        return self._seen if self._clock() - self._looked <= SILENT_SECONDS else None

    @property
    def up(self) -> bool | None:
        """Whether brokers answer; None while nothing has been asked."""
        return self._clock() - self._answered <= SILENT_SECONDS if self._asked else None

    def start(self) -> None:
        """Look from now on."""
        self._thread = threading.Thread(target=self._run, name="lag", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a question under way is left to itself after two seconds."""
        self._stopping.set()
        if self._thread:
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._connected() as client:
                    while not self._stopping.is_set():
                        self.look(client)
                        self._stopping.wait(LOOK_SECONDS)
            except Exception as error:  # noqa: BLE001  whatever befell it, there is nothing but to look again
                self._complain(error)
                self._stopping.wait(LOOK_SECONDS)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        cluster = self._settings.cluster
        # kafka-python's client leaves its thread and its sockets behind where no broker answers it.
        if not asyncio.run(broker_answers(cluster)):
            raise KafkaUnusable(f"no broker answers at {cluster.bootstrap}")
        with admin(cluster) as client:
            yield client

    def look(self, client: Any) -> None:
        """Ask once.

        What is acknowledged is asked before where the partitions end, or a reader could seem to be beyond it.

        Raises:
            KafkaError: no answer.
        """
        parts = ask.partitions(client, set().union(*self._groups.values()))
        self._answered, self._asked = self._clock(), True
        self._look_seldom(client)
        wanted = {
            group: [part for part in parts if part.topic in topics] for group, topics in self._groups.items()
        }
        acknowledged = ask.committed(client, wanted)
        begins, ends = ask.bounds(client, parts)
        now = self._clock()
        self._reckoner.see(ends, now)
        unread = {
            group: {
                part: next_unread(acknowledged.get(group, {}).get(part), begins[part], ends[part])
                for part in parts_
            }
            for group, parts_ in wanted.items()
        }
        if (self._read is None or now - self._read > READ_SECONDS) and (
            unsure := self._reckoner.unsure(unread, ends)
        ):
            self._ask_the_records(unsure)
        lags = self._reckoner.lags(unread, ends, now)
        self._seen, self._looked = Seen(tuple(lags), self._disks, self._sizes), self._clock()
        if self._trouble:
            self._trouble = False
            log.info("lag is measured again")

    def _ask_the_records(self, unsure: set[tuple[Any, int]]) -> None:
        self._read = self._clock()
        told = ask.arrivals(self._settings.cluster, self._prefix, sorted(unsure))
        now, wall = self._clock(), self._wall()
        for (part, offset), moment in told.items():
            self._reckoner.tell(part, offset, now - max(0.0, wall - moment))

    def _look_seldom(self, client: Any) -> None:
        now = self._clock()
        if self._seldom is not None and now - self._seldom < SELDOM_SECONDS:
            return
        self._seldom = now
        for look in (self._look_at_disks, self._look_for_readers):
            try:
                look(client)
            except KafkaError as error:
                # Who may not ask these has the rest all the same.
                said = str(error) or type(error).__name__
                if said not in self._complaints:
                    log.warning("brokers did not say all", error=said)
                self._complaints.add(said)

    def _look_at_disks(self, client: Any) -> None:
        names = [name for name in client.list_topics() if self._sized(name)]
        self._disks, self._sizes = ask.disks(client, names, self._prefix)

    def _look_for_readers(self, client: Any) -> None:
        if not self._others:
            return
        own, alerts = set(self._own), self._prefix + ALERTS
        if alerts not in own and ask.reads(client, self._group, alerts):
            own.add(alerts)
        self._groups = {self._group: own, **ask.other_groups(client, self._prefix, self._group)}

    def _sized(self, name: str) -> bool:
        return of_edition(name, self._prefix) or name.startswith(f"{self._group}-")

    def _complain(self, error: Exception) -> None:
        """Say it once, however often it is met until a look succeeds."""
        self._asked = True
        if not self._trouble:
            expected = isinstance(error, KafkaError | KafkaUnusable | SettingsError | OSError)
            log.warning(
                "lag is not measured, trying again",
                error=str(error) or type(error).__name__,
                exc_info=None if expected else error,
            )
        self._trouble = True
