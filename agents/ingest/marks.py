"""Where the lines of a page in one line were: at its buttons, its headings of lists, its comments.

'… the trial goes on. Share Tweet Related Articles Two Held After Fire …': labels that are a whole line on any
page (`furniture.toml`), written as pages write them, not as a sentence would.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

_EDGES = ":…*»→>|"
_NUMBER = re.compile(r"\d+")
# A single word of a menu may be a name in a sentence; two in a row are none.
_CHAIN_WORDS = 2
# 'On', 'By': of what begins with them one would lose its first word.
_FEWEST_CHARS = 3
_SAYS = frozenset({"says:", "said:", "wrote:", "schrieb:", "dice:", "disse:", "dit:"})
# 'November 19, 2019 at 6:34 am' and a weekday.
_DATE_WORDS = 8
_FEWEST_DATE_WORDS = 3
_LONGEST = 8


@cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Labels of a page, each number as '#', and the words that one may begin with."""
    data = tomllib.loads((files("agents.ingest") / "furniture.toml").read_text(encoding="utf-8"))
    phrases = {
        _key(phrase.split(" "))
        for name in ("whole", "announces", "ends", "flat")
        for phrase in data[name]
        if len(phrase) >= _FEWEST_CHARS
    }
    return frozenset(phrases), frozenset(phrase.split(" ")[0] for phrase in phrases)


def _key(words: Sequence[str]) -> str:
    return _NUMBER.sub("#", " ".join(words).casefold().replace("’", "'").rstrip(_EDGES).rstrip())


def marks(words: Sequence[str], ends: AbstractSet[int]) -> Iterator[range]:
    """Where labels of the page stand in its words.

    Args:
        words: Of a line.
        ends: Indices behind the words that end a sentence.
    """
    index = 0
    begins = _labels()[1]
    while index < len(words):
        word = words[index]
        if word in _SAYS and (date := _date(words, index + 1)):
            yield from (range(index, index + 1), date)
            index = date.stop
        elif not word[0].islower() and _key([word]) in begins and (chain := _chain(words, index, ends)):
            yield from chain
            index = chain[-1].stop
        else:
            index += 1


def _date(words: Sequence[str], start: int) -> range | None:
    for stop in range(min(len(words), start + _DATE_WORDS), start + _FEWEST_DATE_WORDS - 1, -1):
        if is_timestamp(" ".join(words[start:stop])):
            return range(start, stop)
    return None


def _chain(words: Sequence[str], start: int, ends: AbstractSet[int]) -> list[range]:
    """Labels one after the other from here on, the longest first; none where it is one word alone.

    A sentence would go on with a small word, and lead to a single label by one.
    """
    chain: list[range] = []
    stop = start
    while label := _label(words, stop):
        chain.append(label)
        stop = label.stop
    while chain and chain[-1].stop < len(words) and words[chain[-1].stop][0].islower():
        chain.pop()
    before = words[start - 1] if start else ""
    leads = start not in ends and (before[:1].islower() or before.endswith((",", ";")))
    if not chain or chain[-1].stop - start < _CHAIN_WORDS or (len(chain) == 1 and leads):
        return []
    return chain


def _label(words: Sequence[str], start: int) -> range | None:
    if start == len(words) or words[start][0].islower():
        return None
    labels, begins = _labels()
    if _key(words[start : start + 1]) not in begins:
        return None
    for stop in range(min(len(words), start + _LONGEST), start, -1):
        if _key(words[start:stop]) in labels:
            return range(start, stop)
    return None
