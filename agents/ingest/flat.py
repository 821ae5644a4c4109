"""Pages whose line ends are lost, as some extractors deliver them: menus and text in one line.

Such a line is unfolded into its sentences and the labels of its page, and what runs into a sentence without
an end of its own (a menu, a list of headlines) into a line before it. Sentences have mostly small words,
menus mostly capitals; scripts without capitals are left as they are. What stays is folded again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agents.ingest.dateline import find_dateline
from agents.ingest.marks import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# No paragraph has so many words and a menu in it.
_FLAT_WORDS = 80
# A list of names has commas.
_MENU_WORDS = 12
LONGEST_SENTENCE = 70
"""Words; what has more is headlines without an end, and perhaps a sentence at last."""
_LAST_WORDS = 45
_SENTENCE_END = re.compile(
    r"(?:[^\W\d_]{2}|\d|[)\]%”\"’»])[.!?…][\"”’»)\]]*$|[.!?…][\"”»]$|(?:…|\.{3})\]?$|^[.!?]$"
)
# 'Gov. Smith', 'Nov. 18': no end.
_ABBREVIATED = re.compile(
    r"^[(“\"]?(?:Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|Inc|"
    r"Corp|Ltd|Co|Jr|Sr|approx|ca|bzw|Nr|Abs)\.$"
)
_OPENS = re.compile(r"^[(\[“\"‘«„¿¡—–-]*[^\W_]")
# So many words before the first small ones may begin the sentence: a name with its titles, a dateline. What
# remains must have so many to be a menu.
_BEGINNING = 8
_PREFIX = 4
_DASHES = frozenset("-–—")
_TITLE = range(25, 4, -1)
# A title comes again in the first part of its page.
_TITLE_WITHIN_WORDS = 1500


class Piece(NamedTuple):
    """Of a text: a line, or a part of a flat one."""

    text: str
    line: int
    """Of the text, from 1; the same for all parts of a line."""


def unfold(text: str) -> list[Piece]:
    """The lines of a tidied text, flat ones in pieces. Joined with spaces they are the line again."""
    lines = [line.split(" ") for line in text.split("\n")]
    flat = [len(words) >= _FLAT_WORDS and _has_menu(words) for words in lines]
    title = _title([word for words in lines for word in words]) if any(flat) else None
    return [
        Piece(one, number)
        for number, words in enumerate(lines, 1)
        for one in (_pieces(words, title) if flat[number - 1] else [" ".join(words)])
    ]


def _has_menu(words: Sequence[str]) -> bool:
    """Whether somewhere so many more words begin with a capital than small that it is no sentence."""
    total = 0
    for word in words:
        if word[0].islower() or word.endswith((",", ";")):
            total = max(0, total - 1)
        else:
            total += word[0].isupper()
        if total >= _MENU_WORDS:
            return True
    return False


def _pieces(words: Sequence[str], title: str | None) -> Iterator[str]:
    start = 0
    ends = frozenset(_ends(words))
    found = list(marks(words, ends))
    begun = {mark.start for mark in found}
    for stop in sorted({*ends, *_titles(words, title), *begun, *(mark.stop for mark in found), len(words)}):
        if stop > start:
            middle = start if start in begun else _split(words, start, stop)
            if middle > start:
                yield " ".join(words[start:middle])
            yield " ".join(words[middle:stop])
            start = stop


def _ends(words: Sequence[str]) -> Iterator[int]:
    """Indices behind the words that end a sentence."""
    for index, word in enumerate(words[:-1]):
        following = words[index + 1].lstrip('(“"‘«„¿¡—–-')
        if (
            word[-1] in '.!?…"”’»)]'
            and _SENTENCE_END.search(word)
            and not _ABBREVIATED.match(word)
            and not following[:1].islower()
        ):
            yield index + 1


def _title(words: Sequence[str]) -> str | None:
    """The page's title, with which it begins, if it stands there again; as compared."""
    joined = f" {' '.join(words[:_TITLE_WITHIN_WORDS])} ".replace("’", "'")
    for length in _TITLE:
        title = " ".join(words[:length]).replace("’", "'")
        if len(words) > length and joined.find(f" {title} ", len(title)) >= 0:
            return title
    return None


def _titles(words: Sequence[str], title: str | None) -> Iterator[int]:
    """Where the page's title stands, and where it ends."""
    if title is None:
        return
    joined = f" {' '.join(words[:_TITLE_WITHIN_WORDS])} ".replace("’", "'")
    length = title.count(" ") + 1
    at = joined.find(f" {title} ")
    while at >= 0:
        before = joined.count(" ", 0, at)
        # In a sentence it goes on.
        if before + length >= len(words) or not words[before + length][0].islower():
            yield before
            yield before + length
        at = joined.find(f" {title} ", at + len(title))


def _split(words: Sequence[str], start: int, stop: int) -> int:
    """Where the sentence at the end of a piece begins; `start` where nothing stands before it."""
    best, best_sum, total = stop, 0, 0
    endless = stop - start > LONGEST_SENTENCE
    for index in range(stop - 1, max(start, stop - _LAST_WORDS) - 1 if endless else start - 1, -1):
        total += _weight(words[index])
        if total > best_sum:
            best, best_sum = index, total
    if best_sum == 0:
        return start
    begins = best
    while best - begins < _BEGINNING and begins > start and any(map(str.isalpha, words[begins - 1])):
        begins -= 1
    # No sentence begins small: 'On April 20 the team …', 'Some 45,000 people …'.
    if words[begins][0].islower():
        while start < begins and _is_no_first(words[begins]) and stop - begins < LONGEST_SENTENCE:
            begins -= 1
    begins = _dateline(words, start, begins)
    prefix = words[start:begins]
    # 'Officers from the Columbus': the beginning of a long name's sentence, no menu.
    return begins if len(prefix) >= _PREFIX and (endless or not mostly_small(prefix)) else start


def _is_no_first(word: str) -> bool:
    return word[0].islower() or word[0].isdigit()


def _dateline(words: Sequence[str], start: int, begins: int) -> int:
    """Where the dateline right before a sentence begins; the sentence itself where there is none."""
    if begins > start and words[begins - 1] in _DASHES:
        for index in range(max(start, begins - _BEGINNING), begins - 1):
            found = find_dateline(" ".join(words[index : begins + 1]))
            if found and found.count(" ") + 1 == begins - 1 - index:
                return index
    return begins


def _weight(word: str) -> int:
    """For a sentence, against one, or, as a number does, neither."""
    return 1 if word[0].islower() or word.endswith(",") else -any(map(str.isalpha, word))


def mostly_small(words: Sequence[str], share: float = 1 / 3) -> bool:
    """Whether words run on as sentences do: `share` of them begin small or end with a comma."""
    small = sum(word[0].islower() or word.endswith(",") for word in words)
    return small >= share * len(words)
