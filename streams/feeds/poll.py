"""One poll of one feed: asked for, read, its new entries published, and what is known of it after that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

from msgspec.structs import replace
from yarl import URL

from agents.ingest.identity import digest
from streams.feeds.answer import Trouble
from streams.feeds.article import Raw, raw, wants_page
from streams.feeds.client import FEED_BYTES, Ask
from streams.feeds.parser import ParserError
from streams.feeds.schedule import bounded
from streams.feeds.state import TRIES, FeedState, Seen, Selection, Wanted, remembered, select

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streams.feeds.answer import Answer, Kind
    from streams.feeds.feed import Feed
    from streams.feeds.pages import Page
    from streams.feeds.reading import Entry, Reading

Outcome = Literal["read", "unchanged", "no_feed", "unread", "undelivered", Trouble]
"""`no_feed`: it is something else; `unread`: the parser gave it up; `undelivered`: the broker did not take an
article; the rest as `Trouble`."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
GOOD: frozenset[Outcome] = frozenset({"read", "unchanged"})
EntryOutcome = Literal["published", "again", "known", "old", "left"]
"""`again`: its words have changed, or its page could be had at last; `left`: for the next poll."""
ENTRY_OUTCOMES: tuple[EntryOutcome, ...] = get_args(EntryOutcome)
_OF: dict[Kind, Outcome] = {"ok": "read"} | {name: name for name in OUTCOMES}  # type: ignore[assignment]
_NO_FEED = ("image/", "video/", "audio/", "font/")


class Undelivered(Exception):  # noqa: N818  says what became of it
    """The broker did not take an article."""


class Stopped(Exception):  # noqa: N818  the same
    """There was no time left for it."""


class Tools(Protocol):
    """What a poll works with; each but `deliver` raises Stopped when it is cut off."""

    async def get(self, ask: Ask) -> Answer:
        """Ask for a feed."""

    async def read(self, body: bytes, content_type: str | None, url: str) -> Reading:
        """Read a feed; raises ParserError."""

    async def page(self, entry: Entry, feed: Feed, home: URL) -> Page:
        """The page of an entry."""

    async def deliver(self, feed: Feed, article: Raw) -> None:
        """Publish, and wait until the broker has it; raises Undelivered."""

    def stopping(self) -> bool:
        """Whether to come to an end."""


class Polled(NamedTuple):
    """What came of a poll."""

    outcome: Outcome
    message: str
    """For people, where it is not good; else what is broken or has moved."""
    state: FeedState
    answer: Answer | None = None
    """None: it was not asked."""
    reading: Reading | None = None
    counts: Mapping[EntryOutcome, int] = MappingProxyType({})
    articles: tuple[Raw, ...] = ()
    pages: tuple[Page, ...] = ()


