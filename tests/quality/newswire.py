"""Pairs of newswire with their truth: a report and its copies, and reports of one form with other facts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SLOT = re.compile(r"\{(\w+)\}")
_STYLE = {
    "said": "stated", "about": "roughly", "expected": "forecast", "against": "versus", "came to": "reached",
    "mostly": "largely", "went on": "continued", "likely": "probable", "compared with": "against", "bring in":
    "raise", "told": "informed", "drive": "pass", "due": "scheduled", "sent": "dispatched", "some": "certain",
    "but": "though", "also": "too", "hardly": "barely", "at least": "no fewer than", "set": "fixed"
}  # fmt: skip
_SPELLING = {
    "percent": "per cent", "labour": "labor", "aluminium": "aluminum", "behaviour": "behavior",
    "Neighbouring": "Neighboring", "neighbouring": "neighboring", "million": "mln", "billion": "bn",
    "January": "Jan.", "February": "Feb.", "November": "Nov.", "October": "Oct.",
    "U.S.": "US", "two ": "2 ", "three ": "3 " }  # fmt: skip


class Pair(NamedTuple):
    """Two texts, the first of them earlier, and whether the second is a copy of the first."""

    name: str
    """Form and what was done to it."""
    first: str
    second: str
    copy: bool


def pairs(which: str, seed: int, each: int = 6) -> Iterator[Pair]:
    """Pairs of a group of forms, `tried` or `held`: `each` reports of a form, its copies, and templates."""
    random = Random(seed)
    for name, form in FORMS[which].items():
        for _ in range(each):
            report = _filled(random, form)
            yield Pair(f"{name}/template", report, _filled(random, form), copy=False)
            for kind, edit in _EDITS.items():
                changed = edit(random, report)
                if changed != report:
                    yield Pair(f"{name}/{kind}", report, changed, copy=True)


def _filled(random: Random, form: str) -> str:
    """The form with other facts each time; a slot is never filled twice by the same of few."""
    while _SLOT.search(form):
        form = _SLOT.sub(lambda slot: random.choice(FORMS["slots"][slot[1]]), form, count=1)
    return form[0].upper() + form[1:]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[a-z0-9]\.) (?=[A-Z])", text)


def _tagged(random: Random, text: str) -> str:
    tag = random.choice(
        ["LONDON, Nov 25 (Reuters) - ", "LONDON (AP) — ", "Reuters - ", "LONDON, Nov. 25 (Xinhua) -- "]
    )
    return tag + text


def _cut(random: Random, text: str) -> str:
    """From the end, as editors cut; what is left is two thirds and no flash."""
    parts = _sentences(text)
    kept = parts[: max(1, round(len(parts) * random.uniform(0.6, 0.9)))]
    return " ".join(kept) if sum(len(part.split()) for part in kept) >= 60 else text


def _with_local(random: Random, text: str) -> str:
    parts = _sentences(text)
    if len(parts) < 5:
        return text
    local = [_filled(random, one) for one in random.sample(FORMS["local"]["paragraphs"], 2)]
    at = random.randint(1, len(parts))
    return " ".join([*parts[:at], *local, *parts[at:]])


def _styled(random: Random, text: str) -> str:
    for word, other in random.sample(sorted(_STYLE.items()), 8):
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def _translated(_: Random, text: str) -> str:
    for word, other in _SPELLING.items():
        text = text.replace(word, other)
    return text


def _corrected(random: Random, text: str) -> str:
    """One figure of many; in a text with a few that would be another report."""
    figures = list(re.finditer(r"\d+(?:[.,]\d+)*", text))
    if len(figures) < 8:
        return text
    at = random.choice(figures)
    note = "(Corrects a figure in the report) "
    return note + text[: at.start()] + str(random.randint(12, 98)) + text[at.end() :]


def _next_version(random: Random, text: str) -> str:
    """What an agency sends an hour later: a new second sentence, one at the end; the rest stands."""
    parts = _sentences(text)
    if len(parts) < 6:
        return text
    more = [_filled(random, one) for one in random.sample(FORMS["local"]["paragraphs"], 2)]
    return "(Adds details) " + " ".join([parts[0], more[0], *parts[1:], more[1]])


_EDITS: dict[str, Callable[[Random, str], str]] = {
    "tagged": _tagged,
    "cut": _cut,
    "local": _with_local,
    "style": _styled,
    "spelling": _translated,
    "corrected": _corrected,
    "version": _next_version,
    "all": lambda random, text: _tagged(random, _with_local(random, _styled(random, _cut(random, text)))),
}
