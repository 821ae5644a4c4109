"""The forms of a regular English word: 'sanction' is also 'sanctioned', and 'sanctions' is 'sanction' too.

The rules of spelling are those of Quirk et al., 'A Comprehensive Grammar of the English Language' (1985),
§3.5 to 3.9. Whether a word is a verb at all isn't asked: 'ukrained' does no harm, since nobody writes it.
Irregular verbs (freeze, froze) have to be listed.
"""

from __future__ import annotations

import re

_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxys]$|qu[aeiou][^aeiouwxys]$")
"""Consonant, vowel, consonant: 'ban' is 'banned'."""

_VOWELS = re.compile(r"[aeiouy]+")

LETTERS_OF_A_PLURAL = 4
"""Fewest letters: 'gas' and 'has' are none."""

_PLURAL_ONLY = frozenset(
    "arms customs damages earnings goods headquarters means news proceeds remains rights savings".split()  # noqa: SIM905
)
"""Words whose singular is another word, or none: who watches arms wants no arm."""


def singular(word: str) -> str | None:
    """Of which word one in small letters is the regular plural; None if it is none."""
    if word in _PLURAL_ONLY or len(word) < LETTERS_OF_A_PLURAL or not re.search("[^isu]s$", word):
        return None
    if re.search("[^aeiou]ies$", word):
        return word[:-3] + "y"
    return word[:-2] if re.search("(?:[cs]h|ss|x|zz|[^aeiou]o)es$", word) else word[:-1]


def verb_forms(word: str) -> set[str]:
    """Past and participles of a word in small letters; none for a plural."""
    if re.search(r"[^s]s$", word):
        return set()
    if word.endswith("e"):
        stem = word[:-2] + "y" if word.endswith("ie") else word if re.search("[eoy]e$", word) else word[:-1]
        return {word + "d", stem + "ing"}
    if re.search("[^aeiou]y$", word):
        return {word[:-1] + "ied", word + "ing"}
    if re.search("[aeiou]c$", word):
        return {word + "ked", word + "king"}
    forms = {word + "ed", word + "ing"}
    if _DOUBLES.search(word):
        doubled = {word + word[-1] + "ed", word + word[-1] + "ing"}
        # Of one syllable it must double ('bared' is not of 'bar'); of more, that depends on the stress.
        return doubled if len(_VOWELS.findall(word)) == 1 else forms | doubled
    return forms
