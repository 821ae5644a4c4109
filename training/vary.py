"""The same sentence otherwise: other names, other case, with a dateline. Seeded, drawn anew each epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from training.corpora import TWEETS
from training.spans import Marked, spans, tagged

if TYPE_CHECKING:
    import random

    from training.corpora import Sentence
    from training.names import Names

RECASED = 0.10
"""Share of sentences in capitals, in title case as headlines are, or in lower case."""
RENAMED = 0.30
"""Share of sentences with names in which each name has an even chance to be another."""
DATELINED = 0.04
"""Share of sentences of edited text that begin as a wire story does: 'LAGOS, Nigeria (Reuters) -'."""
EXPLAINED = 0.1
"""Share of the bodies in such sentences that are followed by an acronym in brackets."""
AGENCIES = (
    ("Reuters",),
    ("AP",),
    ("AFP",),
    ("Xinhua",),
    ("ANI",),
    ("Associated", "Press"),
    ("dpa",),
    ("TASS",),
)
SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "for", "to", "and", "or", "by", "with", "from", "as"}
)


@dataclass(frozen=True, slots=True)
class Variation:
    """Changes sentences at random, by the shares above."""

    names: Names
    chance: random.Random

    def __call__(self, sentence: Sentence) -> Sentence:
        """The sentence, perhaps changed."""
        edited = sentence.corpus not in TWEETS
        if self.chance.random() < RENAMED:
            sentence = self._renamed(sentence)
        if edited and self.chance.random() < DATELINED:
            sentence = self._datelined(sentence)
        if self.chance.random() < RECASED:
            sentence = self._recased(sentence)
        return sentence

    def _renamed(self, sentence: Sentence) -> Sentence:
        words: list[str] = []
        tags: list[str] = []
        at = 0
        for start, end, label in spans(sentence.tags):
            words += sentence.words[at:start]
            tags += sentence.tags[at:start]
            name = sentence.words[start:end]
            if self.chance.random() < 0.5:  # noqa: PLR2004  even
                name = self._other(name, label)
            words += name
            tags += tagged(len(name), [Marked(0, len(name), label)])
            if label == "ORG" and len(name) > 1 and self.chance.random() < EXPLAINED:
                words += ("(", self.names.acronym(self.chance), ")")
                tags += ("O", "B-ORG", "O")
            at = end
        words += sentence.words[at:]
        tags += sentence.tags[at:]
        return replace(sentence, words=tuple(words), tags=tuple(tags))

    def _other(self, name: tuple[str, ...], label: str) -> tuple[str, ...]:
        if label == "PERSON":
            return self.names.person(self.chance, len(name))
        if label == "ORG":
            return self.names.body(self.chance)
        return self.names.place(self.chance) if self.names.is_place(name) else name

    def _datelined(self, sentence: Sentence) -> Sentence:
        place = tuple(word.upper() for word in self.names.place(self.chance))
        words, marked = place, [Marked(0, len(place), "LOC")]
        if self.chance.random() < 0.3:  # noqa: PLR2004  as often as the country follows
            country = tuple(self.chance.choice(self.names.slots["country"]).split())
            marked.append(Marked(len(words) + 1, len(words) + 1 + len(country), "LOC"))
            words = (*words, ",", *country)
        if self.chance.random() < 0.7:  # noqa: PLR2004  most have an agency
            agency = self.chance.choice(AGENCIES)
            marked.append(Marked(len(words) + 1, len(words) + 1 + len(agency), "ORG"))
            words = (*words, "(", *agency, ")")
        words = (*words, self.chance.choice(("-", "—", "–", ":")))
        return replace(
            sentence,
            words=(*words, *sentence.words),
            tags=(*tagged(len(words), marked), *sentence.tags),
        )

    def _recased(self, sentence: Sentence) -> Sentence:
        how = self.chance.choice((str.upper, _title, _title, str.lower))
        return replace(sentence, words=tuple(how(word) for word in sentence.words))


def _title(word: str) -> str:
    return word if word in SMALL else word[:1].upper() + word[1:]
