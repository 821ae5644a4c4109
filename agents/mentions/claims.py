"""How a mention is meant: affirmed, negated, hypothetical or attributed, by rules on the words around it.

The manner is that of NegEx (Chapman et al., 'A simple algorithm for identifying negated findings and diseases
in discharge summaries', 2001) and ConText (Harkema et al., 'ConText: an algorithm for determining negation,
experiencer, and temporal status from clinical reports', 2009): trigger terms, before or after what they
speak of, each with a scope that other words end, and pseudo-triggers that mean nothing. The order in which
they count is this project's; `docs/decisions/0006-claims.md` has its reasons and what it is worth.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from agents.mentions.cues import lexicon, read

if TYPE_CHECKING:
    from agents.mentions.cues import Cue, Sentence
    from streams.records import Claim

_DENIALS = frozenset(("negation", "refusal", "ending"))
_OUTER = frozenset(("negation", "refusal"))
_UNDONE = frozenset(("refusal", "ending", "failing", "lapse"))
_INVERTED = re.compile(
    r"[\s“\"‘']*(?:Had|Were|Should)\s(?:the|a|an|his|her|its|their|[A-Z]\w+|he|she|it|they|we|there)\s[^?]*,"
)
_LIMIT = re.compile(r"deadline|ultimat|cut-?off|grace period", re.IGNORECASE)
"""What is there until it has run out, and has then been there: 'the deadline expired' is no denial of it."""
_PASSIVE = frozenset("is are was were be been being get gets got".split())  # noqa: SIM905
_OBJECT = frozenset("the a an any all its his her their this that these those to".split())  # noqa: SIM905
"""What follows a verb that the mention is the subject of: 'the union rejected the offer'."""
_POSSIBLE = frozenset(("possibility", "topic"))
_QUOTES = frozenset("\"”»“'’")
_SEPARATORS = _QUOTES | {","}
_LONGEST_SUBJECT = 8
"""Words in 'sources close to both firms said'."""
_LONGEST_APPOSITION = 15
"""Tokens of ', imposed after the annexation of the peninsula in 2014,'."""
_GOES_ON = frozenset("on in at during late early to yesterday today reporters parliament".split())  # noqa: SIM905
"""What may follow a 'said' that ends a sentence: '…, he said on Monday'. Where an object follows it is the
main verb: 'Asked about the deadline, he said the truth'."""


def claim_of(text: str, start: int, end: int) -> Claim:
    """How the sentence `text` means what stands at `start:end` in it."""
    sentence = read(text)
    starts = [token.start for token in sentence.tokens]
    first = max(0, bisect_left(starts, start + 1) - 1)  # A mention may begin within a token: 'pre1945'.
    last = bisect_left(starts, end)
    before = [cue for cue in sentence.before if _reaches_right(sentence, cue, first)]
    after = [cue for cue in sentence.after if _reaches_left(sentence, cue, last)]
    if _LIMIT.search(text, start, end):
        after = [cue for cue in after if cue.kind != "lapse"]
    return _decide(text, before, after)


def _decide(text: str, before: list[Cue], after: list[Cue]) -> Claim:
    """The first that holds: a condition, a denial, a possibility, somebody's word; else it is affirmed."""
    kinds = {cue.kind for cue in before} | {cue.kind for cue in after}
    if "condition" in kinds or _is_inverted(text) or text.rstrip("\"”»’' ").endswith("?"):
        return "hypothetical"
    denied = _denied_before(before) or _denied_after(before, after)
    if denied in ("negated", "hypothetical"):
        return denied
    if denied is None and not kinds.isdisjoint(_POSSIBLE):
        return "hypothetical"
    return "attributed" if "report" in kinds else "affirmed"


def _is_inverted(text: str) -> bool:
    """Whether it is a condition without an 'if': 'Had the truce held, …', 'Were he to sign, …'."""
    return _INVERTED.match(text) is not None