async def poll(
    feed: Feed,
    state: FeedState,
    tools: Tools,
    *,
    sample: int | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Polled:
    """Poll a feed once.

    Args:
        feed: to poll.
        state: what is known of it.
        tools: to work with.
        sample: publish so many of its newest entries at most, and say nothing of the others.
        now: wall clock.

    Raises:
        Stopped: before anything was published.
    """
    home = URL(feed.url).origin()
    answer = await tools.get(
        Ask(
            feed.url,
            home=home,
            private=feed.private,
            headers=feed.headers,
            conditions=_conditions(state),
            limit=FEED_BYTES,
            types=lambda kind: not kind.startswith(_NO_FEED),
        )
    )
    if answer.kind != "ok":
        return _not_read(answer, state, now())
    seal = digest(answer.body.decode("latin-1"))
    if state.body == seal:
        return Polled("unchanged", "", _at_peace(state), answer)
    try:
        reading = await tools.read(answer.body, answer.content_type, answer.url)
    except ParserError as error:
        return Polled("unread", str(error), state, answer)
    if not reading.version:
        return Polled("no_feed", _no_feed(answer, reading), state, answer, reading)
    chosen = select(feed, state.seen, reading.entries, now())
    publishing = _Publishing(feed, reading, tools, home)
    wanted = chosen.wanted if sample is None else chosen.wanted[-sample:] if sample else []
    outcome, message = await publishing.all(wanted)
    whole = outcome == "read" and not (chosen.left or publishing.left or publishing.trying)
    after = replace(
        _at_peace(state),
        etag=answer.etag if whole else None,
        last_modified=answer.last_modified if whole else None,
        body=seal if whole else None,
        seen=remembered(state.seen, chosen.passed | publishing.done, chosen.present),
    )
    return Polled(
        outcome,
        message or (f"broken: {reading.problem}" if reading.problem else ""),
        after,
        answer,
        reading,
        _counts(chosen, publishing) if sample is None else {},
        tuple(publishing.articles),
        tuple(publishing.pages),
    )


class _Publishing:
    """The entries of a poll on their way, one after the other: the order of the log is that of the news."""

    def __init__(self, feed: Feed, reading: Reading, tools: Tools, home: URL) -> None:
        self._feed = feed
        self._reading = reading
        self._tools = tools
        self._home = home
        self.done: dict[str, Seen] = {}
        self.articles: list[Raw] = []
        self.pages: list[Page] = []
        self.again = 0
        self.problem = ""
        """With an entry that could not be made an article; it is ours."""
        self.left = 0
        """Entries that were not come to."""
        self.trying = 0
        """Entries whose page is tried again in the next poll."""

    async def all(self, wanted: list[Wanted]) -> tuple[Outcome, str]:
        for index, item in enumerate(wanted):
            self.left = len(wanted) - index
            if self._tools.stopping():
                break
            try:
                await self._one(item)
            except Stopped:
                break
            except Undelivered as error:
                return "undelivered", str(error)
            except Exception as error:  # noqa: BLE001  one entry must not stop the news
                self.done[item.key] = Seen(item.content)
                self.problem = (
                    f"{type(error).__name__}: {str(error)[:200]} at the entry {item.entry.id[:200]!r}"
                )
            self.left = 0
        return "read", self.problem

    async def _one(self, item: Wanted) -> None:
        page = None
        if wants_page(self._feed, item.entry):
            page = await self._tools.page(item.entry, self._feed, self._home)
            self.pages.append(page)
        tries = item.tries + 1 if page is not None and page.passing and item.tries + 1 < TRIES else 0
        if not item.tries or (page is not None and page.article is not None):
            article = raw(
                self._feed,
                self._reading,
                item.entry,
                page=page.article if page else None,
                again=item.again,
            )
            await self._tools.deliver(self._feed, article)
            self.articles.append(article)
            self.again += item.again
        self.trying += tries > 0
        self.done[item.key] = Seen(item.content, tries)


def _conditions(state: FeedState) -> dict[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in given.items() if value}


def _not_read(answer: Answer, state: FeedState, now: datetime) -> Polled:
    outcome, message = _OF[answer.kind], answer.message
    if outcome == "unchanged":
        return Polled(outcome, "", _at_peace(state), answer)
    seconds = bounded(answer.retry_after)
    if seconds and outcome == "busy":
        message += f"; it asks to be left alone for {seconds:.0f} s"
        state = replace(state, not_before=now + timedelta(seconds=seconds))
    if outcome == "gone":
        state = replace(state, gone=now)
    return Polled(outcome, message, state, answer)


def _at_peace(state: FeedState) -> FeedState:
    return replace(state, not_before=None, gone=None)


def _no_feed(answer: Answer, reading: Reading) -> str:
    what = (answer.content_type or "without a content type").partition(";")[0]
    words = f"it is {what} and no feed" + (f" ({reading.problem})" if reading.problem else "")
    return words + (f"; it names {', '.join(reading.alternates)}" if reading.alternates else "")


def _counts(chosen: Selection, publishing: _Publishing) -> dict[EntryOutcome, int]:
    return {
        "published": len(publishing.articles) - publishing.again,
        "again": publishing.again,
        "known": chosen.known,
        "old": chosen.old,
        "left": chosen.left + publishing.left,
    }
