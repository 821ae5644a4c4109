"""Sentences that speak to the reader of the site.

As 'We have detected that your browser blocks cookies.' Phrases are endless, the matter is not: such a
sentence addresses somebody and is about accounts, browsers, letters and consent. So words are weighed, not
sentences listed.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from agents.ingest.telling import is_reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agents.ingest.lines import Line

_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = frozenset('“”„«»"')
# One word of a browser or a letter and one of an account, said to somebody; a report about cookies
# addresses nobody.
_ENOUGH = 4
# A sentence of so many words beside one such word is no longer about it.
_WORDS_A_POINT = 12
# Where so much of the prose is about browsers and consent, that is what the article is about.
_THEME = 0.4
# What a page says to its reader names an account, a letter or a network, or says where to write.
_CHANNEL = re.compile(
    r"\b(?:facebook|twitter|instagram|telegram|whatsapp|youtube|linkedin|tiktok|bluesky|flipboard|click|"
    r"journalism)\b|https?://|\S@\S|\d{3}[- ]\d{3}",
    re.IGNORECASE,
)
_ADDRESSED = 2
# Points of a notice that needs nobody to speak: 'cookies', 'personal data', 'ads' and 'consent' in one.
_PLAIN = 8
# A site speaks for itself: 'we', 'our', 'this page', or it asks. Advice about accounts says 'you' alone.
_SELF = re.compile(
    r"\b(?:we|our|us|my|please|this (?:web ?)?(?:site|page|form|app|copy)|wir|unsere?[rn]?|nous|nos|"
    r"notre|nuestr[oa]s?|noss[oa]s?|мы|наш\w*|мо[её]|моих)\b|"
    r"^(?:sign|log|subscribe|register|enter|click|enable|disable|get|stay|save|accept|"
    r"keep|visit|check|choose|select|download|follow|want|thanks?|welcome|already|to |"
    r"by|join|your|anmelde\w*|inscri\w*|abonn\w*|suscr\w*|assine|подпи\w*|сохран\w*)\b",
    re.IGNORECASE,
)


class _Vocabulary(NamedTuple):
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    persons: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    data = tomllib.loads((files("agents.ingest") / "furniture.toml").read_text(encoding="utf-8"))
    return _Vocabulary(
        _any_of(data["site_strong"]), _any_of(data["site_weak"]), frozenset(data["site_persons"])
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words))


def site_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines of prose that speak of the site; none where they are the theme of the text."""
    prose = [index for index, line in enumerate(lines) if line.kind == "prose"]
    found = [index for index in prose if is_about_site(lines[index].text)]
    words = sum(lines[index].words for index in found)
    theme = words > _THEME * sum(lines[index].words for index in prose)
    return frozenset() if theme else frozenset(found)


def is_about_site(text: str) -> bool:
    """Whether a sentence addresses a reader of the site."""
    strong, weak, persons = _vocabulary()
    words = _WORD.findall(text.casefold())
    distinct = set(words)
    if persons.isdisjoint(distinct) or not _QUOTES.isdisjoint(text) or is_reported(text):
        return False
    points = 1 + sum(2 if strong.fullmatch(word) else bool(weak.fullmatch(word)) for word in distinct)
    if points < _PLAIN and not _SELF.search(text):
        return False
    return points >= max(_ENOUGH, len(words) / _WORDS_A_POINT)


def speaks_to_reader(text: str) -> bool:
    """Whether a sentence that begins as a page's do speaks of the site, too, and is nobody's saying."""
    if is_reported(text):
        return False
    strong, weak, persons = _vocabulary()
    distinct = set(_WORD.findall(text.casefold()))
    points = (not persons.isdisjoint(distinct)) + sum(
        2 if strong.fullmatch(word) else bool(weak.fullmatch(word)) for word in distinct
    )
    return points >= _ADDRESSED or bool(_CHANNEL.search(text))
