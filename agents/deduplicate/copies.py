"""Is an article a copy of a remembered one, and of which?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from agents.alerts.outlet import outlet
from agents.deduplicate.compared import compared
from agents.deduplicate.fingerprint import BANDS, PERMUTATIONS, index_bands, signature
from agents.deduplicate.index import most_shared
from agents.deduplicate.likeness import NAMELESS, Fingerprint, Likeness, compare
from agents.deduplicate.remembered import table_key
from agents.deduplicate.ruling import rule
from agents.deduplicate.stories import MOST_CHARACTERS
from agents.ingest.identity import normalised_words
from streams.records import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from agents.deduplicate.index import Index
    from agents.deduplicate.remembered import Remembered
    from agents.deduplicate.ruling import Ruling
    from agents.deduplicate.settings import DedupSettings
    from streams.records import Article, Compared

CONTENT, URI, IDENTITIES = 0, 1, 2
"""Columns of the index before the bands: content hash, and article id where it stands for a URI."""
COLUMNS = IDENTITIES + BANDS
LEAST_TITLE = 5
"""Words of a headline that says of what it is: 'Morning briefing' stands above another text each day."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and what is to be remembered of the article beside it."""

    verdict: Verdict
    likeness: Likeness | None = None
    """How it compares with `verdict.duplicate_of`; None where that was not asked."""
    fingerprint: Fingerprint | None = None
    bands: NDArray[np.uint32] | None = None
    first: str = ""
    """Table key of the text that its story's drift is measured against; empty: its own."""
    nearest: Remembered | None = None
    """The article that it was compared with."""
    joined: tuple[Remembered, ...] = ()
    """Of each other story that it is a copy of as well, the nearest."""


class _Candidate(NamedTuple):
    """An earlier article, and what was ruled of the new one beside it."""

    ruling: Ruling
    of: Remembered
    text: Fingerprint

    def record(self, new: Fingerprint) -> Compared:
        ruling = self.ruling
        return compared(new, self.text, ruling.likeness, self.of.article_id, ruling.turned_down)


class _Weighed(NamedTuple):
    copies: list[_Candidate]
    refused: _Candidate | None


def index_keys(
    article_id: str | None, content_hash: str | None, bands: NDArray[np.uint32] | None
) -> NDArray[np.uint32]:
    """A row for the index, shape (COLUMNS,): what is None is not looked for.

    Give an `article_id` only where it stands for a URI.
    Two identities share a key by accident once in 4,000 million, so what is found is compared in full.
    """
    keys = np.zeros(COLUMNS, np.uint32)
    keys[CONTENT] = (crc32(content_hash.encode()) or 1) if content_hash else 0
    keys[URI] = (crc32(article_id.encode()) or 1) if article_id else 0
    if bands is not None:
        keys[IDENTITIES:] = bands
    return keys


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares articles with what is remembered: `index` finds numbers; by number or key come the records."""

    index: Index
    numbered: Callable[[int], Remembered | None]
    keyed: Callable[[str], Remembered | None]
    settings: DedupSettings

    def judge(self, article: Article) -> Judgement:
        """Same text, else same URI, else nearly the same text, else new."""
        same_text, same_uri = self._identical(article)
        text = Fingerprint.of(article.body_text, _own_headline(article))
        if same_text and _is_exact(text, same_text.fingerprint()):
            return _exact(same_text)
        signed = article.minhash if len(article.minhash) == 4 * PERMUTATIONS else signature(text.shingles)
        bands = index_bands(signed, text.words) if len(text.words) else None
        if same_uri:
            old = same_uri.fingerprint()
            likeness = compare(text, old)
            joined = self._joined(text, self._weighed(article, text, bands).copies, same_uri)
            verdict = Verdict(
                status="update",
                story_id=same_uri.verdict.story_id,
                duplicate_of=same_uri.article_id,
                method="uri",
                similarity=likeness.jaccard,
                compared=compared(text, old, likeness, same_uri.article_id),
                joins=_joins(same_uri, joined),
            )
            # Its URI says that it belongs to the story, however far its text has come: a copy of this version
            # is measured against this version, or the twentieth of a live blog could have none.
            return Judgement(verdict, likeness, text, bands, nearest=same_uri, joined=joined)
        return self._near(article, text, bands)

    def _identical(self, article: Article) -> tuple[Remembered | None, Remembered | None]:
        """The latest remembered with the same text, and the latest with the same URI."""
        article_id = article.article_id if article.uri is not None else None
        hits = self.index.find(index_keys(article_id, article.content_hash, None))
        same_text = same_uri = None
        for number, column in zip(hits.numbers.tolist(), hits.columns.tolist(), strict=True):
            found = self.numbered(number)
            if found is None:
                continue
            if column == CONTENT and not same_text and found.content_hash == article.content_hash:
                same_text = found
            if column == URI and not same_uri and found.article_id == article.article_id:
                same_uri = found
        return same_text, same_uri

    def _near(self, article: Article, text: Fingerprint, bands: NDArray[np.uint32] | None) -> Judgement:
        """The nearest text that this one is a copy of, if it is also like the first of that text's story."""
        copies, refused = self._weighed(article, text, bands)
        for copy in copies:
            first = self._first(text, copy)
            if first is not None:
                joined = self._joined(text, copies, copy.of)
                verdict = _near_duplicate(text, copy, joined)
                return Judgement(verdict, copy.ruling.likeness, text, bands, first, copy.of, joined)
        if copies:
            drifted = copies[0]
            refused = drifted._replace(ruling=drifted.ruling._replace(turned_down="drift"))
        if refused is None:
            return Judgement(Verdict(status="new", story_id=article.article_id), None, text, bands)
        beside = refused.record(text)
        if beside.turned_down == "opposite" and (first := self._first(text, refused)):
            # No copy, but what it denies is known: the story goes on, so that an alert can say what turned.
            verdict = Verdict(status="new", story_id=refused.of.verdict.story_id, compared=beside)
            return Judgement(verdict, None, text, bands, first, refused.of)
        verdict = Verdict(status="new", story_id=article.article_id, compared=beside)
        return Judgement(verdict, None, text, bands)

    def _weighed(self, article: Article, text: Fingerprint, bands: NDArray[np.uint32] | None) -> _Weighed:
        """The texts that this one is a copy of, the nearest first, and the nearest that was turned down."""
        source, title = outlet(article.source or ""), _title(_own_headline(article))
        found = []
        for candidate in self._candidates(bands):
            old = candidate.fingerprint()
            found.append((compare(text, old), candidate, old))
        found.sort(key=lambda one: (-one[0].jaccard, one[1].seq))
        copies: list[_Candidate] = []
        refused: _Candidate | None = None
        denied: set[str] = set()
        known: set[tuple[str, str]] = set()
        for likeness, candidate, old in found:
            # A story's second copy would be held against the same first, and say no more than the nearest.
            anchored = candidate.verdict.story_id, _first_key(candidate)
            if anchored in known:
                continue
            same_source = source != "" and source == outlet(candidate.source or "")
            ruling = rule(
                text,
                old,
                self.settings,
                likeness=likeness,
                same_source=same_source,
                same_title=len(title) >= LEAST_TITLE and title == _title(candidate.headline),
            )
            if ruling.turned_down == "opposite":
                denied.add(candidate.verdict.story_id)
            # What denies a story's nearest text is no copy of a farther one, where the word is not so plain.
            if ruling.method and candidate.verdict.story_id not in denied:
                copies.append(_Candidate(ruling, candidate, old))
                known.add(anchored)
            elif ruling.turned_down and (refused is None or refused.ruling.turned_down == "apart"):
                refused = _Candidate(ruling, candidate, old)
        return _Weighed(copies, refused)

    def _first(self, text: Fingerprint, copied: _Candidate) -> str | None:
        """Key of the first of a copied text's story; None where this one has drifted away from it."""
        first, likeness = _first_key(copied.of), copied.ruling.likeness
        if copied.of.first:
            anchor = self.keyed(first)
            if anchor is None:  # It has been forgotten; from now on the nearest stands for it.
                return table_key(copied.of.position)
            likeness = compare(text, anchor.fingerprint())
        return None if likeness.containment < self.settings.drift else first

    def _joined(
        self, text: Fingerprint, copies: list[_Candidate], nearest: Remembered
    ) -> tuple[Remembered, ...]:
        """Of each other story that it is a copy of, the nearest article."""
        known, joined = {nearest.verdict.story_id}, []
        for copy in copies:
            other = copy.of
            if other.verdict.story_id not in known and self._first(text, copy) is not None:
                known.add(other.verdict.story_id)
                joined.append(other)
        return tuple(joined)

    def _candidates(self, bands: NDArray[np.uint32] | None) -> list[Remembered]:
        """Remembered articles with most bands in common."""
        if bands is None:
            return []
        numbers = most_shared(self.index.find(index_keys(None, None, bands)), self.settings.candidates)
        return [found for number in numbers if (found := self.numbered(number))]


