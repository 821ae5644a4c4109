"""What the sentences around a watch's mentions say: claim, numbers, dates, names; in some hundred bytes.

Names are capitalised words, not the entities of the article: a copy is not searched for entities, and what
spaCy finds in one text can't be held against what a rule finds in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from agents.alerts.dates import BY_THE_WAY, dates
from agents.alerts.names import names
from agents.alerts.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from streams.records import Mention

MOST_SENTENCES = 8
"""Remembered for an alert; the first of an article, and those of its revisions."""
MOST_SAID = 24
"""Sentences of one article that are looked at."""
MOST_WORDS = 64
MOST_FACTS = 12
"""Numbers, dates or names of one sentence; a list of more is a table."""

_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’/ -]{2,}|[A-Z]\w+(?=[^—–]{0,40}\())(?:[,\s]+(?:[A-Z][\w.]*|\d{1,4}\b))*\s*"
    r"(?:\([^)]{2,40}\)|/[^/]{2,40}/)?\s*[—–-]{1,2}\s+"
)
"""'KYIV, Nov 24 (Reuters) - ': what an outlet puts before another's first sentence."""
_TAG = re.compile(
    r"^(?:(?:BREAKING|UPDATED?|URGENT|EXCLUSIVE|CORRECT(?:ED|ION)|REFILED?|WRAPUP|RPT|LIVE|FLASH|JUST IN)"
    r"(?: NEWS)?(?: ?\d{1,2})?\s*[-–—:|]\s*)+",
    re.IGNORECASE,
)
"""'UPDATE 2-', 'CORRECTED: ': of the text it stands before, and no name in it."""
_PLACELINE = re.compile(r"^[A-Z][A-Z.'’/ -]{2,30}:\s+")
"""'ISLAMABAD: ', at the head of an article's body only: elsewhere it is who speaks."""
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_MONEY = re.compile(
    r"\b(?:US|AU?|CA?|HK|NZ|R)(?=\$)|\b(?:USD|EUR|GBP|JPY|CHF|CNY|INR|RUB|UAH|AUD|CAD)(?=\d|\b)"
)
"""Codes of currencies, which are no names: 'US$5 million' is '$5 million'."""


class Sentence(msgspec.Struct, frozen=True, array_like=True):
    """A sentence with a mention, in what can be compared."""

    words: bytes
    """A 16-bit CRC of each distinct word, sorted, little-endian: to know it again."""
    claims: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    headline: bool = False

    @property
    def said(self) -> tuple[tuple[str, ...], ...]:
        """What must not change."""
        firm = tuple(item for item in self.dates if not item.startswith(BY_THE_WAY))
        return self.claims, self.numbers, firm, self.names


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What an alert has said so far, or an article says."""

    sentences: tuple[Sentence, ...] = ()
    whole: bool = True
    """These are all the sentences of one article."""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Facts)


def facts(mentions: Iterable[Mention], most: int = MOST_SAID, day: date | None = None) -> Facts:
    """What an article says around the mentions of one watch; each sentence once.

    Args:
        mentions: of the watch.
        most: sentences.
        day: the article's, for what it calls 'today'; None where nobody can tell.
    """
    claims: dict[tuple[str, bool], set[str]] = {}
    opening: set[str] = set()
    for mention in mentions:
        claims.setdefault((mention.sentence, mention.field == "headline"), set()).add(mention.claim)
        # Only of the first sentence is the place in the body that in the sentence.
        if mention.field == "body_text" and mention.sentence.startswith(mention.text, mention.start):
            opening.add(mention.sentence)
    sentences = tuple(
        _sentence(
            _PLACELINE.sub("", text) if text in opening else text,
            tuple(sorted(claims[text, headline])),
            day,
            headline=headline,
        )
        for text, headline in list(claims)[:most]
    )
    return Facts(sentences, whole=len(claims) <= most)


def above(said: Facts) -> Facts:
    """The headline alone: of a copy whose body is word for word the same, only that can say anything else."""
    return Facts(tuple(item for item in said.sentences if item.headline), whole=False)


def told(known: Facts, said: Facts) -> Facts:
    """What an alert has said once an article's sentences are told as well; the newest stay."""
    fresh = tuple(item for item in said.sentences if item not in known.sentences)
    if not fresh:
        return known
    return Facts((*known.sentences, *fresh[:MOST_SENTENCES])[-MOST_SENTENCES:], whole=False)


def pack(known: Facts) -> bytes:
    """As a standing alert keeps them."""
    return _ENCODER.encode(known)


def unpack(kept: bytes) -> Facts:
    """The same to compare with."""
    return _DECODER.decode(kept) if kept else Facts()


def _sentence(text: str, claims: tuple[str, ...], day: date | None, *, headline: bool) -> Sentence:
    text = _DATELINE.sub("", _TAG.sub("", text))
    found_dates = list(dates(text, day))
    rest = _without(text, (span for span, _ in found_dates))
    rest = _without(rest, (match.span() for match in _MONEY.finditer(rest)))
    found_numbers = list(numbers(rest))
    rest = _without(rest, (span for span, _ in found_numbers))
    return Sentence(
        words=_hashes(text),
        claims=claims,
        numbers=_few(value for _, value in found_numbers),
        dates=_few(value for _, value in found_dates),
        names=_few(names(rest)),
        headline=headline,
    )


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values))[:MOST_FACTS])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a stroke in place of what stands in the spans: no name goes on across it."""
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def _hashes(text: str) -> bytes:
    words = sorted({crc32(match[0].lower().strip(".").encode()) & 0xFFFF for match in _WORD.finditer(text)})
    return b"".join(word.to_bytes(2, "little") for word in words[:MOST_WORDS])
