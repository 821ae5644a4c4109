"""One form for the many in which newsrooms write a word, for comparing only; and what kind of word it is.

'Organise' and 'organize', 'Kiev' and 'Kyiv', 'five' and '5' are one word here, and an agency's name none at
all. By rule where there is one; what a rule wrongly makes one ('prise', 'prize') tells no two articles apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

PLAIN, NAME, DATE, NUMBER = range(4)
"""Kinds of words, in the two low bits of a key. A name is told by its text, not by the word."""
KIND_BITS = 2
_KEPT = 1 << 16
"""Words of a language that come again; 8 MB."""
_LONGEST_KEPT = 32
"""Characters; what is longer is no word, and a feed of such would fill the memory."""

_AGENCIES = "reuters reuter afp ap upi xinhua tass dpa ansa efe pti ians kyodo yonhap anadolu interfax ritzau"
_PERCENT = "percent pct per cent"
_DROPPED = frozenset(f"{_AGENCIES} {_PERCENT}".split())
"""Who sent it says nothing of what it is; '5 %', '5 pct', '5 percent' and '5 per cent' are one."""
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_DATES = frozenset(_MONTHS + _DAYS)
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_ONE_FORM = (
    {month[:3]: month for month in _MONTHS if month not in ("march", "may")}
    | {"sept": "september"}
    | {day[:length]: day for day in _DAYS for length in (3, 4) if day[:length] not in ("sun", "sat", "mon")}
    | {word: str(number) for number, word in enumerate(_NUMBERS, 2)}
    | {"mln": "million", "mn": "million", "bln": "billion", "bn": "billion", "bps": "points"}
    # Places that English has two names for, and some words whose ending is no rule.
    | {"kiev": "kyiv", "kharkov": "kharkiv", "odessa": "odesa", "lvov": "lviv", "chernobyl": "chornobyl"}
    | {"dnieper": "dnipro", "donbass": "donbas", "nikolaev": "mykolaiv", "zaporozhye": "zaporizhzhia"}
    | {"turkiye": "turkey", "türkiye": "turkey", "czechia": "czech", "burma": "myanmar", "rangoon": "yangon"}
    | {"bombay": "mumbai", "calcutta": "kolkata", "madras": "chennai", "peking": "beijing"}
    | {"programme": "program", "programmes": "programs", "grey": "gray", "cheque": "check", "tyre": "tire"}
    | {"ageing": "aging", "judgement": "judgment", "sceptical": "skeptical", "storey": "story"}
    | {"defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense"}
    | {"whilst": "while", "amongst": "among", "towards": "toward", "afterwards": "afterward"}
)  # fmt: skip
_UNIT = re.compile(r"(?<=^\d)(\d*)[^\W\d_]+$")
"""'24th', '5km', '3pm', and '235see' where a page has lost a space."""
_ENDINGS = (
    (re.compile(r"(?<=...)([iy])s(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"), r"\1z"),
    (re.compile(r"(?<=..)our(?=(?:s|ed|ing|ite|able|hood|er|ers|al)?$)"), "or"),
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|or|ors)$)"), "l"),
    (re.compile(r"(?<=..)ogue(?=s?$)"), "og"),
    (re.compile(r"(?:iy|yy|yi|ij|ii)$"), "y"),
)
"""-ise, -our, -tre, -lled, -ogue; and the last letters of Zelenskyy, Zelenskiy, Zelenskyi."""


class _Keys(dict[str, int]):
    """Keys of words that came before: read in half the time of `lru_cache`, which also orders them by use."""

    def __missing__(self, word: str) -> int:
        key = word_key(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _KEPT:
                self.clear()
            self[word] = key
        return key


_KEYS = _Keys()


def word_keys(words: Iterable[str]) -> NDArray[np.uint32]:
    """Each word's `word_key`, in order, without those that don't count."""
    keys = np.fromiter(map(_KEYS.__getitem__, words), np.uint32)
    return keys[keys.nonzero()]


def word_key(word: str) -> int:
    """A number for a normalised word: 30 bits of CRC-32 and its kind below; 0 for what does not count.

    CRC-32 is the fastest stable hash there is; `shingles.mixed` does the rest.
    """
    if word in _DROPPED:
        return 0
    form = _ONE_FORM.get(word, word)
    if not form.isalpha():
        form = _UNIT.sub(r"\1", form)
        kind = NUMBER if any(map(str.isdigit, form)) else PLAIN
    elif form in _DATES:
        kind = DATE
    else:
        kind = PLAIN
        for ending, common in _ENDINGS:
            form = ending.sub(common, form)
    return (crc32(form.encode("utf-8", "surrogatepass")) >> KIND_BITS << KIND_BITS or 1 << KIND_BITS) | kind
