"""What stands before a full stop that ends no sentence, and what a sentence likes to begin with."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """adm brig capt cf cmdr col cpl dr e.g eg fr ft gen gov hon i.e insp lt maj messrs mr mrs ms mt mx
    pres prof pte rep reps rev rt sen sens sgt st supt viz vs"""
)
"""What stands before a name: a stop after it ends nothing."""

NEVER_LAST_BEFORE_DIGIT = _words(
    """apr approx art arts aug ca ch dec feb fig figs jan jul jun mar no nos nov oct p para pp sec sep
    sept vol"""
)
"""What stands before a number, and where none follows, at a sentence's end."""

SELDOM_LAST = _words("assn bros co corp dept dist est etc inc jr ltd plc sr")
"""What may end a sentence; it does where a usual first word follows."""

FIRST_WORDS = _words(
    """a after all also although an and any as at because before both but by despite during each earlier
    even for from he her here his how however i if in instead it its last later many meanwhile most no
    nor not now of officials on once one only other our separately she since so some still such that
    the their then there these they this those though to today two under until we what when where
    whether which while who why with yet you"""
)
"""Words a sentence often begins with and a name seldom."""
