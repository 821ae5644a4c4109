"""News prose from a grammar (`grammar.toml`): stories, and as many tellings of each as are wanted.

A context-free grammar whose capitalised slots are bound once a story. Only `random.Random.random` is used,
the one method whose sequence Python promises to keep, so the same seed writes the same words everywhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

WATCHES = ("ceasefire", "deadline", "sanctions")
"""Of the default watchlist; no sentence mentions one but those made for it."""

OUTLETS = (
    (
        "Harbour",
        "Northern",
        "Capital",
        "Evening",
        "Coastal",
        "Valley",
        "Island",
        "Lakeside",
        "Morning",
        "Central",
    ),
    ("Courier", "Herald", "Gazette", "Dispatch", "Observer", "Tribune", "Ledger", "Bulletin", "Chronicle"),
)
"""First and last words of invented newspapers."""

_DATA = tomllib.loads(files("seeds").joinpath("grammar.toml").read_text("utf-8"))
PLACES: list[str] = _DATA["story"]["PLACE"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]

_SLOT = re.compile(r"\{(\w+)\}")
_INITIAL = re.compile(r"(?:^|“)[a-z]")
_ARTICLE = re.compile(r"([Aa])(?<!\w\w) (?=(?!one|uni|eu)[aeiou]|8|1[18]\b)")
_DIGITS = {
    "digit": [str(n) for n in range(2, 10)],
    "tens": [str(n) for n in range(10, 99)],
    "zeroth": [str(n) for n in range(10)],
    "day": [str(n) for n in range(1, 29)],
}

T = TypeVar("T")

Parts = list[str]
"""A rule's right side: text and slot names in turn, text first."""


class Sentence(NamedTuple):
    """A sentence, and the watch it was made to mention."""

    text: str
    watch: str | None = None


class Draft(NamedTuple):
    """An article before it is printed."""

    headline: Sentence
    paragraphs: list[list[Sentence]]

    @property
    def text(self) -> str:
        """The body: paragraphs with an empty line between them."""
        return "\n\n".join(" ".join(sentence.text for sentence in block) for block in self.paragraphs)

    @property
    def watches(self) -> list[str]:
        """The watches mentioned, in alphabetical order."""
        sentences = (self.headline, *(sentence for block in self.paragraphs for sentence in block))
        return sorted({sentence.watch for sentence in sentences if sentence.watch})


class Grammar(NamedTuple):
    """The rules of one topic."""

    rules: Mapping[str, Sequence[Parts]]
    story: Mapping[str, Sequence[Parts]]


@cache
def grammars() -> list[Grammar]:
    """One grammar a topic, in the file's order."""
    data = _DATA
    shared = _DIGITS | data["slots"] | data["terms"]
    shared |= {f"sentence_{key}": value for key, value in data["sentences"].items()}
    shared |= {f"watch_{key}": value for key, value in data["watch"].items()}
    shared |= {f"watch_headline_{key}": value for key, value in data["watch_headlines"].items()}
    shared |= {f"furniture_{key}": value for key, value in data["furniture"].items()}
    shared["headline"] = data["sentences"]["headline"]
    return [
        Grammar(_compiled(shared | topic), _compiled(data["story"] | {"BODY": topic["body"]}))
        for topic in data["topics"].values()
    ]


def _compiled(rules: dict[str, Any]) -> dict[str, list[Parts]]:
    return {slot: [_SLOT.split(alternative) for alternative in choices] for slot, choices in rules.items()}


def pick(random: Random, choices: Sequence[T]) -> T:
    """One of `choices`, each as likely."""
    return choices[int(random.random() * len(choices))]


class Story:
    """A matter to report: its topic and the facts that every telling of it shares."""

    def __init__(self, random: Random, *, watch_share: float) -> None:
        self._random = random
        self._grammar = pick(random, grammars())
        self._facts: dict[str, str] = {}
        for slot, choices in self._grammar.story.items():
            self._facts[slot] = self._expand(pick(random, choices))
        self.watches = [watch for watch in WATCHES if random.random() < watch_share]

    @property
    def place(self) -> str:
        """The city it is about."""
        return self._facts["PLACE"]

    def draft(self, words: int) -> Draft:
        """A telling of some `words` words, new each time, which mentions each of the story's watches."""
        sentences = [self.sentence("sentence_lead")]
        count = len(sentences[0].text.split())
        while count < words:
            sentences.append(self.sentence("sentence_body"))
            count += len(sentences[-1].text.split())
        for watch in self.watches:
            place = 1 + int(self._random.random() * (len(sentences) - 1))
            sentences.insert(place, self.sentence(f"watch_{watch}", watch))
        return Draft(self.headline(), self._paragraphs(sentences))

    def paragraph(self) -> list[Sentence]:
        """Two or three further sentences."""
        return [self.sentence("sentence_body") for _ in range(2 + int(self._random.random() * 2))]

    def headline(self) -> Sentence:
        """A headline; now and then one that mentions a watch of the story."""
        if self.watches and self._random.random() < 0.3:  # noqa: PLR2004  headlines that give it all away
            watch = pick(self._random, self.watches)
            return self.sentence(f"watch_headline_{watch}", watch)
        return self.sentence("headline")

    def sentence(self, slot: str, watch: str | None = None) -> Sentence:
        """One sentence of the kind `slot`."""
        text = self._expand(pick(self._random, self._grammar.rules[slot]))
        text = _INITIAL.sub(lambda initial: initial[0].upper(), text)
        return Sentence(_ARTICLE.sub(r"\1n ", text), watch)

    def _expand(self, parts: Parts) -> str:
        out: list[str] = []
        self._write(parts, out)
        return "".join(out)

    def _write(self, parts: Parts, out: list[str]) -> None:
        facts, rules, draw = self._facts, self._grammar.rules, self._random.random
        out.append(parts[0])
        for at in range(1, len(parts), 2):
            fact = facts.get(parts[at])
            if fact is None:
                choices = rules[parts[at]]
                self._write(choices[int(draw() * len(choices))], out)
            else:
                out.append(fact)
            out.append(parts[at + 1])

    def _paragraphs(self, sentences: list[Sentence]) -> list[list[Sentence]]:
        blocks: list[list[Sentence]] = []
        at = 0
        while at < len(sentences):
            size = 1 + int(self._random.random() * 3)
            blocks.append(sentences[at : at + size])
            at += size
        return blocks
