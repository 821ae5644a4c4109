"""Words that tell how a sentence means what it says, found in it; the words are in `claims.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s\-‐‑]")
_OF_A_MONTH = frozenset("in since of until by last early late mid from next this".split())  # noqa: SIM905
_CACHED = 256
"""Sentences kept: those of the articles in work, whose mentions often share one."""


class Token(NamedTuple):
    """A word in small letters, or a mark."""

    word: str
    start: int
    end: int


class Scope(NamedTuple):
    """How far a kind of cue reaches."""

    reach: int
    """Words between it and the mention, at most."""
    stops: tuple[str, ...]
    """The sets of words that end it."""


class Cue(NamedTuple):
    """A cue in a sentence, by its tokens: half-open."""

    kind: str
    first: int
    end: int


class Lexicon(NamedTuple):
    """`claims.toml`, read."""

    phrases: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]]
    """By first word, the longest first: the words, and as what they count (`before`, …; which)."""
    scopes: dict[tuple[str, str], Scope]


class Sentence(NamedTuple):
    """A sentence with its cues, in order."""

    tokens: tuple[Token, ...]
    before: tuple[Cue, ...]
    """Those that speak of what follows."""
    after: tuple[Cue, ...]
    """Those that speak of what precedes."""
    stops: tuple[Cue, ...]


@lru_cache(_CACHED)
def read(text: str) -> Sentence:
    """Find the cues in a sentence; of those that begin together the longest."""
    phrases = lexicon().phrases
    tokens = tuple(_tokens(text))
    words = [token.word for token in tokens]
    found: dict[str, list[Cue]] = {"before": [], "after": [], "stop": [], "idle": []}
    at = 0
    while at < len(words):
        length = 1
        for phrase, meanings in phrases.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                length = len(phrase)
                for side, kind in meanings:
                    found[side].append(Cue(kind, at, at + length))
                break
        at += length
    return Sentence(tokens, tuple(found["before"]), tuple(found["after"]), tuple(found["stop"]))


@cache
def lexicon() -> Lexicon:
    """The cues by their first word, and the reach of each kind."""
    data = tomllib.loads((files("agents.mentions") / "claims.toml").read_text(encoding="utf-8"))
    meanings: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    scopes = {}
    for phrase in expand(data["idle"]["phrases"]):
        meanings.setdefault(phrase, []).append(("idle", ""))
    for name, phrases in data["stops"].items():
        for phrase in expand(phrases):
            meanings.setdefault(phrase, []).append(("stop", name))
    for side in ("before", "after"):
        for kind, group in data[side].items():
            scopes[side, kind] = Scope(group["reach"], tuple(group["stops"]))
            for phrase in expand(group["phrases"]):
                meanings.setdefault(phrase, []).append((side, kind))
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]] = {}
    for phrase in sorted(meanings, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(meanings[phrase])))
    return Lexicon(by_first, scopes)


def expand(lines: str) -> Iterator[tuple[str, ...]]:
    """Each phrase that the lines stand for: 'call/calls off' is 'call off' and 'calls off'."""
    for line in lines.splitlines():
        if line.strip():
            yield from product(*(word.split("/") for word in line.split()))


def _tokens(text: str) -> Iterator[Token]:
    before = ""
    for match in _TOKEN.finditer(text):
        word = match[0].lower().replace("’", "'")
        if word.endswith("n't"):
            word = "not"
        elif match[0] == "May" and (
            before in _OF_A_MONTH or text[match.end() + 1 : match.end() + 2].isdigit()
        ):
            word = "May"
        yield Token(word, *match.span())
        before = word
