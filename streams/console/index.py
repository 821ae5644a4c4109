"""Which records on the topic belong to which alert."""

from __future__ import annotations

MOST_ALERTS = 500_000
"""Alerts known, 180 bytes each, 90 MB in all. A topic of alerts holds 1 GiB, which at the seeds' 3.8 KB an
alert is 283,000; what is older than the newest so many is in no list."""


class Index:
    """Alert id to the offsets of its revisions, for the alerts that were sent last."""

    def __init__(self, most: int = MOST_ALERTS) -> None:
        self._most = most
        self._offsets: dict[bytes, tuple[int, ...]] = {}
        """In the order of each alert's newest revision: who is to be forgotten stands first."""
        self.floor = 0
        """All alerts with a revision from this offset on are known."""

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, alert_id: str, offset: int) -> None:
        """Take up a record; offsets rise from call to call."""
        key = _key(alert_id)
        self._offsets[key] = (*self._offsets.pop(key, ()), offset)
        if len(self._offsets) > self._most:
            self._drop_first()

    def offsets(self, alert_id: str) -> tuple[int, ...]:
        """Where an alert's revisions are, oldest first; none if it isn't known."""
        return tuple(offset for offset in self._offsets.get(_key(alert_id), ()) if offset >= self.floor)

    def newest(self, alert_id: str, offset: int, as_of: int) -> bool:
        """Whether the record there is an alert's state as it was when the topic ended at `as_of`."""
        seen = [known for known in self._offsets.get(_key(alert_id), ()) if known < as_of]
        return not seen or seen[-1] == offset

    def forget(self, begin: int) -> None:
        """Forget the records below an offset, which are no longer on the topic."""
        self.floor = max(self.floor, begin)
        while self._offsets and next(iter(self._offsets.values()))[-1] < begin:
            self._drop_first()

    def _drop_first(self) -> None:
        first = next(iter(self._offsets))
        self.floor = max(self.floor, self._offsets.pop(first)[-1] + 1)


def _key(alert_id: str) -> bytes:
    """The 16 bytes that an id of ours stands for, or another's as it is."""
    try:
        raw = bytes.fromhex(alert_id)
    except ValueError:
        return alert_id.encode("utf-8", "surrogatepass")
    # An id that merely could be read as hex, as in 'AB' for 'ab', stays what it is.
    return raw if raw.hex() == alert_id else alert_id.encode()
