"""Words that turn what a sentence says into its opposite."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agents.deduplicate.spelling import word_key
from agents.mentions.cues import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS = Path(__file__).with_suffix(".toml")
_TURNING = ("negation", "refusal")
"""Kinds of cues (`agents/mentions/claims.toml`) that deny what they speak of; one word does it."""
_LOOSE = frozenset(
    "no none nothing nobody neither nor lack lacks lacked lacking without spared never".split()  # noqa: SIM905
)
"""Denials that come and go with the style: 'no longer' for 'ended', 'without' for 'lacking'."""
_ABROAD = frozenset("nicht kein keine keinen keinem keiner keines pas aucun aucune niet geen inte".split())  # noqa: SIM905
"""Denials that are no word of English: a claim denied in German must not be swallowed either."""
_DENIES = 1
_ODD = 0xAAAA_AAAA_AAAA_AAAA
"""The first sides of 31 oppositions."""
SHORTEST_MISPRINTED = 6
"""Letters; a misprint makes another word of a shorter one."""


def turned(gone: Iterable[int], come: Iterable[int]) -> bool:
    """Whether the words that came in place of others say the opposite.

    Args:
        gone: keys of the words in one text, and not in the other, at a place.
        come: the same of the other text.
    """
    meanings = _meanings()
    before = after = 0
    for key in gone:
        before |= meanings.get(key, 0)
    for key in come:
        after |= meanings.get(key, 0)
    if (before ^ after) & _DENIES:
        return True
    # Of an opposition the sides lie beside each other, one at an odd place.
    return bool((before & _ODD & (after >> 1)) | (after & _ODD & (before >> 1)))


@cache
def _meanings() -> dict[int, int]:
    """Of each word's key: bit 0 where it denies, two bits for each opposition that it has a side in."""
    denials = {
        phrase[0]
        for phrases in lexicon().phrases.values()
        for phrase, meanings in phrases
        if len(phrase) == 1 and any(side == "before" and kind in _TURNING for side, kind in meanings)
    } - _LOOSE | _ABROAD
    # 'won't' is one word without its apostrophe.
    denials |= set("wont cant didnt doesnt isnt arent wasnt werent hasnt havent wouldnt couldnt".split())  # noqa: SIM905
    found: dict[int, int] = {}
    sides = [
        (side.split(), 2 << 2 * at << which)
        for at, pair in enumerate(tomllib.loads(_WORDS.read_text("utf-8"))["oppositions"])
        for which, side in enumerate(pair)
    ]
    for words, bit in ((denials, _DENIES), *sides):
        # 'bllocked' in place of 'blocked' turns nothing.
        forms = (form for word in words for form in (word, *_misprints(word)))
        for key in set(map(word_key, forms)):
            found[key] = found.get(key, 0) | bit
    return found


def _misprints(word: str) -> Iterator[str]:
    """The word with two letters swapped, one doubled or one lost, but for the first."""
    if len(word) < SHORTEST_MISPRINTED:
        return
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + word[at + 1 :]
