"""Finding phrases by trying each on every stretch of the text: the oracle for `agents.mentions.phrases`.

Written from the rules and not from the code; for phrases and texts of plain letters.
"""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u200b"
LONGEST = 40


def find(phrases: list[str], text: str) -> set[tuple[int, int, int]]:
    """Every (phrase, start, end)."""
    return {
        (number, start, end)
        for start in range(len(text))
        for end in range(start + 1, min(len(text), start + LONGEST) + 1)
        if is_whole(text, start, end)
        for number, phrase in enumerate(phrases)
        if any(is_spelled(form, ending, text[start:end].lower()) for form, ending in forms(phrase.lower()))
    }


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether letters begin and end `start:end`, and none touches it from outside."""
    if not (text[start].isalpha() and text[end - 1].isalpha()):
        return False
    before, after = text[:start].rstrip(INVISIBLE), text[end:].lstrip(INVISIBLE)
    return not re.search(r"\w\Z", before) and not re.match(r"\w|['’][tT](?!\w)", after)


def forms(phrase: str) -> list[tuple[str, str]]:
    """The spellings of a phrase and the endings they take."""
    last = re.split("[ -]", phrase)[-1]
    if len(last) < 3:
        return [(phrase, "")]
    plurals = [(phrase, ""), (phrase, "s")]
    if last[-1] in "sxzho":
        plurals.append((phrase, "es"))
    if re.search("[^aeiou]y$", last):
        plurals.append((phrase[:-1] + "ies", ""))
    return plurals


def is_spelled(form: str, ending: str, text: str) -> bool:
    """Whether `text` is `form` with `ending`, written with the separators that are allowed."""
    letters = re.findall("[a-z]", text)
    gaps = re.split("[a-z]", text)[1:-1]
    if "".join(letters) != re.sub("[ -]", "", form) + ending:
        return False
    breaks = {
        re.sub("[ -]", "", form[:at]).__len__(): form[at] for at in range(len(form)) if form[at] in " -"
    }
    size = len(letters) - len(ending)
    if ending and (any(gaps[size:]) or gaps[size - 1].strip(INVISIBLE)):
        return False
    return all(is_allowed(gaps[at - 1], breaks.get(at), part(at, breaks, size)) for at in range(1, size))


def part(at: int, breaks: dict[int, str], size: int) -> int:
    """Letters of the shorter of the two parts beside `at`."""
    marks = sorted({0, size, *breaks})
    return min(at - max(m for m in marks if m < at), min(m for m in marks if m > at) - at)


def is_allowed(gap: str, expected: str | None, shorter: int) -> bool:
    """Whether `gap` may stand where the phrase has `expected`."""
    hyphen = re.fullmatch(r"[-–]([ \t]*\n[ \t]*)?", gap) is not None
    invisible = not gap.strip(INVISIBLE)
    blank = not invisible and not gap.strip(INVISIBLE + " \t\n") and not re.search(r"\n[ \t]*\n", gap)
    if expected is None:
        return hyphen or invisible or (blank and shorter >= 4)
    if gap:
        return hyphen or invisible or blank
    return expected == "-" or shorter >= 4
