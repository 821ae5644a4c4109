"""What a site allows robots (RFC 9309), asked before its pages are; a feed is there to be polled."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from protego import Protego
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from streams.feeds.answer import Answer
    from streams.feeds.client import Ask

NAME = "newswatch"
"""How we are called in such a file."""
BYTES = 512 << 10
"""RFC 9309, section 2.5: 500 KiB at least."""
KEPT = 86400.0
"""Seconds; the RFC's section 2.4 has a day."""
KEPT_FAILED = 600.0
MOST = 1_000
LONGEST_DELAY = 30.0


class Rule(NamedTuple):
    """For one page."""

    allowed: bool
    delay: float = 0.0
    """Seconds that the site wants between two requests."""
    failed: Answer | None = None
    """The answer to the question for its file, where that can't be had for now."""


class _Known(NamedTuple):
    rules: Protego
    until: float
    failed: Answer | None = None


class Robots:
    """The files of the sites asked lately."""

    def __init__(
        self, get: Callable[[Ask], Awaitable[Answer]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Make one.

        Args:
            get: asks for a file.
            clock: seconds.
        """
        self._get = get
        self._clock = clock
        self._known: dict[URL, _Known] = {}

    async def rule(self, ask: Ask) -> Rule:
        """What holds for a page that is about to be asked for."""
        origin = URL(ask.url).origin()
        known = self._known.get(origin)
        if known is None or known.until < self._clock():
            known = _read(await self._get(_file(ask, origin)), self._clock())
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[origin] = known
        if known.failed is not None:
            return Rule(allowed=False, failed=known.failed)
        delay = known.rules.crawl_delay(NAME) or 0.0
        return Rule(known.rules.can_fetch(ask.url, NAME), min(float(delay), LONGEST_DELAY))


def _file(ask: Ask, origin: URL) -> Ask:
    return ask._replace(url=str(origin / "robots.txt"), limit=BYTES)


def _read(answer: Answer, now: float) -> _Known:
    """A site without such a file allows all; where it can't be had for now nothing is."""
    if answer.kind == "ok":
        return _Known(Protego.parse(answer.body.decode("utf-8", "replace")), now + KEPT)
    if answer.kind in {"refused", "gone"}:
        return _Known(Protego.parse(""), now + KEPT)
    return _Known(Protego.parse(""), now + KEPT_FAILED, answer)
