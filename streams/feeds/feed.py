"""A feed as it is configured."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from agents.ingest.identity import digest

Page = Literal["auto", "always", "never"]
PAGES: tuple[Page, ...] = get_args(Page)

EVERY = 600.0
"""Seconds between two polls of a feed that is given no `every` and asks for no other."""
MOST = 100
"""Entries published from one poll; the next one takes the rest."""
MAX_AGE = 72 * 3600.0
"""Seconds; as long as the pipeline remembers an article (`NEWSWATCH_DEDUP_WINDOW`): an entry of before that
would be news to it again each time the feed shows it."""
DELAY = 1.0
"""Seconds between two requests to one host."""


class FeedsError(Exception):
    """A list of feeds that can't be used; the message says where and what to do, and holds no secret."""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed, with the defaults of its file."""

    name: str
    """In logs, metrics and tables; one of each in a file."""
    url: str
    """With what the environment has for `${…}`, which may be a secret."""
    shown: str
    """As it stands in the file, without user and password."""
    source: str | None = None
    """The outlet; else ingest takes the host of the entry's address."""
    language: str | None = None
    """ISO 639-1; else what the feed says, else ingest finds out."""
    every: float | None = None
    """Seconds; None: as the feed asks, else `EVERY`."""
    page: Page = "auto"
    """Whether the page of an entry is fetched: `auto` where the entry has no text of its own."""
    updates: bool = True
    """Whether an entry is published again when its text has changed."""
    private: bool = False
    """Whether its host may be at a private or loopback address."""
    headers: dict[str, str] = {}
    most: int = MOST
    max_age: float = MAX_AGE
    """Seconds; an entry dated before that is passed over."""

    @property
    def key(self) -> str:
        """What its state is kept by: the address as it stands in the file, so a new token changes nothing."""
        return digest(self.shown)


class Feeds(msgspec.Struct, frozen=True, kw_only=True):
    """A file of feeds."""

    feeds: tuple[Feed, ...]
    contact: str | None = None
    """Who polls, for those who are polled: in each request's `User-Agent`."""
    delay: float = DELAY
    """Seconds between the end of a request and the next one to the same host."""