def _near_duplicate(text: Fingerprint, copy: _Candidate, joined: tuple[Remembered, ...]) -> Verdict:
    return Verdict(
        status="near_duplicate",
        story_id=copy.of.verdict.story_id,
        duplicate_of=_original(copy.of),
        method=copy.ruling.method,
        similarity=copy.ruling.share,
        compared=copy.record(text),
        joins=_joins(copy.of, joined),
    )


def _own_headline(article: Article) -> str:
    return "" if article.headline_source == "derived" else article.headline


def _title(headline: str) -> list[str]:
    """Its words, as far as they are remembered."""
    return normalised_words(headline[:MOST_CHARACTERS])


def _is_exact(text: Fingerprint, same: Fingerprint) -> bool:
    """Whether nothing else tells two equal bodies apart: of a short one without a name, the headline may."""
    return len(text.words) > 2 * NAMELESS or np.array_equal(text.words, same.words)


def _exact(same: Remembered) -> Judgement:
    """The same text again: its fingerprint is known."""
    verdict = Verdict(
        status="exact_duplicate",
        story_id=same.verdict.story_id,
        duplicate_of=_original(same),
        method="content_hash",
        similarity=1.0,
        joins=same.verdict.joins,
    )
    bands = np.frombuffer(same.bands, "<u4").astype(np.uint32) if same.bands else None
    first = _first_key(same)
    return Judgement(verdict, None, same.fingerprint(), bands, first, same)


def _first_key(of: Remembered) -> str:
    """Table key of the text that its story's drift is measured against."""
    return of.first or table_key(of.position)


def _joins(nearest: Remembered, joined: tuple[Remembered, ...]) -> tuple[str, ...]:
    """The other stories of an article: a copy is in those, too, that the nearest is in."""
    ids = dict.fromkeys([*(other.verdict.story_id for other in joined), *nearest.verdict.joins])
    return tuple(one for one in ids if one != nearest.verdict.story_id)


def _original(found: Remembered) -> str:
    """Id of the first article with this text, so that a third copy names the first and not the second."""
    if found.verdict.status == "exact_duplicate" and found.verdict.duplicate_of:
        return found.verdict.duplicate_of
    return found.article_id
