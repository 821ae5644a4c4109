"""Does the likeness of two texts make the new one a copy of the old? The rules, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agents.deduplicate.changes import LEAD, Changes, changes
from agents.deduplicate.likeness import NAMELESS, compare

if TYPE_CHECKING:
    from agents.deduplicate.likeness import Fingerprint, Likeness
    from agents.deduplicate.settings import DedupSettings
    from streams.records import TurnedDown

WORTH_A_LOOK = 0.25
"""Jaccard or half of the containment from which texts are laid side by side."""
SAME_LEAD, RECAST = 0.6, 0.65
"""With the same lead and facts, so much of the shorter text is enough: an editor has cut and added."""
LEAD_FACTS = 4
"""Numbers, dates and names of a first paragraph that stands alone."""
TAIL = 12
"""Words below it that send the reader to the whole."""
SAME_BODY = 0.75
"""Of the shorter text, below a lead that was written anew."""
OTHER_FACTS = 2
"""Numbers and dates of the lead that are nowhere in the other text: a correction mends one."""
MORE_THAN_ONE, MANY = 2, 4
"""Facts that differ. One is a correction."""
MOST, MOST_NAMES, MANY_FACTS, TABLE = 0.5, 0.4, 0.25, 0.2
"""Shares of the facts that differ: of the numbers or names alone, of all together, of a long list of numbers.
A corrected text has .1 or less; in a table of prices some stay the same from one day to the next."""
RESPELT = 0.1
"""Of all facts; where 40 numbers and dates are the same, a name that is another twice is misprinted twice."""
OWN_EXTENSION = 2
"""Times as long: what an outlet adds to its own text is news, what another adds may be furniture."""
OTHER_LEAD = 0.2
"""Of the lead no more than this is in an outlet's earlier text: above that, a live blog has its latest."""
OWN_CHANGES = 0.1
"""Share of the facts that an outlet may have other in its own text; no outlet copies its own report of
yesterday, but each writes today's into it."""


class Ruling(NamedTuple):
    """What was ruled, and on what."""

    likeness: Likeness
    method: str | None = None
    """`jaccard`, `containment` or `words`, whichever makes it a copy; None where none does."""
    share: float = 0.0
    """By that method, 0 to 1."""
    turned_down: TurnedDown | None = None
    """Why it is no copy, where one was to be thought of."""
    changes: Changes | None = None
    """Where they were laid side by side."""


def rule(
    new: Fingerprint,
    old: Fingerprint,
    settings: DedupSettings,
    *,
    likeness: Likeness | None = None,
    same_source: bool = False,
    same_title: bool = False,
) -> Ruling:
    """Rule on a new text against an old one.

    Args:
        new: the text that came last.
        old: the remembered one.
        likeness: of the two, where it is known.
        settings: thresholds.
        same_source: one outlet printed both, under two URIs.
        same_title: both have the same headline of their own; however long, it is no round-up then.
    """
    likeness = likeness or compare(new, old)
    found = Ruling(likeness)
    if max(likeness.jaccard, likeness.containment / 2) < WORTH_A_LOOK:
        return found
    side_by_side = changes(new, old)
    found = found._replace(changes=side_by_side)
    method, share, missing = _form(new, old, likeness, side_by_side, settings)
    if (missing == "too_long" and same_title) or (missing == "too_short" and _is_lead(new, side_by_side)):
        method, share = "containment", likeness.containment
    if method is None:
        return found._replace(turned_down=missing)
    reason = _reason(new, old, side_by_side, settings, same_source=same_source)
    if reason is not None:
        return found._replace(turned_down=reason)
    return found._replace(method=method, share=share)


def _reason(
    new: Fingerprint, old: Fingerprint, found: Changes, settings: DedupSettings, *, same_source: bool
) -> TurnedDown | None:
    """Why a text that is like the other is no copy of it all the same."""
    shorter = min(len(new.words), len(old.words))
    anew = found.above.anew and found.words >= SAME_BODY * shorter
    against = found.above.against
    counted = _below(found) if anew else found
    if (
        (anew and against)
        or (not anew and against + found.above.against_dates >= OTHER_FACTS)
        or is_template(counted, short=shorter < settings.short, brief=shorter < NAMELESS)
    ):
        return "template"
    if found.opposite:
        return "opposite"
    return "same_source" if same_source and _is_another_issue(new, old, counted) else None


