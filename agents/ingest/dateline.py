"""The dateline of a report: where it was written, when, and for whom: 'KYIV, Nov 24 (Reuters) - …'."""

from __future__ import annotations

import re

# Places are in capitals, or named with a date or an agency: 'Kyiv (dpa) -', 'Paris, 24 nov. (AFP) –'.
_UPPER = r"A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ"
_CAPITALS = rf"[{_UPPER}][{_UPPER}.'’-]+"
_NAME = rf"[{_UPPER}][\w.'’-]+"
_PLACE = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}"
_NAMED_PLACE = rf"{_NAME}(?:[ /]{_NAME}){{0,2}}"
_REGION = rf"(?:, {_NAME}(?: {_NAME})?)?"
_DATE = (
    r"(?:,? (?:[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.? (?:de )?[^\W\d_]{3,9}\.?)"
    r"(?:,? (?:19|20)\d{2})?)"
)
_AGENCY = rf"(?: ?[(\[/](?:[{_UPPER}]|dpa|ots|epd|kna)[\w .&/’'-]{{0,40}}[)\]/])"
# Those that stand behind a place with small letters; another word in brackets may be a ticker.
_KNOWN_AGENCY = (
    r"(?: ?[(\[/](?:AP|AFP|Reuters|REUTERS|dpa|DPA|EFE|ANSA|PTI|ANI|IANS|Xinhua|TASS|Interfax|UPI|CP|PA|"
    r"AAP|Bloomberg|CNN|BBC|APA|SDA|Kyodo|Yonhap|Anadolu|AA|ots|epd|kna|RIA|SANA|WAM|SPA|Bernama|Antara|NTB|"
    r"TT|Belga|Lusa|PRNewswire|GLOBE NEWSWIRE|BUSINESS WIRE)"
    r"(?:[ /-][\w .&/’'-]{0,30})?[)\]/])"
)
_DASH = r"\.? ?(?:[—–]|--?(?= )|-$)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_REGION}{_DATE}?{_AGENCY}?|"
    rf"{_NAMED_PLACE}{_REGION}(?:{_DATE}{_AGENCY}?|{_KNOWN_AGENCY}))(?={_DASH})"
)
# 'KYIV, Nov 24 (Reuters)', the longest in use, has a third of it.
_LONGEST = 100
# Capitals before a dash that name no place.
_NO_PLACE = re.compile(
    r"(?:BREAKING|UPDATE|URGENT|EXCLUSIVE|ANALYSIS|FACTBOX|TIMELINE|WATCH|LIVE|JUST IN|FLASH|OPINION|"
    r"EXPLAINER|NOTE|CORRECT(?:ION|ED)|REFILE|ALERT|NEWS|VIDEO|PHOTOS?|BRIEF|WRAPUP|FEATURE|INTERVIEW|FOCUS|INSIGHT|"
    r"RECAP|ADVISORY|TODAY|"
    r"NATO|OPEC|UNESCO|UNICEF|NASA|FIFA|UEFA|WHO|IMF|IAEA|EU|UN|US|UK|USA|Q|A)\b"
)


def find_dateline(text: str) -> str | None:
    """The dateline that a text begins with, as written and without its dash; None where there is none.

    It may have the first line for itself: 'BAAR, SWITZERLAND', 'LONDON (AP)'.
    """
    first, _, rest = text.partition("\n")
    if rest and is_dateline(first):
        return first.rstrip(" -–—")
    return _at_beginning(first)


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline and nothing else, with more than the name of a place."""
    bare = line.rstrip(" -–—")
    return (
        len(bare) < _LONGEST and any(sign in bare for sign in ",([") and _at_beginning(f"{bare} — ") == bare
    )


def after_dateline(text: str) -> str:
    """A text without the dateline and the dash that it begins with."""
    dateline = find_dateline(text)
    return text[len(dateline) :].lstrip(" .-–—\n") if dateline else text


def _at_beginning(line: str) -> str | None:
    found = None if _NO_PLACE.match(line) else _DATELINE.match(line[:_LONGEST])
    return found[0] if found else None
