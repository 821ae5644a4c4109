"""Articles to judge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

import pytest

from agents.deduplicate.fingerprint import minhash
from agents.deduplicate.memory import Decision, Memory
from agents.ingest.identity import normalised_words
from streams.records import Article, Origin, Parsed, Position, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.deduplicate.settings import DedupSettings

START = datetime(2019, 5, 1, tzinfo=UTC)


class MakeArticle(Protocol):
    """Makes an article; `hours` after the start."""

    def __call__(  # noqa: D102
        self,
        offset: int,
        text: str,
        *,
        uri: str | None = None,
        hours: float | None = None,
        at: datetime | None = None,
        origin: Origin = "replay",
        own: bool = True,
        source: str | None = None,
    ) -> Article: ...


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


@pytest.fixture(scope="session")
def article() -> MakeArticle:
    """A maker of articles."""

    def make(
        offset: int,
        text: str,
        *,
        uri: str | None = None,
        hours: float | None = None,
        at: datetime | None = None,
        origin: Origin = "replay",
        own: bool = True,
        source: str | None = None,
    ) -> Article:
        time = at or START + timedelta(hours=offset / 3600 if hours is None else hours)
        content = _hash(" ".join(normalised_words(text)))
        return Article(
            article_id=_hash(uri) if uri else content,
            content_hash=content,
            headline=" ".join(text.split()[:5]),
            headline_source="derived",
            body_text=text,
            language="en",
            uri=uri,
            source=source,
            event_time=time,
            event_time_source="own" if own else "arrival",
            arrived=time,
            origin=origin,
            position=Position(topic="news.raw", partition=0, offset=offset),
            minhash=minhash(text),
        )

    return make


@pytest.fixture(scope="session")
def rejection() -> object:
    """A maker of rejections."""

    def make(offset: int) -> Rejection:
        position = Position(topic="news.raw", partition=0, offset=offset)
        return Rejection(
            reason="empty", message="", event_time=START, arrived=START, origin="replay", position=position
        )

    return make


class Step:
    """The step as its shell drives it: a table beside the memory, written after each batch."""

    def __init__(self, settings: DedupSettings | None = None) -> None:
        self.settings = settings
        self.memory = Memory(settings)
        self.table: dict[str, bytes] = {}
        self._waiting: list[Decision] = []
        self._seq = 0

    def __call__(self, parsed: Parsed, seq: int | None = None) -> Decision:
        """Judge one input; it waits to be written."""
        decision = self.memory.decide(self._seq if seq is None else seq, parsed, self.table.get)
        self._seq = max(self._seq, self._seq if seq is None else seq) + 1
        self._waiting.append(decision)
        return decision

    def commit(self) -> None:
        """Write what waits."""
        for decision in self._waiting:
            self.table |= decision.writes
            for key in decision.deletes:
                self.table.pop(key, None)
        self._waiting.clear()
        self.memory.committed()

    def all(self, inputs: Iterable[Parsed]) -> list[Decision]:
        """Judge and write one by one."""
        decisions = []
        for parsed in inputs:
            decisions.append(self(parsed))
            self.commit()
        return decisions

    def restart(self) -> None:
        """Lose the memory, keep the table."""
        self._waiting.clear()
        self.memory = Memory(self.settings)
        self.memory.restore(self.table.items())


@pytest.fixture
def step() -> Step:
    """The step with its defaults."""
    return Step()


@pytest.fixture(scope="session")
def make_step() -> type[Step]:
    """The step, for tests with settings of their own or many runs."""
    return Step
