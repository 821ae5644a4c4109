"""Tell a watched term from a proper name that has it as a part: 'Ceasefire-Street' reports no ceasefire.

Operators fear the missed story more than the false alarm, so only what reads as a name is left out. The
mention must be capitalised, and

- joined by a hyphen to a capitalised word that follows it, in running text. In a title-case line, where
  capitals tell nothing, it stays a mention; so does it before an acronym ('Ceasefire-UN'); or
- followed by a word for a street: after a hyphen always, after a space in running text.

What goes before tells nothing: 'Gaza-Ceasefire', 'Post-Ceasefire', 'U.S.-Sanctioned' are mentions, as are
'ceasefire-related', 'Ceasefire-related', 'post-ceasefire', 'sanctions-hit'.
"""

from __future__ import annotations

import re

from agents.mentions.fold import HYPHENS

_STREETS = frozenset({"avenue", "boulevard", "lane", "street"})

_NEXT = re.compile(rf"(?P<hyphen>[{HYPHENS}])?[ \u00a0]?(?P<word>\w[\w.]*)")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")

LONGEST_WORD = 50
"""Characters looked at for the other half of a compound."""

LINE_REACH = 100
"""Characters on both sides that tell whether a line is in title case."""

TITLE_SHARE = 0.75
"""Share of capitalised words of four letters or more from which a line is in title case: a headline has
nearly all, running text full of names about half."""


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the mention `start:end` of `text` is part of a proper name."""
    if not text[start].isupper():
        return False
    following = _NEXT.match(text, end, end + LONGEST_WORD)
    if following and following["word"].lower() in _STREETS and following["word"][0].isupper():
        return following["hyphen"] is not None or not _in_title_case(text, start, following.end())
    if not following or following["hyphen"] is None or not _is_name(following["word"]):
        return False
    return not _in_title_case(text, start, following.end())


def _is_name(word: str) -> bool:
    """A capital and then a small letter; an acronym is no name here."""
    return word[0].isupper() and word[1:2].islower()


def _in_title_case(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - LINE_REACH) : start].rpartition("\n")[2]
    after = text[end : end + LINE_REACH].partition("\n")[0]
    words = _LONG_WORD.findall(before) + _LONG_WORD.findall(after)
    return bool(words) and sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words)