def _is_lead(new: Fingerprint, found: Changes) -> bool:
    """Whether a text is the first paragraph of the other and nothing else but 'Read more at …'.

    Its facts say that it is no stock phrase ('Here are the headlines at this hour').
    """
    changed = found.numbers + found.dates + found.names
    kept = found.kept_numbers + found.kept_dates + found.kept_names
    added = len(new.words) - found.words
    return len(new.words) >= LEAD and found.lead == 1 and not changed and kept >= LEAD_FACTS and added <= TAIL


def _below(found: Changes) -> Changes:
    """The changes without those of a lead that was written anew."""
    above = found.above
    return found._replace(
        numbers=found.numbers - above.numbers,
        dates=found.dates - above.dates,
        names=found.names - above.names,
    )


def _form(
    new: Fingerprint, old: Fingerprint, likeness: Likeness, found: Changes, settings: DedupSettings
) -> tuple[str | None, float, TurnedDown | None]:
    """Whether enough of the words are the same, whatever they say: method, measure, what is missing."""
    ours, theirs = len(new.words), len(old.words)
    shorter, longer = sorted((ours, theirs))
    alike = 2 * found.words / (ours + theirs)
    if shorter >= settings.short and likeness.jaccard >= settings.jaccard:
        return "jaccard", likeness.jaccard, None
    if alike >= settings.alike:
        return "words", alike, None
    # Word by word more is found to be the same than by shingles, each of which five words have to agree on.
    contained = found.words / shorter
    # The same facts, of which there must be some: a consent notice has none.
    factual = found.kept_numbers + found.kept_names >= MORE_THAN_ONE
    recast = factual and found.lead >= SAME_LEAD and found.numbers + found.dates + found.names <= 1
    share = max(likeness.containment, contained if contained >= (RECAST if recast else settings.alike) else 0)
    if share < (RECAST if recast else settings.containment):
        return None, 0.0, "apart"
    if ours > settings.extension * theirs:
        return None, 0.0, "too_long"
    if shorter < settings.containment_shingles and longer > 2 * shorter:
        return None, 0.0, "too_short"
    return "containment", share, None


def is_template(found: Changes, *, short: bool, brief: bool = False) -> bool:
    """Whether it is the same form with other facts.

    A corrected copy has other figures at a place or two among many that are the same; a report of another
    day has nearly all of them other. A date changed weighs twice: copies seldom change one.
    """
    if short:
        return found.numbers + found.dates + found.names > 0
    # 'Leeds will reach 19C', 'Cardiff will reach 21C': a correction mends the one or the other.
    if brief and found.numbers and found.names:
        return True
    every = found.numbers + found.kept_numbers
    if found.numbers >= MORE_THAN_ONE and found.numbers >= MOST * every:
        return True
    if found.numbers >= MANY and found.numbers >= TABLE * every:
        return True
    weight = found.numbers + found.names + 2 * found.dates
    share = weight / max(1, weight + found.kept_numbers + found.kept_names + found.kept_dates)
    names = found.names + found.kept_names
    if found.names >= MORE_THAN_ONE and found.names >= MOST_NAMES * names and share >= RESPELT:
        return True
    return (weight > MORE_THAN_ONE and share >= MANY_FACTS) or (weight == MORE_THAN_ONE and share >= MOST)


def _is_another_issue(new: Fingerprint, old: Fingerprint, found: Changes) -> bool:
    """Whether an outlet's own text is another issue of a series, or a page that went on under another URI."""
    changed = found.numbers + found.names + found.dates
    kept = found.kept_numbers + found.kept_names + found.kept_dates
    more = len(new.words) - len(old.words)
    grown = len(new.words) > OWN_EXTENSION * len(old.words) or (more >= LEAD and found.lead <= OTHER_LEAD)
    return grown or (changed >= MORE_THAN_ONE and changed > OWN_CHANGES * (changed + kept))
