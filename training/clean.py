"""One idea of a name for corpora that have several: labels cleaned before training, and before scoring.

A name has no leading 'the' and no closing 's; a person has no title ('President Obama' is Obama); what has no
capital is no name in edited text; '@user' and '#tag' are none in tweets; a country is a place, also where the
corpus left it unmarked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agents.entities.table import load_table
from agents.entities.words import load_words
from training.corpora import TWEETS
from training.spans import Marked, spans, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from training.corpora import Sentence

ARTICLES = frozenset({"the", "a", "an", "this", "that", "our", "its", "his", "her", "their"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
UNMARKED = frozenset({"crossner-politics"})
"""Corpora whose gold leaves out most countries."""
NESTED = frozenset({"gum", "gum-news"})
"""Corpora that mark names inside names, of which our copy has the inner: 'the University of [Sheffield]'."""
DOUBTFUL = "?"
"""The tag of words that are neither learnt as a name nor as none."""
CLOSES = frozenset({"(", ",", "of", "from", "and", "who"})
"""Ends a person's name, whatever else the mark holds."""
JOINS = frozenset({"of", "-", "&", "for", "the", "and", "–"})
LONGEST_PARTICLE = 3
"""'van', 'bin'; a longer word in lower case before a name is none of its."""
ALWAYS_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "sir", "president", "senator", "author", "."})


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans sentences by word lists.

    Args:
        titles: words before a person's name that are no part of it.
        peoples: 'Asians', 'Saudi': neither persons nor bodies.
        never: words with a capital that are no names: 'Monday'.
        countries: the words of each country's spellings, by the first word.
    """

    titles: frozenset[str]
    peoples: frozenset[str]
    never: frozenset[str]
    countries: Mapping[str, tuple[tuple[str, ...], ...]]

    def __call__(self, sentence: Sentence) -> Sentence:
        """The same words, other tags; `DOUBTFUL` where the corpus is not to be learnt from."""
        whole = list(spans(sentence.tags))
        if sentence.corpus in NESTED:
            whole = [part for mark in whole for part in _parts(sentence.words, mark)]
        marked = [better for mark in whole if (better := self._trimmed(sentence, mark)) is not None]
        if sentence.corpus in UNMARKED:
            taken = {i for mark in marked for i in range(mark.start, mark.end)}
            marked += self._countries(sentence, taken)
        tags = list(tagged(len(sentence.words), marked))
        if sentence.corpus in NESTED:
            for i in _doubtful(sentence.words, marked) | self._passed_over(sentence.words, tags):
                tags[i] = DOUBTFUL
        return replace(sentence, tags=tuple(tags))

    def _trimmed(self, sentence: Sentence, mark: Marked) -> Marked | None:
        words = sentence.words
        start, end, label = mark
        if label == "PERSON":
            end = next((i for i in range(start + 1, end) if words[i] in CLOSES), end)
            start = self._after_title(words, start, end)
        while start < end and self._is_before(words[start], label, last=end - start == 1):
            start += 1
        while end > start and (words[end - 1] in POSSESSIVES or words[end - 1] in ".,:"):
            end -= 1
        name = words[start:end]
        if not name or any(word.startswith(("@", "#", "http")) for word in name):
            return None
        if start and words[start - 1] in ("@", "#") and sentence.corpus in TWEETS:
            return None
        if sentence.corpus not in TWEETS and not any(c.isupper() for word in name for c in word):
            return None
        if label == "PERSON" and all(word in self.peoples for word in name):
            return None
        return Marked(start, end, label)

    def _after_title(self, words: Sequence[str], start: int, end: int) -> int:
        """After 'US President', 'English defender', 'author': the last title that leaves a name."""
        titles = [i for i in range(start, end - 1) if words[i] in self.titles]
        start = titles[-1] + 1 if titles else start
        while start < end - 1 and words[start] in self.peoples:
            start += 1
        return start

    def _passed_over(self, words: Sequence[str], tags: Sequence[str]) -> set[int]:
        """Unmarked words with a capital that may well be names: 'Tiananmen Square'."""
        known = self.titles | self.peoples | self.never
        return {
            i
            for i, (word, tag) in enumerate(zip(words, tags, strict=True))
            if tag == "O" and i and word[0].isupper() and len(word) > 1 and word not in known
        }

    def _is_before(self, word: str, label: str, *, last: bool) -> bool:
        if word.lower() in ARTICLES:
            return True
        if label != "PERSON":
            return False
        title = word in self.titles or word.lower().strip(".") in ALWAYS_TITLES or word == "."
        return (title and not last) or (word.islower() and not last and len(word) > LONGEST_PARTICLE)

    def _countries(self, sentence: Sentence, taken: set[int]) -> Iterator[Marked]:
        words = sentence.words
        at = 0
        while at < len(words):
            size = next(
                (
                    len(name)
                    for name in self.countries.get(words[at], ())
                    if words[at : at + len(name)] == name and taken.isdisjoint(range(at, at + len(name)))
                ),
                0,
            )
            alone = not (
                (at and words[at - 1][0].isupper() and at > 1)
                or (at + size < len(words) and words[at + size][0].isupper())
            )
            if size and alone:
                yield Marked(at, at + size, "LOC")
            at += max(size, 1)


def _parts(words: Sequence[str], mark: Marked) -> Iterator[Marked]:
    """'Livorno, Tuscany' is two places."""
    start, end, label = mark
    if label == "LOC":
        for i in range(start, end):
            if words[i] == ",":
                yield Marked(start, i, label)
                start = i + 1
                if start < end and not words[start][:1].isupper():
                    return
    yield Marked(start, end, label)


def _doubtful(words: Sequence[str], marked: Sequence[Marked]) -> set[int]:
    """Words of the runs of capitals that a mark is part of but doesn't fill, the mark's own among them."""
    inside = {i: mark for mark in marked for i in range(mark.start, mark.end)}
    found: set[int] = set()
    for start, end, label in marked:
        before, after = start - 1, end
        while before > 0 and words[before] in JOINS and words[before - 1][:1].isupper():
            before -= 1
        while after + 1 < len(words) and words[after] in JOINS and words[after + 1][:1].isupper():
            after += 1
        more = {
            i
            for i in (before, after)
            if 0 <= i < len(words) and i not in inside and words[i][:1].isupper() and i > 0
        }
        if more and label != "PERSON":
            found |= set(range(min(start, *more), max(end, *(i + 1 for i in more))))
    return found


def cleaner() -> Cleaner:
    """With the project's own lists."""
    countries: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    peoples: set[str] = set()
    for name in load_table().names:
        if name.id.startswith(("country:", "region:")):
            for spelling in name.spellings:
                words = tuple(spelling.split())
                countries[words[0]].append(words)
        if name.label == "NORP":
            peoples.update(name.spellings)
    return Cleaner(
        load_words().titles,
        frozenset(peoples),
        load_words().never,
        {first: tuple(sorted(names, key=len, reverse=True)) for first, names in countries.items()},
    )
