"""What has to be published so that a set of watches becomes another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from streams.watches.entries import encode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from agents.mentions.watchlist import Watch


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Names of watches, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    records: tuple[tuple[str, bytes | None], ...] = ()
    """Keys and values to publish. First what is added, last what is removed: in between nothing is missed."""

    def line(self) -> str:
        """In one line, for people."""
        parts = [
            f"{what} {len(names)}: {', '.join(names[:10])}{' …' if len(names) > 10 else ''}"  # noqa: PLR2004
            for what, names in (("added", self.added), ("changed", self.changed), ("removed", self.removed))
            if names
        ]
        return "; ".join([*parts, f"{len(self.same)} as they were"])


def changes(
    there: Mapping[str, Watch],
    wanted: Iterable[Watch],
    *,
    remove: Iterable[str] | None = None,
    bad: Collection[str] = (),
) -> Changes:
    """What to publish.

    Args:
        there: the watches on the topic, by name.
        wanted: those that have to be there.
        remove: names to take out; None for all that are not wanted.
        bad: keys whose newest record is no watch. What was good before is lost when the topic is compacted,
            so a watch that is wanted is published again.
    """
    new = {watch.name: watch for watch in wanted}
    known = there.keys() | set(bad)
    gone = sorted((known if remove is None else known & set(remove)) - new.keys())
    added = sorted(new.keys() - there.keys())
    changed = sorted(name for name in new.keys() & there.keys() if new[name] != there[name] or name in bad)
    records = [(name, encode(new[name])) for name in (*added, *changed)]
    return Changes(
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(gone),
        same=tuple(sorted(there.keys() - set(changed) - set(gone))),
        records=(*records, *((name, None) for name in gone)),
    )
