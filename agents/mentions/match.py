"""Find the mentions of every watch in an article: the watchlist put on top of the phrases.

Two phases, as in Lucene Monitor. A watch with a query is filed under the rarest words it can't hold without
(`query.required`). One pass finds those and the terms of all watches; a query is looked at in full only where
one of its words stands, and one of each other set of words that it can't hold without.

Within a watch overlapping terms count once: the leftmost, and of those that begin together the longest. Two
watches may both be mentioned by the same words.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from agents.mentions.finding import Finding
from agents.mentions.mention import LOOKED_AT, mention_at
from agents.mentions.phrases import Phrases
from agents.mentions.query.evaluate import evidence, holds
from agents.mentions.query.nodes import MENTIONED, Language, leaves
from agents.mentions.query.required import conjuncts
from agents.mentions.text import Text
from agents.mentions.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agents.mentions.query.nodes import Node
    from agents.mentions.spellings import Unit
    from agents.mentions.watch import Watch
    from agents.mentions.watchlist import Watchlist
    from streams.records import Field, Mention

Span = tuple[int, int]


class Matched(NamedTuple):
    """What the watches found in an article."""

    mentions: tuple[Mention, ...]
    """In text order, those of the headline first; at one place, by the watch's name."""
    checked: int
    """Queries looked at in full."""
    out_of_scope: tuple[str, ...] = ()
    """Watches whose words are there, but whose scope leaves the article out; by name."""


class Matcher:
    """Every word of a watchlist, ready to be looked for; made once, used for each article.

    `most` bounds the mentions of one watch in one field, so that a megabyte of one repeated word does not
    become a record of fifty; None for no bound.
    """

    def __init__(self, watchlist: Watchlist, *, most: int | None = None) -> None:
        self.watchlist = watchlist
        self._most = most
        self._numbers: dict[Unit, int] = {}
        self._listed: dict[int, list[Watch]] = {}
        self._filed: dict[int, list[int]] = {}
        self._queries: list[tuple[Watch, Node]] = []
        self._besides: list[tuple[frozenset[Unit], ...]] = []
        for watch in watchlist.watches:
            query = watchlist.query(watch)
            if query is None:
                for unit in watch.units:
                    self._listed.setdefault(self._number(unit), []).append(watch)
            else:
                self._file(watch, query.root)
        self._phrases = Phrases(self._numbers)

    def _number(self, unit: Unit) -> int:
        return self._numbers.setdefault(unit, len(self._numbers))

    def _file(self, watch: Watch, root: Node) -> None:
        rarest, *others = conjuncts(root)
        for unit in rarest:
            self._filed.setdefault(self._number(unit), []).append(len(self._queries))
        self._queries.append((watch, root))
        self._besides.append(tuple(others))

    @property
    def asks_language(self) -> bool:
        """Whether any watch asks in which language an article is written."""
        return any(watch.scope and watch.scope.languages for watch in self.watchlist.watches) or any(
            isinstance(leaf, Language) for _, root in self._queries for leaf in leaves(root)
        )

    @property
    def asks_date(self) -> bool:
        """Whether any watch asks when an article was written."""
        return any(watch.clock for watch in self.watchlist.watches)

    def match(self, headline: str, body_text: str) -> tuple[Mention, ...]:
        """The mentions in an article of which nothing else is known."""
        return self.matched(Text(headline=headline, body_text=body_text)).mentions

    def matched(self, text: Text) -> Matched:
        """The mentions in an article, and how many queries were looked at for them."""
        finding = self.finding(text)
        mentions: list[Mention] = []
        outside: set[str] = set()
        for field in MENTIONED:
            for watch, spans in self._of_terms(finding, field, outside):
                mentions += self._mentions(watch, text, field, spans)
        candidates = self._candidates(finding)
        for candidate in candidates:
            watch, root = self._queries[candidate]
            found = Weighed(finding, watch.claim) if watch.claim else finding
            if not holds(root, found):
                continue
            if not watch.admits(text):
                outside.add(watch.name)
                continue
            for field in MENTIONED:
                mentions += self._mentions(watch, text, field, evidence(root, found, field))
        return Matched(in_order(mentions), len(candidates), tuple(sorted(outside)))

    def _mentions(self, watch: Watch, text: Text, field: Field, spans: Iterable[Span]) -> Iterator[Mention]:
        apart = leftmost(spans, LOOKED_AT if watch.claim else self._most)
        found = (mention_at(watch, text, field, *span) for span in apart)
        return islice((mention for mention in found if mention), self._most)

    def finding(self, text: Text) -> Finding:
        """An article gone through once by every word and phrase."""
        return Finding(text, self._phrases, self._numbers)

    def _of_terms(
        self, finding: Finding, field: Field, outside: set[str]
    ) -> Iterable[tuple[Watch, list[Span]]]:
        """Where the terms of each watch stand; those that the scope leaves out are added to `outside`."""
        spans: dict[str, tuple[Watch, list[Span]]] = {}
        for number in finding.phrases(field) & self._listed.keys():
            if found := finding.meant(number, field):
                for watch in self._listed[number]:
                    if watch.admits(finding.text):
                        spans.setdefault(watch.name, (watch, []))[1].extend(found)
                    else:
                        outside.add(watch.name)
        return spans.values()

    def _candidates(self, finding: Finding) -> list[int]:
        """The queries of which one word of each set that they can't hold without stands there."""
        candidates: set[int] = set()
        for field in MENTIONED:
            for number in finding.phrases(field) & self._filed.keys():
                if finding.stands(number, field):
                    candidates.update(self._filed[number])
        return sorted(
            candidate
            for candidate in candidates
            if all(any(map(finding.has, units)) for units in self._besides[candidate])
        )


def leftmost(spans: Iterable[Span], most: int | None) -> Iterator[Span]:
    """Those that don't overlap: the leftmost, of those that begin together the longest, at most `most`."""
    reached = found = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached and found != most:
            yield start, end
            reached = end
            found += 1


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Those of the headline first, then by place, then by watch."""
    return tuple(sorted(mentions, key=lambda item: (MENTIONED.index(item.field), item.start, item.watch)))
