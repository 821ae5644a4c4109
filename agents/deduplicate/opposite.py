"""Words that turn what a sentence says into its opposite."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from agents.deduplicate.spelling import word_key
from agents.mentions.cues import lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TURNING = ("negation", "refusal")
"""Kinds of cues (`agents/mentions/claims.toml`) that deny what they speak of; one word does it."""
_LOOSE = frozenset("no none nothing nobody neither nor lack lacks lacked lacking without spared never".split())  # noqa: SIM905
"""Denials that come and go with the style: 'no longer' for 'ended', 'without' for 'lacking'."""
SHORTEST_MISPRINTED = 6
"""Letters; a misprint makes another word of a shorter one."""
_SIDES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        (
            "rose rise rises risen rising gained gain gains climbed climbs jumped jumps soared soars surged surges "
            "rallied up higher increased increases increase advanced widened grew grows strengthened",
            "fell fall falls fallen falling lost lose loses dropped drops slid slips slipped plunged plunges tumbled "
            "tumbles sank down lower decreased decreases decrease declined declines narrowed shrank weakened",
        ),
        ("won win wins winning", "lost lose loses losing"),
        ("beat beats defeated", "lost"),
        (
            "agreed agrees agree accepted accepts accept approved approves approve backed backs endorsed signed signs",
            "rejected rejects reject refused refuses refuse opposed opposes vetoed blocked cancelled canceled scrapped "
            "abandoned dropped withdrew disagreed",
        ),
        ("confirmed confirms confirm admitted admits", "denied denies deny"),
        ("guilty convicted", "acquitted innocent cleared"),
        ("arrested detained jailed", "released freed"),
        ("survived survives", "died dies killed"),
        ("lifted lifts lift eased", "imposed imposes impose tightened reimposed"),
        ("resumed resumes resume began begins started starts", "suspended suspends suspend halted halts ended ends"),
        ("opened opens reopened reopens", "closed closes shut"),
        ("extended extends extend", "ended ends expired cancelled canceled"),
        ("success succeeded succeeds successful", "failure failed fails failing collapsed"),
        ("support supports supported", "oppose opposes opposed"),
        ("allowed allows allow permitted legal", "banned bans ban prohibited barred illegal"),
        ("raised raises raise", "cut cuts lowered lowers"),
        ("more", "fewer less"),
        ("safe", "unsafe"),
        ("possible", "impossible"),
        ("likely", "unlikely"),
        ("true", "false"),
        ("before", "after"),
    )
)


def turned(gone: Collection[int], come: Collection[int]) -> bool:
    """Whether the words that came in place of others say the opposite.

    Args:
        gone: keys of the words in one text, and not in the other, at a place.
        come: the same of the other text.
    """
    denials, sides = _keys()
    if (not denials.isdisjoint(gone)) != (not denials.isdisjoint(come)):
        return True
    return any(
        (not one.isdisjoint(gone) and not other.isdisjoint(come))
        or (not other.isdisjoint(gone) and not one.isdisjoint(come))
        for one, other in sides
    )


@cache
def _keys() -> tuple[frozenset[int], tuple[tuple[frozenset[int], frozenset[int]], ...]]:
    """The words as keys: those that deny, and those on either side of an opposition."""
    denials = {
        phrase[0]
        for phrases in lexicon().phrases.values()
        for phrase, meanings in phrases
        if len(phrase) == 1 and any(side == "before" and kind in _TURNING for side, kind in meanings)
    } - _LOOSE
    # 'won't' is one word without its apostrophe.
    denials |= set("wont cant didnt doesnt isnt arent wasnt werent hasnt havent wouldnt couldnt".split())  # noqa: SIM905
    return _keyed(denials), tuple((_keyed(one), _keyed(other)) for one, other in _SIDES)


def _keyed(words: Collection[str]) -> frozenset[int]:
    """Keys of the words and of their likely misprints: 'bllocked' in place of 'blocked' turns nothing."""
    return frozenset(word_key(form) for word in words for form in (word, *_misprints(word)))


def _misprints(word: str) -> Iterator[str]:
    """The word with two letters swapped, one doubled or one lost, but for the first."""
    if len(word) < SHORTEST_MISPRINTED:
        return
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + word[at + 1 :]
