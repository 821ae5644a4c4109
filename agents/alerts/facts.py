"""What the sentences around a watch's mentions say: claim, numbers, dates, names; in some hundred bytes.

Names are capitalised words, not the entities of the article: a copy is not searched for entities, and what
spaCy finds in one text can't be held against what a rule finds in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from agents.alerts.dates import dates
from agents.alerts.numbers import numbers
from agents.mentions.abbreviations import FIRST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Mention

MOST_SENTENCES = 8
"""Remembered for an alert; the first of an article, and those of its revisions."""
MOST_SAID = 24
"""Sentences of one article that are looked at."""
MOST_WORDS = 64
MOST_FACTS = 12
"""Numbers, dates or names of one sentence; a list of more is a table."""
LONGEST_NAME = 40

_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’/ -]{2,}|[A-Z]\w+(?=[^—–]{0,40}\())(?:[,\s]+(?:[A-Z][\w.]*|\d{1,4}\b))*\s*"
    r"(?:\([^)]{2,40}\))?\s*[—–-]{1,2}\s+"
)
"""'KYIV, Nov 24 (Reuters) - ': what an outlet puts before another's first sentence."""
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_NOT_NAMES = frozenset({"i", "mr", "mrs", "ms", "dr"})
_POSSESSIVE = re.compile(r"['’]s$")
_JOIN = re.compile(r"[ -]")


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
        return self.claims, self.numbers, self.dates, self.names


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What an alert has said so far, or an article says."""

    sentences: tuple[Sentence, ...] = ()
    whole: bool = True
    """These are all the sentences of one article."""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Facts)


def facts(mentions: Iterable[Mention], most: int = MOST_SAID) -> Facts:
    """What an article says around the mentions of one watch; each sentence once."""
    claims: dict[tuple[str, bool], set[str]] = {}
    for mention in mentions:
        claims.setdefault((mention.sentence, mention.field == "headline"), set()).add(mention.claim)
    sentences = tuple(
        _sentence(text, tuple(sorted(claims[text, headline])), headline=headline)
        for text, headline in list(claims)[:most]
    )
    return Facts(sentences, whole=len(claims) <= most)


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


def _sentence(text: str, claims: tuple[str, ...], *, headline: bool) -> Sentence:
    text = _DATELINE.sub("", text)
    found_dates = list(dates(text))
    rest = _without(text, (span for span, _ in found_dates))
    found_numbers = list(numbers(rest))
    rest = _without(rest, (span for span, _ in found_numbers))
    return Sentence(
        words=_hashes(text),
        claims=claims,
        numbers=_few(value for _, value in found_numbers),
        dates=_few(value for _, value in found_dates),
        names=_few(_names(rest)),
        headline=headline,
    )


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values))[:MOST_FACTS])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a stroke in place of what stands in the spans: no name goes on across it."""
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def _names(text: str) -> list[str]:
    """Capitalised words, neighbours together; the first of the sentence only if it is no usual first word."""
    names: list[list[str]] = []
    reached = -1
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]).replace(".", "")
        opens = not any(character.isalnum() for character in text[max(0, match.start() - 2) : match.start()])
        if not word[:1].isupper() or word.lower() in _NOT_NAMES or (opens and word.lower() in FIRST_WORDS):
            continue
        if names and reached >= 0 and _JOIN.fullmatch(text[reached : match.start()]):
            names[-1].append(word)
        else:
            names.append([word])
        # A possessive ends a name: 'Kyiv's Zelensky' are two.
        reached = match.end() if word == match[0].replace(".", "") else -1
    return [" ".join(name)[:LONGEST_NAME] for name in names]


def _hashes(text: str) -> bytes:
    words = sorted({crc32(match[0].lower().strip(".").encode()) & 0xFFFF for match in _WORD.finditer(text)})
    return b"".join(word.to_bytes(2, "little") for word in words[:MOST_WORDS])
