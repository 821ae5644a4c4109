"""The line that says who wrote an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.lines import Line

# A name: two to four words with a capital, particles and initials among them.
_NAME = (
    r"(?:[A-ZÀ-ÞА-ЯĀ-Ž][\w.’'-]*|[A-Z]\.)"
    r"(?:\s(?:de|del|della|di|da|van|von|der|den|bin|ibn|al|el|la|le|[A-ZÀ-ÞА-ЯĀ-Ž][\w.’'-]*|[A-Z]\.)){1,3}"
)
_BY = re.compile(
    rf"(?:by|von|par|por|di|written by|reported by|words by|text by|autor|author)\s*:?\s+"
    rf"({_NAME}(?:(?:,|\sand|\s&|\sund|\set|\sy|\se)\s{_NAME}){{0,4}})"
    r"(?:\s*[|,•·–—(-].{0,80}|\s+\S{1,30}){0,2}$",
)
_BY_START = re.compile(
    r"(?:By|BY|by|Von|Par|Por|Di|Written by|Reported by|Words by|Text by|Autor|Author):?\s"
)
_NAMES_ONLY = re.compile(rf"{_NAME}(?:(?:,|\sand|\s&|\sund|\set|\sy|\se)\s{_NAME}){{0,4}}")
# 'Ahmed Kamel – Egypt Daily News': what follows the dash must look like an outlet, else it is a headline.
_NAME_OUTLET = re.compile(
    rf"{_NAME}\s*(?:[|–—,/]|\s-\s)\s*(?:[\w.’'&-]+\s){{0,5}}?(?:News|Times|Post|Daily|Press|Herald|Tribune|Journal|Gazette|Guardian|"
    r"Telegraph|Standard|Observer|Mail|Chronicle|Courier|Independent|Reuters|AFP|AP|BBC|CNN|Agency|Agence|Network|Today|Online|"
    r"Magazine|Review|Weekly|TV|Radio|Media|Correspondent|Reporter|Editor|Columnist|Writer|Contributor|Bureau|Zeitung)\b[\w\s.’'&-]{0,40}"
)
# Behind a name: a handle, an address, what somebody is: 'Ana Lopez, Chief Correspondent', 'ana@example.org'.
_ROLE = (
    r"(?:[\w’'-]+\s){0,4}(?:correspondent|reporter|editor|columnist|writer|contributor|analyst|bureau chief|"
    r"producer|photographer|korrespondent(?:in)?|redakteur(?:in)?|reporterin|correspondante?|journaliste|"
    r"corresponsal|redactora?)(?:\s(?:in|at|for|of)\s[\w .’'&-]{2,40})?"
)
_CONTACT = r"(?:@\w{2,30}|[\w.+-]{1,40}@[\w.-]{3,60})"
_ABOUT = re.compile(rf"(?:,?\s\(?{_CONTACT}\)?){{1,2}}$|,\s{_ROLE}(?:,\s[\w .’'&-]{{2,40}})?$", re.IGNORECASE)
# No person, but what stands where a person would.
_DESK = re.compile(
    r"(?:by\s)?(?:from\s)?(?:(?:our\s)?(?:(?:web|news|online|sports?|business|world|digital)\s)?"
    r"(?:staff|wire|agency)(?:\s(?:and|&)\s(?:wire|agency))?\s"
    r"(?:reports?|writers?|reporters?|correspondents?|services?)|(?:\w+\s)?(?:news|sports|web|business)\sdesk)",
    re.IGNORECASE,
)
_MOST_WORDS = 16
_NAME_AGO = re.compile(rf"({_NAME})\s\d{{1,3}}\s\w+\sago")
_NAME_PLACE = re.compile(rf"({_NAME})\sin\s[A-ZÀ-Þ][\w.’' -]{{2,30}}")
# A byline stands within a few lines of the text; further up are menus.
_REACH = 15
# Between a standfirst, which is prose, and the text, the byline stands within three lines.
_BELOW_STANDFIRST = 3
_HEADLINE_WORDS = 4


def find_byline(lines: Sequence[Line], start: int) -> tuple[frozenset[int], str | None]:
    """Indices of the lines that are the byline, and whom it names.

    Looked for above the text, and below its first sentence, which may be a standfirst.

    Args:
        lines: The lines of a page.
        start: Index of the first line of its text.
    """
    for index in range(max(0, start - _REACH), start):
        line = lines[index]
        if line.words > _MOST_WORDS or line.text.endswith((".", "!", "?")):
            continue
        named = _named(line.text)
        if named:
            return frozenset((index,)), named
        if (
            line.text.casefold().rstrip(": ") in {"by", "von", "par", "por", "written by"}
            and index + 1 < start
        ):
            following = lines[index + 1].text
            if _NAMES_ONLY.fullmatch(following):
                return frozenset((index, index + 1)), following
        named = _dated(lines, index)
        if named:
            return frozenset((index,)), named
    return _below_standfirst(lines, start)


def _dated(lines: Sequence[Line], index: int) -> str | None:
    """Whom a line names: 'Ana Lopez 3 hours ago', or 'Ana Lopez in Madrid' above a date.

    Only below what may be the headline, which names people, too.
    """
    if not any(line.kind == "short" and line.words >= _HEADLINE_WORDS for line in lines[:index]):
        return None
    text = lines[index].text
    ago = _NAME_AGO.fullmatch(text)
    dated = index + 1 < len(lines) and is_timestamp(lines[index + 1].text)
    named = ago or (_NAME_PLACE.fullmatch(text) if dated else None)
    return named[1] if named else None


def _below_standfirst(lines: Sequence[Line], start: int) -> tuple[frozenset[int], str | None]:
    for index in range(start + 1, min(len(lines), start + 1 + _BELOW_STANDFIRST)):
        if not start or lines[index].kind == "prose":
            break
        named = _named(lines[index].text) if _BY_START.match(lines[index].text) else None
        if named:
            dates = range(index + 1, min(len(lines), index + 1 + _BELOW_STANDFIRST))
            return frozenset((index, *(at for at in dates if is_timestamp(lines[at].text)))), named
    return frozenset(), None


def _named(whole: str) -> str | None:
    text = _ABOUT.sub("", whole)
    start = _BY_START.match(text)
    if start:
        match = _BY.match(text[: start.end()].lower() + text[start.end() :])
        return match[1] if match else text if _DESK.fullmatch(text) else None
    if _DESK.fullmatch(text) or _NAME_OUTLET.fullmatch(text):
        return text
    return text if text != whole and _NAMES_ONLY.fullmatch(text) else None
