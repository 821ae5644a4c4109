"""What a near-copy says otherwise than the alert that stands: the guard against swallowed reversals.

Sentences are held against those they resemble; a copy may have more of them, or fewer, and furniture around.
A reprint of a version that was told before is no news, however late it comes; a story that has turned and
turns back in other words is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts.dates import BY_THE_WAY
from agents.alerts.names import is_named
from streams.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agents.alerts.facts import Facts, Sentence

ALIKE = 0.4
"""Share of words in common (Jaccard) from which a sentence is another's version: 'Kyiv agreed to a truce on
Monday' and 'Kyiv rejected a truce on Monday' have 0.63, two sentences of one story mostly below 0.2."""
REPRINT = 0.85
"""The same of a sentence and its reprint: one word in twelve is another. 'Kyiv agreed to a truce on Monday'
and 'After all Kyiv agreed to a truce on Monday' have 0.78. Of 575 generated copies 2 were less alike."""
STATED = ("affirmed", "negated")
"""Claims that are news in a sentence which the alert's article had not; 'could' and 'said' are not."""
STATED_ABOVE = ("negated",)
"""The same of a headline: each outlet writes its own, and with hardly a word beside the subject it counts as
affirmed. Of 488 generated copies 6 had such a headline above a body that only denies."""


def reversals(known: Facts, said: Facts) -> tuple[Change, ...]:
    """What has changed, each change once.

    Args:
        known: what the alert has said.
        said: what the copy says.
    """
    pairs = list(_pairs(known, said))
    changes = [change for before, after in pairs if before for change in _differences(before, after)]
    turned = {change.after for change in changes if change.what == "claim"}
    added = (change for before, after in pairs if not before for change in _claimed(known, after))
    # A headline that only repeats what the body has turned is no second change.
    return tuple(dict.fromkeys((*changes, *(change for change in added if change.after not in turned))))


def _pairs(known: Facts, said: Facts) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence of the copy that is not known already, with the one it is a version of, if any."""
    open_known, open_said, back = _unknown(known, said)
    for item in back:
        newest = [other for other in known.sentences if _is_version(other, item)][-1]
        # One that was told with the others of its article, or that the copy has as well, is no turn.
        if newest.said != item.said and newest in open_known and not known.whole:
            open_known.remove(newest)
            yield newest, item
    ranked = sorted(
        (
            (-similarity, after, before)
            for after, item in enumerate(open_said)
            for before, other in enumerate(open_known)
            if item.headline == other.headline and (similarity := likeness(other, item)) >= ALIKE
        ),
    )
    partners: dict[int, int] = {}
    for _, after, before in ranked:
        if after not in partners and before not in partners.values():
            partners[after] = before
    # In place of a sentence that has gone another has come.
    gone = [
        before
        for before, other in enumerate(open_known)
        if known.whole and said.whole and not other.headline and before not in partners.values()
    ]
    for after, item in enumerate(open_said):
        if after in partners:
            yield open_known[partners[after]], item
        elif gone and not item.headline:
            yield open_known[gone.pop(0)], item
        else:
            yield None, item


def _unknown(known: Facts, said: Facts) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """What was told and is not in the copy, what is new in it, and what says in other words what was told."""
    left, new, back = list(known.sentences), [], []
    for item in said.sentences:
        same = [other for other in known.sentences if _same(other, item)]
        if not same:
            new.append(item)
        elif not any(item.words == other.words or likeness(other, item) >= REPRINT for other in same):
            back.append(item)
        if same and same[0] in left:
            left.remove(same[0])
    return left, new, back


def _same(known: Sentence, said: Sentence) -> bool:
    return known.said == said.said and _is_version(known, said)


def _is_version(known: Sentence, said: Sentence) -> bool:
    return known.words == said.words or likeness(known, said) >= ALIKE


def likeness(one: Sentence, other: Sentence) -> float:
    """Share of their words that both have, 0 to 1 (Jaccard)."""
    ours, theirs = _words(one), _words(other)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _words(sentence: Sentence) -> set[bytes]:
    return {sentence.words[at : at + 2] for at in range(0, len(sentence.words), 2)}


def _differences(known: Sentence, said: Sentence) -> Iterator[Change]:
    if known.claims != said.claims:
        yield Change(what="claim", before=_listed(known.claims), after=_listed(said.claims))
    for what, before, after in (("number", known.numbers, said.numbers), ("date", known.dates, said.dates)):
        gone = [value for value in before if not _answered(value, after)]
        come = [value for value in after if not _answered(value, before)]
        if gone or come:
            yield Change(what=what, before=_listed(gone), after=_listed(come))  # type: ignore[arg-type]
    gone = [name for name in known.names if not is_named(name, said.names)]
    come = [name for name in said.names if not is_named(name, known.names)]
    if gone or come:
        yield Change(what="entity", before=_listed(gone), after=_listed(come))


def _answered(value: str, values: Sequence[str]) -> bool:
    """Whether a number or date is among others, or is one that nobody misses."""
    return value.startswith(BY_THE_WAY) or value in values or BY_THE_WAY + value in values


def _claimed(known: Facts, said: Sentence) -> Iterator[Change]:
    """What a sentence that the alert's article had not states for the first time."""
    before = sorted({claim for sentence in known.sentences for claim in sentence.claims})
    stated = STATED_ABOVE if said.headline else STATED
    fresh = [claim for claim in said.claims if claim in stated and claim not in before]
    if fresh and before:
        yield Change(what="claim", before=_listed(before), after=_listed(fresh))


def _listed(values: Sequence[str]) -> str | None:
    return ", ".join(values) or None
