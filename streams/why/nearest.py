"""For an article that is new: the earlier one that came nearest, and was not near enough."""

from __future__ import annotations

from binascii import a2b_base64
from heapq import nlargest
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from agents.alerts.outlet import outlet
from agents.deduplicate.fingerprint import PERMUTATIONS
from agents.deduplicate.likeness import Fingerprint
from agents.deduplicate.ruling import rule
from streams.records import Article
from streams.topology import ARTICLES
from streams.why.find import parsed
from streams.why.verdict import why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.deduplicate.settings import DedupSettings
    from streams.records import Parsed
    from streams.why.history import Block, History

LOOKED_AT = 100_000
"""Articles before it, whose signatures are compared."""
COMPARED = 16
"""Articles with the likest signatures whose texts are compared in full."""
TOGETHER = 2_000
"""Signatures compared at once: a megabyte."""
_NAME = b'"minhash":"'


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
    likest: list[_Signed] = []
    earlier = _signed(history, max(0, seq - LOOKED_AT), seq, len(article.minhash))
    while some := list(islice(earlier, TOGETHER)):
        signatures = np.frombuffer(b"".join(one.signature for one in some), "<u4").reshape(len(some), -1)
        same = np.count_nonzero(signatures == own, axis=1)
        found = (some[at]._replace(same=int(same[at])) for at in np.flatnonzero(same))
        likest = nlargest(COMPARED, [*likest, *found], key=lambda one: (one.same, one.number))
    text = Fingerprint.of(article.body_text)
    nearer = [
        near
        for offset, value in map(_record, likest)
        if (near := _near(offset, parsed(value), article, text, settings)) is not None
    ]
    return max(nearer, key=lambda near: (near.jaccard, near.containment), default=None)


class _Signed(NamedTuple):
    """An article whose signature was read, and nothing else of it yet."""

    signature: bytes
    number: int
    """The how manieth."""
    block: Block
    place: int
    """The how manieth in its block."""
    same: int = 0
    """Numbers of the signature that are the article's."""


def _signed(history: History, since: int, until: int, length: int) -> Iterator[_Signed]:
    """Signatures so long, cut out of the bytes: within a text the quotes of the name would be escaped."""
    numbers = count()
    for block in history.blocks(ARTICLES, since=since, until=until):
        at, places = block.data.find(_NAME, block.begin, block.end), count()
        while at >= 0:
            begin = at + len(_NAME)
            end = block.data.index(b'"', begin)
            signature, place = a2b_base64(block.data[begin:end]), next(places)
            if len(signature) == length:
                yield _Signed(signature, next(numbers), block, place)
            at = block.data.find(_NAME, end, block.end)


def _record(signed: _Signed) -> tuple[int, bytes]:
    """Offset and value."""
    its = ((offset, value) for offset, value in signed.block.records() if _NAME in value)
    return next(islice(its, signed.place, None))


def _near(
    offset: int, other: Parsed, article: Article, text: Fingerprint, settings: DedupSettings
) -> Near | None:
    if not isinstance(other, Article) or other.position == article.position:
        return None
    fingerprint = Fingerprint.of(other.body_text)
    same_source = bool(article.source) and outlet(article.source or "") == outlet(other.source or "")
    ruling = rule(text, fingerprint, settings, same_source=same_source)
    if not ruling.likeness.jaccard:
        return None
    if abs(article.event_time - other.event_time) > settings.window:
        reason = f"it is further away than the window of {settings.window}"
    else:
        reason = why_not("drift" if ruling.method else ruling.turned_down or "apart")
    return Near(
        seq=offset,
        article_id=other.article_id,
        headline=other.headline,
        uri=other.uri,
        jaccard=ruling.likeness.jaccard,
        containment=ruling.likeness.containment,
        reason=reason,
    )
