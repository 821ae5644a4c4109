"""A month of news for `bench_long`: any article of it by its number, so that none has to be kept."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from zlib import crc32

import numpy as np

from agents.deduplicate.fingerprint import signature
from agents.deduplicate.shingles import mixed, shingles
from agents.ingest.identity import article_id, content_hash
from streams.records import Article, Position, Rejection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from streams.records import Parsed

Kind = Literal["new", "reprint", "edited", "abridged", "update", "late", "rejected"]
SHARES: dict[Kind, float] = {
    "reprint": 0.10,
    "edited": 0.20,
    "abridged": 0.04,
    "update": 0.04,
    "late": 0.01,
    "rejected": 0.01,
}
"""The others are new. `late` is a copy of what came four days before."""
COPY_AGE = timedelta(hours=3)
"""Mean, exponential."""
LATE_AGE = timedelta(hours=96)
WORDS = 380
"""Median of an article; lognormal, 40 to 2,000, 430 in the mean."""
EDIT_EVERY = 60
"""Each so many words of an edited copy or an update one is another: J = .85."""
OUTLETS = 400
START = datetime(2025, 6, 1, tzinfo=UTC)
_SENTENCE = 19
_STEP = 1 << 12
_TABLE = 1 << 16


@dataclass(frozen=True)
class Truth:
    """What an article is, and the number of the one that it is a copy of."""

    kind: Kind
    of: int | None = None


@dataclass
class Month:
    """So many articles evenly over so many days.

    Words come as often as in a language (Zipf), in sentences; an outlet's articles end with its footer. Dates
    lag by five minutes in the mean, and one in a thousand is wrong by up to years.
    """

    articles: int
    days: float
    seed: int = 1
    _kinds: list[Kind] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw what all articles are made of."""
        chance = np.random.default_rng(self.seed)
        words = _vocabulary(random.Random(self.seed), 30_000)
        weights = 1 / (np.arange(len(words)) + 2.7)
        self._often = chance.choice(len(words), _TABLE, p=weights / weights.sum()).astype(np.uint16)
        self._plain = np.array(words, object)
        self._first = np.array([word.capitalize() for word in words], object)
        self._quoted = np.array([f"“{word.capitalize()}”" for word in words], object)
        self._last = np.array([f"{word}." for word in words], object)
        self._lengths = np.clip(chance.lognormal(np.log(WORDS), 0.5, _STEP), 40, 2000).astype(int)
        self._footers = [chance.integers(0, len(words), size) for size in chance.integers(0, 30, OUTLETS)]
        self._lags = chance.exponential(300, _STEP)
        self._ages = chance.exponential(1, _STEP)
        self._kinds = [kind for kind, share in SHARES.items() for _ in range(round(share * 100))]

    @cached_property
    def apart(self) -> timedelta:
        """Event time from one article to the next."""
        return timedelta(days=self.days) / self.articles

    def truth(self, number: int) -> Truth:
        """What the article is."""
        percent = self._draw(number, 1) % 100
        kind: Kind = self._kinds[percent] if percent < len(self._kinds) else "new"
        if kind in {"new", "rejected"}:
            return Truth(kind)
        mean = COPY_AGE * float(self._ages[self._draw(number, 2) % _STEP])
        of = number - 1 - (LATE_AGE if kind == "late" else mean) // self.apart
        while of >= 0 and self.truth(of).kind != "new":
            of -= 1
        return Truth(kind, of) if of >= 0 else Truth("new")

    def make(self, number: int) -> Parsed:
        """The article, signed as the ingest step does it."""
        truth = self.truth(number)
        position = Position(topic="news.raw", partition=0, offset=number)
        came = START + number * self.apart
        if truth.kind == "rejected":
            return Rejection(
                position=position,
                event_time=came,
                arrived=came,
                origin="replay",
                reason="empty_text",
                message="",
            )
        picked = self._words(number, truth)
        plain = self._plain[picked].tolist()
        uri = self.uri(truth.of if truth.kind == "update" and truth.of is not None else number)
        return Article(
            article_id=article_id(uri, ()),
            content_hash=content_hash(plain),
            headline=" ".join(plain[:9]),
            headline_source="given",
            body_text=self._text(number, picked),
            language="en",
            uri=uri,
            source=f"outlet-{self._outlet(number)}",
            event_time=self._dated(number, came),
            event_time_source="own",
            arrived=came,
            origin="replay",
            position=position,
            minhash=signature(shingles(plain)),
        )

    @staticmethod
    def uri(number: int) -> str:
        """Where the article is."""
        return f"https://news.example/{number}"

    def story(self, number: int) -> str:
        """The id that the article's story must have."""
        of = self.truth(number).of
        return article_id(self.uri(number if of is None else of), ())

    def _draw(self, number: int, use: int) -> int:
        """32 bits that are the same each time, others for each use."""
        return crc32(b"%d of %d, once more" % (use, number)) ^ (number * 0x9E3779B1 & 0xFFFFFFFF)

    def _outlet(self, number: int) -> int:
        return int(OUTLETS ** (self._draw(number, 3) / 2**32)) - 1  # A few outlets write most.

    def _dated(self, number: int, came: datetime) -> datetime:
        draw = self._draw(number, 4)
        if draw % 1000 == 0:
            return came + timedelta(days=draw // 1000 % 2000 - 1000)
        return came - timedelta(seconds=float(self._lags[draw % _STEP]))

    def _words(self, number: int, truth: Truth) -> NDArray[np.int64]:
        """Numbers of the words."""
        root = number if truth.of is None else truth.of
        length = int(self._lengths[self._draw(root, 5) % _STEP])
        words = self._stream(root, length)
        if truth.kind in {"edited", "update"}:
            places = slice(number % EDIT_EVERY, None, EDIT_EVERY)
            words[places] = self._stream(number, length)[places]
        if truth.kind == "abridged":
            words = words[: max(60, length * 2 // 3)]
        if truth.kind in {"reprint", "late"}:
            return np.concatenate([words, self._footers[self._outlet(root)]])
        return np.concatenate([words, self._footers[self._outlet(number)]])

    def _stream(self, number: int, length: int) -> NDArray[np.int64]:
        at = np.arange(number * _STEP, number * _STEP + length, dtype=np.uint64)
        return self._often[mixed(at) % np.uint32(_TABLE)].astype(np.int64)

    def _text(self, number: int, picked: NDArray[np.int64]) -> str:
        shown = self._plain[picked]
        shown[::_SENTENCE] = self._first[picked[::_SENTENCE]]
        shown[_SENTENCE - 1 :: _SENTENCE] = self._last[picked[_SENTENCE - 1 :: _SENTENCE]]
        if number % 2:  # Half of the newsrooms type curly quotes, which costs the normaliser more.
            shown[5 :: 5 * _SENTENCE] = self._quoted[picked[5 :: 5 * _SENTENCE]]
        return " ".join(shown.tolist())


def _vocabulary(chance: random.Random, size: int) -> list[str]:
    """Distinct words of one or two syllables, one in fifty a number."""
    syllables = [
        onset + vowel + coda for onset in "bdfgklmnprstvw" for vowel in "aeiou" for coda in ("", *"lnrst")
    ]
    words: dict[str, None] = {}
    while len(words) < size:
        number = len(words) % 50 == 49
        length = 1 + (len(words) > 300)
        words[str(chance.randrange(10_000)) if number else "".join(chance.choices(syllables, k=length))] = (
            None
        )
    return list(words)
