"""The headline of an article: found among the lines above the text, or derived from its first sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from agents.ingest.dateline import after_dateline
from agents.ingest.lines import below_menu, is_breadcrumb, key, last_crumb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from agents.ingest.lines import Line

LONGEST_DERIVED = 120
"""Characters of a derived headline: what wires allow, and a screen line holds."""
LONGEST = 500
"""Characters of any headline; a longer one is text in the wrong field."""
SURE_WORDS = 4
"""Section labels ('World', 'Middle East') have one to three words, headlines mostly six to fourteen."""

_MOST_WORDS = 35
_FEWEST_WORDS = 2
# Above twelve lines there is a menu, not a headline, unless the line is said twice.
_NEAR = 12
_FAR = 60
# Lines between a headline and its text: desk, date, picture.
_BELOW = 5
# 'Talks resume | Daily Herald': the name of a site has at most five words.
_SITE = re.compile(r"\s+(?:\||-|–|—|::|»|·|•|//)\s+(?=(?:\S+\s?){1,5}$)")
# '# Talks resume' in Markdown, 'Title: Talks resume' in the exports of archives.
_MARK = re.compile(r"#{1,6} +|(?:title|headline|subject)\s?:\s?", re.IGNORECASE)
# Links, addresses, prices; 'BAAR, SWITZERLAND', 'WASHINGTON (AP)' are datelines, 'Staff Reports' a byline.
_NO_HEADLINE = re.compile(
    r"https?://|www\.|\S@\S|^(?:staff|wire|agency) (?:reports?|writers?|reporters?|service)\b", re.IGNORECASE
)
_BULLETS = ("•", "·", "▪", "‣", "◦", "●", "- ", "– ", "— ", "* ")
_PLACE = re.compile(r"[A-Z][A-Z .'-]+(?:, [A-Z][A-Za-z. ]+)?(?: \([A-Za-z. ]{2,20}\))?$")
_SENTENCE = re.compile(r"(?<=[^\s.][^\s.A-Z][.!?…])[\"”’)]{0,2}\s|(?<=[。！？])")


def forms(text: str) -> set[str]:
    """Keys under which a line may repeat a headline: as it is, without mark or site's name, a path's end."""
    found = {key(text), key(_SITE.split(text)[0]), key(_unmarked(text))}
    if is_breadcrumb(text):
        found.add(key(last_crumb(text)))
    return found - {""}


def find_headline(lines: Sequence[Line], start: int, taken: AbstractSet[int]) -> str | None:
    """The headline among the lines above the text; None where none looks like one.

    A line said twice (page title, path, heading) wins, then the first near the text that is long enough not
    to be a section's name and stands below the menu, then the last that could be one.

    Args:
        lines: The lines of a page.
        start: Index of the first line of its text.
        taken: Indices of lines that are something else (the byline).
    """
    possible = [
        index
        for index in range(max(0, start - _FAR), start)
        if index not in taken and lines[index].kind in {"short", "prose"} and _may_be(lines[index])
    ]
    if not possible:
        return None
    said = Counter(form for line in lines[:start] for form in forms(line.text))
    twice = [
        index for index in possible if said[key(lines[index].text)] > 1 and lines[index].words >= SURE_WORDS
    ]
    # A page begins with its title.
    title = forms(lines[0].text)
    titled = [index for index in twice if key(lines[index].text) in title]
    # A part of a flat page is one only if it is said twice.
    near = [index for index in possible if index >= start - _NEAR and _is_heading(lines[index])]
    sure = [index for index in near if lines[index].words >= SURE_WORDS]
    # What stands above a menu is the site's.
    sure = [index for index in sure if index >= below_menu(lines, start)] or sure
    chosen = titled[-1:] or twice[-1:] or sure[:1] or near[-1:]
    if not chosen:
        return None
    text = _unmarked(lines[chosen[0]].text)
    bare = _SITE.split(text)[0]
    return bare if any(key(line.text) == key(bare) for line in lines[:start]) else text


def _is_heading(line: Line) -> bool:
    return line.kind == "short" and not line.piece


def _unmarked(text: str) -> str:
    mark = _MARK.match(text)
    return text[mark.end() :] if mark else text


def derive_headline(body_text: str) -> str:
    """The first sentence of a text without its dateline, cut beyond `LONGEST_DERIVED` characters."""
    line = after_dateline(body_text).split("\n", 1)[0][: 4 * LONGEST_DERIVED]
    return shorten(_SENTENCE.split(line, maxsplit=1)[0], LONGEST_DERIVED)


def shorten(text: str, limit: int) -> str:
    """A text of at most `limit` characters, cut at a word, with '…' where something is missing."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return cut.rstrip(" ,;:–—-") + "…"


def _may_be(line: Line) -> bool:
    text = line.text
    return (
        _FEWEST_WORDS <= line.words <= _MOST_WORDS
        and not text.endswith((".", ":", ",", ";", "。"))
        and not text.startswith(_BULLETS)
        and (line.words >= SURE_WORDS or not _PLACE.match(text))
        and not _NO_HEADLINE.search(text)
        and sum(map(_is_letter, text)) > len(text) / 2
    )


def _is_letter(character: str) -> bool:
    # The vowel signs of Indian scripts are marks.
    return character.isalpha() or unicodedata.category(character)[0] == "M"


def opening_question(lines: Sequence[Line], region: range) -> int | None:
    """Where the text begins if its first sentence is a headline that asks or calls out; else None.

    'Will the truce hold?' above a longer paragraph is a headline though it is a sentence.
    """
    first = lines[region.start] if region else None
    if first is None or not first.text.endswith(("?", "!", "?”", "?’")) or not _may_be(first):
        return None
    following = range(region.start + 1, min(region.stop, region.start + 2 + _BELOW))
    start = next((index for index in following if lines[index].kind == "prose"), None)
    return start if start is not None and first.words * 2 <= lines[start].words else None
