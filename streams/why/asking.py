"""What an explanation needs: the history, the watchlist that explains, and a word for what nobody knows."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from agents.mentions.scope_ids import entity_scopes
from agents.mentions.watchlist import load
from streams.connect import consumer
from streams.fetch import Fetcher
from streams.topology import ARTICLES, WATCHLIST
from streams.watches.publish import read
from streams.why.explain import InForce
from streams.why.find import parsed
from streams.why.history import Folder, HistoryError
from streams.why.limit import Limited
from streams.why.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.settings import Settings
    from streams.why.history import History
    from streams.why.limit import Limit


@contextmanager
def opened(settings: Settings, folder: Path | None = None, limit: Limit | None = None) -> Iterator[History]:
    """Yield the history: the topics, or the folder of a run.

    Args:
        settings: broker and prefix.
        folder: what 'newswatch run --out' wrote.
        limit: ends the reading of topics.

    Raises:
        KafkaUnusable: no broker answers, or the edition has no topics.
        HistoryError: the folder holds no run, or a record can't be read.
        GivenUp: the limit is reached.
    """
    try:
        if folder is not None:
            yield Folder(folder)
            return
        with consumer(settings.cluster) as client, Fetcher(settings.cluster) as fetcher:
            yield Topics(client, Limited(fetcher, limit) if limit else fetcher, settings.topic_prefix)
    except msgspec.MsgspecError as error:
        raise HistoryError(
            f"a record can't be read ({error}): was it written by a newer version, or by something else?"
        ) from error


def in_force(settings: Settings, *, from_topic: bool) -> InForce:
    """The watchlist that explains: the topic's, else the file's.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
        WatchlistError: it can't be taken.
    """
    found, origin = None, f"file {settings.watchlist.name}"
    if from_topic and (found := read(settings)[0].watchlist()):
        origin = f"topic {settings.topic_prefix}{WATCHLIST}"
    watchlist = found or load(settings.watchlist)
    return InForce(watchlist, origin, entity_scopes(watchlist, settings.names))


def unknown(past: History, article: str) -> str:
    """What to say of an article that nobody knows."""
    first = past.first(ARTICLES)
    if first is None:
        return f"nobody knows {article!r}: no article has come through, or all are gone from the topics"
    arrived = parsed(first.value).arrived
    return (
        f"nobody knows {article!r}: what is left reaches back to seq {first.offset}, arrived "
        f"{arrived:%Y-%m-%d %H:%M:%S}Z; give an id, a URI, a name or topic:partition:offset (a refused "
        "file is known by its position only)"
    )
