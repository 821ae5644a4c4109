"""Words that turn what a sentence says into its opposite."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agents.deduplicate.spelling import word_key
from agents.mentions.cues import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORDS = Path(__file__).with_suffix(".toml")
_TURNING = ("negation", "refusal")
"""Kinds of cues (`agents/mentions/claims.toml`) that deny what they speak of; one word does it."""
_LOOSE = frozenset(
    "no none nothing nobody neither nor lack lacks lacked lacking without spared never".split()  # noqa: SIM905
)
"""Denials that come and go with the style: 'no longer' for 'ended', 'without' for 'lacking'."""
_ABROAD = frozenset("nicht kein keine keinen keinem keiner keines pas aucun aucune niet geen inte".split())  # noqa: SIM905
"""Denials that are no word of English: a claim denied in German must not be swallowed either."""
_DENIES, _FIRMLY, _ALIKE = 1, 2, 4
"""A word that denies; a phrase that does so in a longer place as well; what only agrees with a denial."""
_DENIED = _DENIES | _FIRMLY | _ALIKE
SHORTEST_MISPRINTED = 6
"""Letters; a misprint makes another word of a shorter one."""


_Phrases = tuple[tuple[tuple[int, ...], int], ...]
"""The keys behind the first word, and what the phrase means."""


class _Lexicon(NamedTuple):
    words: Mapping[int, int]
    """By key: the bits above, and two for each opposition that the word has a side in."""
    heads: Mapping[int, tuple[int, _Phrases]]
    """By key: what the word alone means in a sentence, and the phrases that it begins."""
    narrow: int
    """The first sides of oppositions that hold in a place of a few words only."""
    firm: int
    """Of those that hold in a longer one."""


def turned(gone: Iterable[int], come: Iterable[int]) -> bool:
    """Whether the words that came in place of others say the opposite.

    Args:
        gone: keys of the words in one text, and not in the other, at a place of a few words.
        come: the same of the other text.
    """
    words, _, narrow, _ = _lexicon()
    if words.keys().isdisjoint(gone) and words.keys().isdisjoint(come):
        return False
    before = after = 0
    for key in gone:
        before |= words.get(key, 0)
    for key in come:
        after |= words.get(key, 0)
    if (before & _DENIES and not after & _DENIED) or (after & _DENIES and not before & _DENIED):
        return True
    return _opposed(before, after, narrow)


def turned_about(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two wordings of a sentence say the opposite: 'will strike', 'have called off a strike'.

    Args:
        one: keys of all words at a place of one text, in order.
        other: the same of the other text.
    """
    before, after = _said(one), _said(other)
    if before == after or (before & _DENIED and after & _DENIED):
        return False  # 'is not safe', 'is contaminated'
    return bool((before | after) & _FIRMLY) or _opposed(before, after, _lexicon().firm)


def _opposed(before: int, after: int, firsts: int) -> bool:
    """Whether each has a side of an opposition that the other has not; the sides lie beside each other."""
    gone, come = before & ~after, after & ~before
    return bool((gone & firsts & (come >> 1)) | (come & firsts & (gone >> 1)))


def _said(keys: Sequence[int]) -> int:
    heads = _lexicon().heads
    said = 0
    for at, key in enumerate(keys):
        if key in heads:
            alone, phrases = heads[key]
            said |= alone
            for rest, meaning in phrases:
                if tuple(keys[at + 1 : at + 1 + len(rest)]) == rest:
                    said |= meaning
    return said


@cache
def _lexicon() -> _Lexicon:
    lists = tomllib.loads(_WORDS.read_text("utf-8"))
    denials = {
        phrase[0]
        for phrases in lexicon().phrases.values()
        for phrase, meanings in phrases
        if len(phrase) == 1 and any(side == "before" and kind in _TURNING for side, kind in meanings)
    } - _LOOSE | _ABROAD
    # 'won't' is one word without its apostrophe.
    denials |= set("wont cant didnt doesnt isnt arent wasnt werent hasnt havent wouldnt couldnt".split())  # noqa: SIM905
    words: dict[int, int] = {}
    alike = [phrase for phrase in _phrases(lists["alike"]) if len(phrase) == 1]
    narrow, first = 0, _ALIKE << 1
    sides: list[tuple[Iterable[str], int]] = [(denials, _DENIES), ((word for (word,) in alike), _ALIKE)]
    for pair in lists["oppositions"]:
        sides += [(side.split(), first << which) for which, side in enumerate(pair)]
        narrow, first = narrow | first, first << 2
    for side, bit in sides:
        # 'bllocked' in place of 'blocked' turns nothing.
        forms = (form for word in side for form in (word, *_misprints(word)))
        for key in set(map(word_key, forms)):
            words[key] = words.get(key, 0) | bit
    alone = {key: bits & _DENIED for key, bits in words.items() if bits & _DENIED}
    begun: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    firm = 0
    told = [(lists["denials"], _FIRMLY), (lists["alike"], _ALIKE)]
    for pair in lists["firm"]:
        told += [(side, first << which) for which, side in enumerate(pair)]
        firm, first = firm | first, first << 2
    for lines, bit in told:
        for phrase in _phrases(lines):
            key, *rest = map(word_key, phrase)
            if rest:
                begun.setdefault(key, []).append((tuple(rest), bit))
            else:
                alone[key] = alone.get(key, 0) | bit
    heads = {key: (alone.get(key, 0), tuple(begun.get(key, ()))) for key in alone.keys() | begun}
    return _Lexicon(words, heads, narrow, firm)


def _phrases(lines: str) -> Iterator[tuple[str, ...]]:
    for line in filter(None, map(str.strip, lines.splitlines())):
        yield from product(*(words.split("/") for words in line.split()))


def _misprints(word: str) -> Iterator[str]:
    """The word with two letters swapped, one doubled or one lost, but for the first."""
    if len(word) < SHORTEST_MISPRINTED:
        return
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + word[at + 1 :]
