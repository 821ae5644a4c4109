"""For an article that is new: the earlier one that came nearest, and was not near enough."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from agents.deduplicate.fingerprint import PERMUTATIONS
from agents.deduplicate.likeness import Fingerprint, compare, copy_method
from streams.records import Article
from streams.topology import ARTICLES
from streams.why.find import parsed

if TYPE_CHECKING:
    from agents.deduplicate.settings import DedupSettings
    from streams.records import Parsed
    from streams.why.history import History

LOOKED_AT = 100_000
"""Articles before it, whose signatures are compared."""
COMPARED = 16
"""Articles with the likest signatures whose texts are compared in full."""
_SIGNATURE = re.compile(rb'"minhash":"([A-Za-z0-9+/=]+)"')


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier article, and how near it came."""

    seq: int
    article_id: str
    headline: str
    uri: str | None
    jaccard: float
    containment: float
    reason: str
    """What was missing."""


def nearest(history: History, seq: int, article: Article, settings: DedupSettings) -> Near | None:
    """The nearest earlier article within the window; None where nothing at all is shared.

    Signatures say which are worth a look (their share of equal numbers estimates Jaccard), the texts how near
    they are.
    """
    if len(article.minhash) != 4 * PERMUTATIONS:
        return None
    own = np.frombuffer(article.minhash, "<u4")
    alike: list[tuple[int, int, bytes]] = []
    for record in history.scan(ARTICLES, b'"minhash":"', since=max(0, seq - LOOKED_AT), until=seq):
        if signed := _SIGNATURE.search(record.value):
            raw = b64decode(signed[1])
            if len(raw) == len(article.minhash) and (
                same := int(np.count_nonzero(np.frombuffer(raw, "<u4") == own))
            ):
                alike = _likest([*alike, (same, record.offset, record.value)])
    text = Fingerprint.of(article.body_text)
    found = [
        near
        for _, offset, value in alike
        if (near := _near(offset, parsed(value), article, text, settings)) is not None
    ]
    return max(found, key=lambda near: (near.jaccard, near.containment), default=None)


def _likest(alike: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    return sorted(alike, reverse=True)[:COMPARED]


def _near(
    offset: int, other: Parsed, article: Article, text: Fingerprint, settings: DedupSettings
) -> Near | None:
    if not isinstance(other, Article) or other.position == article.position:
        return None
    fingerprint = Fingerprint.of(other.body_text)
    likeness = compare(text, fingerprint)
    if not likeness.jaccard:
        return None
    return Near(
        seq=offset,
        article_id=other.article_id,
        headline=other.headline,
        uri=other.uri,
        jaccard=likeness.jaccard,
        containment=likeness.containment,
        reason=_missing(text, fingerprint, article, other, settings),
    )


def _missing(
    text: Fingerprint, other: Fingerprint, article: Article, before: Article, settings: DedupSettings
) -> str:
    likeness = compare(text, other)
    if abs(article.event_time - before.event_time) > settings.window:
        return f"it is further away than the window of {settings.window}"
    if copy_method(text, other, likeness, settings):
        return f"near enough, but no copy of its story's first article (drift {settings.drift:g})"
    if likeness.numbers >= settings.numbers and (
        likeness.shared_numbers < settings.shared_numbers * likeness.numbers
    ):
        return f"{likeness.shared_numbers} of {likeness.numbers} numbers in common: other facts"
    return f"a copy has {settings.jaccard:g} of all, or {settings.containment:g} of a text long enough"
