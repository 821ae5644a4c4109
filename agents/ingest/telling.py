"""Sentences that tell something, however they begin: 'Published in 2019, the report found …'.

Lines of a page are known by their beginning; news begins so, too. What makes a sentence news is that it runs
on in small words where a date or a credit would end, or that it is somebody's saying.
"""

from __future__ import annotations

import re

_SAID = (
    "said|says|told|tells|wrote|writes|warned|warns|urged|urges|asked|asks|advised|advises|ruled|"
    "found|finds|testified|added|adds|argued|argues|called|announced|promised|insisted|recalled|"
    "was told|were told|sagte|sagt|erklärte|teilte|berichtete|dit|déclaré|affirmé|indiqué|dijo|"
    "afirmó|explicó|disse|afirmou|detto|сообщил|сообщила|заявил|заявила|сказал|сказала|пишет"
)
# Of several, as 'experts advise'; without them it may be the page that asks: '… and tell us'.
_SAY = r"\w+s (?:say|tell|write|warn|urge|ask|argue|add|find|believe|think|advise)"
# 'Thank you for your support, the president told the crowd.'
_REPORTED = re.compile(
    rf",[”\"’]? (?:[\w’'.-]+ ){{0,6}}?(?:(?:[\w’'.-]+ )(?:{_SAID})|{_SAY})\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_RUN = 2


def is_reported(text: str) -> bool:
    """Whether a sentence is somebody's saying."""
    return bool(_REPORTED.search(text))


def tells(text: str, run: int = _RUN) -> bool:
    """Whether `run` words or more, one after the other, begin small, or the sentence is a saying.

    The first word is passed over: in 'updated', 'photo' its case says nothing.
    """
    small = 0
    for word in text.split()[1:]:
        small = small + 1 if _WORD.match(word) and word[0].islower() else 0
        if small >= run:
            return True
    return is_reported(text)
