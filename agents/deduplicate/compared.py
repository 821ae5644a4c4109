"""What a verdict says of the article that it was held against."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from agents.deduplicate.likeness import word_ids
from agents.deduplicate.spelling import word_keys
from agents.ingest.identity import normalised_words
from streams.records import Compared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.deduplicate.likeness import Fingerprint, Likeness
    from streams.records import TurnedDown

SHOWN = 10
"""Numbers or names of each list: enough to see why, and a verdict stays smaller than its article."""
_LONGEST = 24
"""Characters of one of them."""


def compared(
    new: Fingerprint,
    old: Fingerprint,
    likeness: Likeness,
    article_id: str,
    turned_down: TurnedDown | None = None,
) -> Compared:
    """The record for people: how alike, and which numbers and names are in both or in one.

    Args:
        new: the text judged.
        old: the earlier one.
        likeness: of the two.
        article_id: of the earlier one.
        turned_down: why the new one is no copy; None where it is one.
    """
    there = set(old.numbers)
    return Compared(
        article_id=article_id,
        jaccard=round(likeness.jaccard, 3),
        containment=round(likeness.containment, 3),
        shared_numbers=_few(number for number in new.numbers if number in there),
        numbers_here=_only(new.numbers, old.numbers),
        numbers_there=_only(old.numbers, new.numbers),
        names_here=_unknown(new.names, old),
        names_there=_unknown(old.names, new),
        turned_down=turned_down,
    )


def _only(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    known = set(theirs)
    return _few(value for value in ours if value not in known)


def _unknown(ours: tuple[str, ...], theirs: Fingerprint) -> tuple[str, ...]:
    """Names whose word is nowhere in the other text, where it may be in capitals or begin a sentence."""
    known, ids = set(map(_bare, theirs.names)), set(word_ids(theirs.words).tolist())
    return _few(
        name
        for name in ours
        if _bare(name) not in known
        and not ids.issuperset(word_ids(word_keys(normalised_words(_bare(name)))).tolist())
    )


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value[:_LONGEST] for value in islice(values, SHOWN))
