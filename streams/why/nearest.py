"""For an article that is new: the earlier one that came nearest, and was not near enough."""

from __future__ import annotations

from binascii import a2b_base64
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from agents.deduplicate.fingerprint import PERMUTATIONS
from agents.deduplicate.likeness import Fingerprint, compare, copy_method
from streams.records import Article
from streams.topology import ARTICLES
from streams.why.find import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.deduplicate.settings import DedupSettings
    from streams.records import Parsed
    from streams.why.history import History, Record

LOOKED_AT = 100_000
"""Articles before it, whose signatures are compared."""
COMPARED = 16
"""Articles with the likest signatures whose texts are compared in full."""
TOGETHER = 2_000
"""Signatures compared at once: a megabyte."""
_SIGNATURE = b'"minhash":"'


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
    earlier = _signed(history, max(0, seq - LOOKED_AT), seq, len(article.minhash))
    while some := list(islice(earlier, TOGETHER)):
        signatures = np.frombuffer(b"".join(signature for signature, _ in some), "<u4")
        same = np.count_nonzero(signatures.reshape(len(some), -1) == own, axis=1)
        found = ((int(same[at]), some[at][1].offset, some[at][1].value) for at in np.flatnonzero(same))
        alike = nlargest(COMPARED, [*alike, *found])
    text = Fingerprint.of(article.body_text)
    nearer = [
        near
        for _, offset, value in alike
        if (near := _near(offset, parsed(value), article, text, settings)) is not None
    ]
    return max(nearer, key=lambda near: (near.jaccard, near.containment), default=None)


def _signed(history: History, since: int, until: int, length: int) -> Iterator[tuple[bytes, Record]]:
    """Signatures so long, and the articles that have them.

    The bytes are not read as JSON for that: in a text the quotes around the name would be escaped.
    """
    for record in history.scan(ARTICLES, _SIGNATURE, since=since, until=until):
        begin = record.value.rindex(_SIGNATURE) + len(_SIGNATURE)
        signature = a2b_base64(record.value[begin : record.value.index(b'"', begin)])
        if len(signature) == length:
            yield signature, record


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