def _denied_before(before: list[Cue]) -> Claim | None:
    """What the denials before a mention make of it; None where there is none.

    'refused to lift the embargo' leaves the embargo where it is, 'has not ruled out sanctions' leaves them
    open, and of 'could reject' and 'rejected a plan for' the first word governs.
    """
    denials = [cue for cue in before if cue.kind in _DENIALS]
    if not denials:
        return None
    *outer, inner = (cue.kind for cue in denials)
    if inner != "negation" and not _OUTER.isdisjoint(outer):
        return "affirmed" if inner == "ending" else "hypothetical"
    if inner == "negation" or "negation" in outer:
        return "negated"
    possible = any(cue.kind in _POSSIBLE and cue.first < denials[0].first for cue in before)
    return "hypothetical" if possible else "negated"


def _denied_after(before: list[Cue], after: list[Cue]) -> Claim | None:
    """The same for what follows: 'was rejected', 'will not be lifted', 'could be lifted', 'did not hold'."""
    kinds = [cue.kind for cue in after]
    undone = next((at for at, kind in enumerate(kinds) if kind in _UNDONE), None)
    if undone is None:
        held = "negation" in kinds and "happening" in kinds[kinds.index("negation") :]
        return "negated" if held else None
    if "negation" in kinds[:undone]:
        return "hypothetical" if kinds[undone] == "refusal" else "affirmed"
    possible = "possibility" in kinds[:undone] or any(cue.kind == "possibility" for cue in before)
    return "hypothetical" if possible else "negated"


def _reaches_right(sentence: Sentence, cue: Cue, mention: int) -> bool:
    """Whether the mention, which begins at a token, is in the scope of a cue before it."""
    if cue.end > mention:
        return False
    # In '“We attacked,” said Lavrov as the truce began' what was said is over.
    if cue.kind == "report" and cue.first and sentence.tokens[cue.first - 1].word in _QUOTES:
        return False
    return _in_scope(sentence, "before", cue, cue.end, mention)


def _reaches_left(sentence: Sentence, cue: Cue, mention: int) -> bool:
    """Whether the mention, which ends before a token, is in the scope of a cue after it."""
    edge = _behind_apposition(sentence, mention)
    if not any(
        at <= cue.first and _in_scope(sentence, "after", cue, at, cue.first) for at in {mention, edge}
    ):
        return False
    if cue.kind == "report":
        return _is_aside(sentence, cue, mention)
    return cue.kind not in ("refusal", "ending") or _is_undergone(sentence, cue)


def _in_scope(sentence: Sentence, side: str, cue: Cue, first: int, end: int) -> bool:
    scope = lexicon().scopes[side, cue.kind]
    return end - first <= scope.reach and not any(
        first <= stop.first < end and stop.kind in scope.stops for stop in sentence.stops
    )


def _behind_apposition(sentence: Sentence, mention: int) -> int:
    """Where 'The truce, barely a week old, …' goes on; at the mention where nothing is put in."""
    words = [token.word for token in sentence.tokens[mention : mention + _LONGEST_APPOSITION]]
    return mention + words.index(",", 1) + 1 if words[:1] == [","] and "," in words[1:] else mention


def _is_undergone(sentence: Sentence, cue: Cue) -> bool:
    """Whether it is done to the mention: 'was rejected', 'rejected by'; not 'rejected the offer'."""
    following = sentence.tokens[cue.end].word if cue.end < len(sentence.tokens) else ""
    preceding = {token.word for token in sentence.tokens[max(0, cue.first - 2) : cue.first]}
    return following not in _OBJECT or not preceding.isdisjoint(_PASSIVE)


def _is_aside(sentence: Sentence, cue: Cue, mention: int) -> bool:
    """Whether a 'said' stands behind what was said: '…, he said.', '…,” said a mayor', '…, he said on …'."""
    words = [token.word for token in sentence.tokens]
    parted = [at for at in range(mention, cue.first) if words[at] in _SEPARATORS]
    following = words[cue.end] if cue.end < len(words) else "."
    if not parted:
        return words[cue.first] == "according"
    if cue.first - parted[-1] - 1 > _LONGEST_SUBJECT:
        return False
    return parted[-1] == cue.first - 1 or following in _GOES_ON or not following[0].isalnum()
