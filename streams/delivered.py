"""What a step sent before it died and its table knows nothing of: it is not sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from streams.records import Deadline  # noqa: TC001  msgspec resolves annotations at run time
from streams.tail import end_offset, tails
from streams.wire import decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.emit import Emit
    from streams.settings import Settings


class Sent(msgspec.Struct, frozen=True):
    """As much of a record as tells it from others of its topic."""

    seq: int
    watch: str
    deadline: Deadline | None = None


class Delivered:
    """Looks at the end of a topic when something is to be sent there that may be there already.

    Only what was in the step's input when it took over can have been worked off before, and only the topics
    that it leads to are looked at: a start does not grow longer with the number of watches.
    """

    def __init__(self, settings: Settings, source: str, identity: Callable[[object], str | None]) -> None:
        """Make one for a step.

        Args:
            settings: of the worker.
            source: topic of one partition that the step reads.
            identity: what makes a record the same when it is sent again; None where a repeat does no harm.
        """
        self._settings = settings
        self._source = source
        self._identity = identity
        self._found: dict[str, set[str | None]] = {}
        self._since = self._end = 0

    async def begin(self, since: int) -> None:
        """Take over, with `since` the first `seq` that the table knows nothing of."""
        self._found, self._since = {}, since
        self._end = await end_offset(self._settings, self._source)

    async def new(self, emits: Sequence[Emit], offset: int) -> list[Emit]:
        """Those of `emits` that are not on their topic yet.

        Args:
            emits: what a batch led to.
            offset: of the batch's first record.
        """
        if offset >= self._end:
            self._found = {}
            return list(emits)
        known = [(emit, self._identity(emit.value)) for emit in emits]
        if topics := {emit.topic for emit, key in known if key is not None} - self._found.keys():
            newest = await tails(self._settings, sorted(topics), decoder(Sent), since=self._since)
            self._found |= {topic: set(map(self._identity, newest[topic])) for topic in topics}
        return [emit for emit, key in known if key is None or key not in self._found[emit.topic]]
