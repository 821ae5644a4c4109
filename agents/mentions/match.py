"""Find the mentions of every watch in an article: the watchlist put on top of the phrases.

Within a watch overlapping terms count once: the leftmost, and of those that begin together the longest. Two
watches may both be mentioned by the same words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from agents.mentions.names import is_part_of_name
from agents.mentions.phrases import Phrases
from agents.mentions.sentences import sentence_span
from streams.records import Field, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.mentions.watchlist import Watchlist


class Matcher:
    """Every term of a watchlist, ready to be looked for; made once, used for each article.

    `most` bounds the mentions of one watch in one field, so that a megabyte of one repeated word does not
    become a record of fifty; None for no bound.
    """

    def __init__(self, watchlist: Watchlist, *, most: int | None = None) -> None:
        self.watchlist = watchlist
        self._most = most
        watchers: dict[str, list[str]] = {}
        for watch in watchlist.watches:
            for term in dict.fromkeys(watch.terms):
                watchers.setdefault(term, []).append(watch.name)
        self._phrases = Phrases(watchers)
        self._watchers = list(watchers.values())

    def match(self, headline: str, body_text: str) -> tuple[Mention, ...]:
        """The mentions in text order, those of the headline first; at one place, by the watch's name."""
        return (*self._in_field("headline", headline), *self._in_field("body_text", body_text))

    def _in_field(self, field: Field, text: str) -> Iterator[Mention]:
        for start, end, watch in self._spans(text):
            left, right = sentence_span(text, start, end)
            yield Mention(
                watch=watch,
                text=text[start:end],
                field=field,
                start=start,
                end=end,
                sentence=text[left:right],
            )

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        reached: dict[str, int] = {}
        found: Counter[str] = Counter()
        for phrase, start, end in self._phrases.find(text):
            free = [
                watch
                for watch in self._watchers[phrase]
                if reached.get(watch, 0) <= start and (self._most is None or found[watch] < self._most)
            ]
            if free and not is_part_of_name(text, start, end):
                spans.extend((start, end, watch) for watch in free)
                reached.update(dict.fromkeys(free, end))
                found.update(free)
        return sorted(spans, key=lambda span: (span[0], span[2]))
