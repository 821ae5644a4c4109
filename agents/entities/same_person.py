"""Whether two names can be one person's: by given names, a longer form, courtesies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.table import spelling_key
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable


def same_given_names(one: str, other: str) -> bool:
    """Of two names with one surname: no given name contradicts; an initial agrees with any name it begins."""
    a, b = (_given(name) for name in (one, other))
    if not a or not b or not _agrees(a[0], b[0]):
        return False
    return all(_agrees(x, y) for x, y in zip(a[1:], b[1:], strict=False))


def name_end(name: str) -> str:
    """'Jr.' or a numeral at the end, which parts people; empty where there is none."""
    last = name.rsplit(maxsplit=1)[-1]
    return last.strip(".") if last in load_words().name_ends else ""


def _given(name: str) -> list[str]:
    """Words before the surname; initials written together stand apart, as in 'JD Vance'."""
    words = [word for word in name.split() if word not in load_words().name_ends][:-1]
    return [part for word in words for part in _parts(word, shouted=name.isupper())]


def _parts(word: str, *, shouted: bool) -> list[str]:
    bare = word.replace(".", "")
    initials = bare.isupper() and len(bare) == 2 and not shouted  # noqa: PLR2004  'JD', but not 'BO XILAI'
    return list(bare.casefold()) if initials else re.findall(r"[^\W_]+", spelling_key(word).casefold())


def _agrees(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def name_words(name: str) -> list[str]:
    """Keys of the words of a name."""
    return [word_key(word) for word in name.split()]


def word_key(word: str) -> str:
    """Key of a word of a name."""
    return spelling_key(word).casefold()


def by_length(one: str, other: str) -> tuple[list[str], list[str]]:
    """The words of two names, those of the shorter first."""
    a, b = name_words(one), name_words(other)
    return (a, b) if len(a) <= len(b) else (b, a)


def is_shorter(short: list[str], long: list[str]) -> bool:
    """Whether the given names of one are among the other's: 'Otto Jespersen', 'Jens Otto Harry Jespersen'."""
    if len(short) == len(long) or any(len(word.strip(".")) == 1 for word in short):
        return False
    rest = iter(long[:-1])
    return all(word in rest for word in short[:-1])


def goes_on(short: list[str], long: list[str]) -> bool:
    """Whether one begins with all of the other, as Spanish names do: 'Pedro Sánchez Pérez-Castejón'."""
    return len(short) < len(long) and long[: len(short)] == short


def contradict(told: frozenset[str], others: set[str]) -> bool:
    """Whether one is called a woman and the other a man."""
    return {_gender(told), _gender(others)} == {"woman", "man"}


def _gender(told: Iterable[str]) -> str | None:
    words = {word.capitalize() for phrase in told for word in phrase.split()}
    woman, man = (not words.isdisjoint(those) for those in (load_forms().women, load_forms().men))
    return None if woman == man else "woman" if woman else "man"
