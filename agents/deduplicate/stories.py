"""What is kept of a story: its first article, its outlets, from when to when, and stories it is linked with.

It is in the step's table beside the articles, under a key that no input has, from the story's second article
until its last one is forgotten. Nothing of it is in memory.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.coverage import Spread
from agents.alerts.outlet import outlet
from streams.records import Story, StoryLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agents.deduplicate.remembered import Remembered

PREFIX = "story:"
"""No topic has a colon in its name, so no input's key begins so."""
MOST_OUTLETS = 20
MOST_LINKS = 20
MOST_CHARACTERS = 200
"""Of a headline, a URI or an outlet's name."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A story as the table has it."""

    story_id: str
    headline: str
    uri: str | None
    source: str | None
    first_seq: int
    seq: int
    article_id: str
    spread: Spread = Spread()
    outlets: tuple[str, ...] = ()
    first_time: int | None = None
    """Event time in ms."""
    last_time: int | None = None
    links: tuple[StoryLink, ...] = ()

    def record(self) -> Story:
        """As it is sent."""
        return Story(
            story_id=self.story_id,
            headline=self.headline,
            uri=self.uri,
            source=self.source,
            coverage=self.spread.coverage(),
            outlets=self.outlets,
            first_time=_time(self.first_time),
            last_time=_time(self.last_time),
            first_seq=self.first_seq,
            seq=self.seq,
            article_id=self.article_id,
            links=self.links,
        )


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


class Followed(msgspec.Struct, frozen=True):
    """What an article makes of stories."""

    writes: dict[str, bytes] = {}
    stories: tuple[Story, ...] = ()
    """To be sent: its own, then those it links."""
    links: tuple[StoryLink, ...] = ()
    """From its own story to others: those that there were not before."""


def follow(
    article: Remembered,
    nearest: Remembered,
    joined: Iterable[Remembered],
    lookup: Callable[[str], bytes | None],
    *,
    window: int,
) -> Followed:
    """Count an article that is not new in its story, and link the story with others that it is a copy of.

    Delivered again with its `seq`, it changes nothing and the same comes out.

    Args:
        article: with its verdict.
        nearest: the one that it was compared with; until now the story's only one, unless the table has more.
        joined: an article of each other story that it is a copy of.
        lookup: reads the table.
        window: a date further from the step's clock, in ms, is wrong and says nothing of the story's span.
    """
    own = _counted(_known(nearest, lookup, window), article, window)
    changed, links = [], []
    for one in joined:
        other = _known(one, lookup, window)
        links.append(_link(other.story_id, article))
        changed.append(_linked(other, _link(own.story_id, article)))
    before = {link.story_id for link in own.links if link.seq != article.seq}
    new = tuple(link for link in links if link.story_id not in before)
    for link in links:
        own = _linked(own, link)
    changed.insert(0, own)
    return Followed(
        {PREFIX + story.story_id: _encode(story) for story in changed},
        tuple(story.record() for story in changed),
        new,
    )


def ended(story_id: str, seq: int, lookup: Callable[[str], bytes | None]) -> str | None:
    """Key of the story to be deleted when its article `seq` is forgotten; None if it goes on."""
    key = PREFIX + story_id
    value = lookup(key)
    return None if value is None or _decode(value).seq > seq else key


def _known(article: Remembered, lookup: Callable[[str], bytes | None], window: int) -> Kept:
    """The story of a remembered article: as the table has it, else that of this article alone."""
    story_id = article.verdict.story_id
    value = lookup(PREFIX + story_id)
    if value is not None:
        return _decode(value)
    alone = Kept(story_id, article.headline, article.uri, article.source, article.seq, -1, article.article_id)
    return _counted(alone, article, window)


def _counted(story: Kept, article: Remembered, window: int) -> Kept:
    if article.seq <= story.seq:
        return story
    time = article.time
    if time is not None and article.clock is not None and abs(time - article.clock) > window:
        time = None
    outlets = story.outlets
    if article.source and len(outlets) < MOST_OUTLETS:
        known = {outlet(source) for source in outlets}
        outlets = outlets if outlet(article.source) in known else (*outlets, article.source)
    times = [time for time in (story.first_time, story.last_time, time) if time is not None]
    return msgspec.structs.replace(
        story,
        seq=article.seq,
        article_id=article.article_id,
        spread=story.spread.add(article.source, time),
        outlets=outlets,
        first_time=min(times, default=None),
        last_time=max(times, default=None),
    )


def _link(story_id: str, article: Remembered) -> StoryLink:
    return StoryLink(story_id=story_id, article_id=article.article_id, seq=article.seq)


def _linked(story: Kept, link: StoryLink) -> Kept:
    if len(story.links) == MOST_LINKS or any(one.story_id == link.story_id for one in story.links):
        return story
    return msgspec.structs.replace(story, links=(*story.links, link))


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)
