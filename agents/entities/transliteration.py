"""Whether two spellings are one foreign name written in two ways: Zelensky, Zelenskiy; Gaddafi, Qadhafi.

Rules for what houses disagree on when they write Cyrillic, Arabic or Persian in Latin letters. Phonetic codes
made for English (Metaphone) take 'Gaddafi' and 'Kadhafi' apart and 'Hassan' and 'Hussein' together; see
docs/decisions/0004-entities.md for both on the same pairs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from agents.entities.forms import load_forms
from agents.entities.table import spelling_key

RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"['`’ʼ]", ""),
        (r"^(?:al|el|as|ash|ad|an|ar|at|az)-", ""),
        (r"-", ""),
        (r"shch|schtsch", "sh"),
        (r"tsch|tch|cz", "ch"),
        (r"sch", "sh"),
        (r"(?<=sk)(?:yy|iy|yi|ii|ij|yj|j|i|y)$", "i"),
        (r"(?:yy|iy|ij|yi|ii|ey|ei|ay|ai)$", "i"),
        (r"^ye", "e"),
        (r"^yo|^jo(?=[aeiouy])", "o"),
        (r"kh|gh|ck|q|g", "k"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"tz|ts", "z"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ei|ey|ai|ay|ee|ie", "i"),
        (r"[ij](?=[aeou])|y(?=[aeiou])", "i"),
        (r"y", "i"),
        (r"ii+", "i"),
        (r"o", "u"),
        (r"e", "i"),
        (r"(?<=[aiu])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""In this order; each a thing that two houses write differently, and the one letter for both."""

NUMERAL = re.compile(r"[IVXL]+")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """What the spellings of one transliterated word have in common; never shown, only compared."""
    plain = sound_of(word)
    return load_forms().given_alike.get(plain, plain)


def sound_of(word: str) -> str:
    """The same by the rules alone."""
    plain = spelling_key(word).casefold()
    for pattern, by in RULES:
        plain = pattern.sub(by, plain)
    return plain


def sounds(name: str) -> tuple[str, ...]:
    """The same for each word of a name; a numeral stays, for Alfonso XI is not Alfonso XII."""
    return tuple(
        word if NUMERAL.fullmatch(word) else heard for word in name.split() if (heard := sound(word))
    )
