"""Numbers in a sentence, in one form however they are written: '1,000', '1000' and 'one thousand' are one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_UNITS = {word: value for value, word in enumerate(_NINETEEN.split())}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    **{
        f"{word}th": value
        for word, value in _UNITS.items()
        if word in ("four", "six", "seven", "ten", "eleven")
    },
    **{f"{word}th": value for word, value in _UNITS.items() if word.endswith("teen")},
    **{f"{word[:-1]}ieth": value for word, value in _TENS.items()},
}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
}
_SHORT = "k|mn|m|bn|tn"
"""Only where they touch the figure: '5 m' is a length."""
_LONG = "dozen|hundred|thousand|million|billion|trillion"
_VAGUE = "dozens|scores|hundreds|thousands|millions|billions"
"""No number, but 'hundreds dead' after 'dozens dead' is news."""

_GROUPED = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)"
)
_OF = (
    r"(?:(?P<percent>\s?%|\s(?:per\s?cent|pct)\b)"
    r"|[\s\u00a0-](?P<unit>minute|hour|day|week|month|year)s?\b)?"
)
"""'30 months' after '30 days' is another number, '30-day' is not."""
_FIGURE = re.compile(
    rf"(?<![\w.])(?P<figure>{_GROUPED}|\d+(?:\.\d+)?)"
    rf"(?:(?P<short>{_SHORT})\b|(?:st|nd|rd|th)\b|(?P<scales>(?:[\s-](?:{_LONG})\b)+))?(?!\w)"
    rf"{_OF}",
    re.IGNORECASE,
)
_SMALL = "|".join((*_UNITS, *_TENS))
_ORDINAL = "|".join(_ORDINALS)
_WORD = rf"(?:{_SMALL}|{_LONG})"
_SPELLED = re.compile(
    rf"\b(?P<words>(?:{_SMALL}|an?(?=[\s-](?:{_LONG})\b))(?:(?:[\s-]|\sand\s){_WORD})*(?:-(?:{_ORDINAL}))?"
    rf"|{_ORDINAL})\b"
    rf"{_OF}"
    rf"|\b(?P<vague>{_VAGUE})\b",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Where a number stands, and its value: digits without separators, '%' after it for a share.

    A scale counts ('1.2 million', '$5bn') and so does a unit of time ('30 days'), an ordinal ('3rd', 'third')
    is its number; a currency is a matter of words. Vague ones ('dozens') stand for themselves.
    """
    taken: list[Span] = []
    for match in _FIGURE.finditer(text):
        figure = match["figure"]
        # Two stops or more group thousands, as on the continent.
        value = Decimal(re.sub(r"\D" if figure.count(".") > 1 else r"[^\d.]", "", figure))
        for scale in re.findall(r"[a-z]+", (match["short"] or match["scales"] or "").lower()):
            value *= _SCALES[scale]
        taken.append(match.span())
        yield match.span(), _written(value, match)
    for match in _SPELLED.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if match["vague"]:
            yield match.span(), match["vague"].lower()
        else:
            yield match.span(), _written(Decimal(_value(match["words"])), match)


def _value(words: str) -> int:
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SCALES and _SCALES[word] > 100:  # noqa: PLR2004  what a thousand counts is done with
            total, part = total + max(1, part) * _SCALES[word], 0
        elif word in _SCALES:
            part = max(1, part) * _SCALES[word]
        else:
            part += _UNITS.get(word, 0) + _TENS.get(word, 0) + _ORDINALS.get(word, 0)
    return total + part


def _written(value: Decimal, match: re.Match[str]) -> str:
    digits = f"{value:f}"
    plural = "s" * (value != 1)
    of = "%" if match["percent"] else f" {match['unit'].lower()}{plural}" if match["unit"] else ""
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + of
