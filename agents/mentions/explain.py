"""Why does a watch match an article, or why not: the clause that decided, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from agents.mentions.entity_scope import EntityScope
from agents.mentions.finding import may_be_name
from agents.mentions.match import Matcher
from agents.mentions.query.evaluate import holds
from agents.mentions.query.explain import MOST_NAMED, why_not
from agents.mentions.query.nodes import MENTIONED, Has, leaves
from agents.mentions.sentences import sentence_span
from agents.mentions.settle import MOST_MENTIONS
from agents.mentions.watchlist import Watchlist
from streams.records import Mention  # noqa: TC001  msgspec resolves annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.finding import Finding
    from agents.mentions.query.read import Query
    from agents.mentions.spellings import Unit
    from agents.mentions.text import Text
    from agents.mentions.watch import Watch
    from streams.records import Entity

_ANYBODY = EntityScope()

Decided = Literal["matched", "scope", "claim", "words"]
"""What decided. `scope`: the words are there, but language or source is not the watch's, or nobody is named
that it asks for; `claim`: they are there, but meant as something that doesn't count; `words`: what the watch
asks for isn't there."""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """What decided about one watch and one article."""

    decided: Decided
    reason: str
    mentions: tuple[Mention, ...] = ()
    """Those that matched; where the claim or the entities decided, those that did not count."""


def explain(
    watch: Watch,
    text: Text,
    scope: EntityScope = _ANYBODY,
    entities: Iterable[Entity] | None = None,
    *,
    who: str = "it",
) -> Clause:
    """Say by which words a watch matches an article, or which of its clauses fails.

    Args:
        watch: the watch.
        text: the article.
        scope: whom the watch asks for.
        entities: whom the article names, or for a copy its story; None where nobody can tell.
        who: names them: the article, or its story.
    """
    matcher = _matcher(watch)
    found = matcher.matched(text)
    if found.mentions and entities is not None and not scope.admits(entities):
        return Clause(decided="scope", reason=names_none(scope.written, who), mentions=found.mentions)
    if found.mentions:
        words = ", ".join(dict.fromkeys(f"'{mention.text}'" for mention in found.mentions))
        return Clause(decided="matched", reason=f"matched by {words}", mentions=found.mentions)
    if found.out_of_scope:
        return Clause(decided="scope", reason=_outside(watch, text))
    anything = _matcher(msgspec.structs.replace(watch, claim=())).matched(text).mentions
    if other := tuple(mention for mention in anything if mention.claim not in watch.claim):
        first = min(other, key=lambda item: item.text[0].isupper())  # What is said of a name decides nothing.
        counts = ", ".join(watch.claim)
        reason = f"'{first.text}' is {first.claim}, and the watch counts {counts} only"
        return Clause(decided="claim", reason=reason, mentions=other)
    finding, query = matcher.finding(text), matcher.watchlist.query(watch)
    return Clause(decided="words", reason=_query(query, finding) if query else _terms(watch, finding))


def _matcher(watch: Watch) -> Matcher:
    return Matcher(Watchlist(watches=(watch,), version=""), most=MOST_MENTIONS)


def _outside(watch: Watch, text: Text) -> str:
    scope = watch.scope
    if scope and scope.languages and text.language not in (None, "und", *scope.languages):
        return f"out of scope: the language is {text.language}, not {' or '.join(scope.languages)}"
    asked = listed(scope.sources if scope else ())
    return f"out of scope: the source is {text.source or 'unknown'}, and the watch looks at {asked}"


def _terms(watch: Watch, finding: Finding) -> str:
    return _other_sense(watch.units, finding) or f"none of its terms was found: {listed(watch.terms)}"


def _query(query: Query, finding: Finding) -> str:
    if holds(query.root, finding):
        return "the query holds, but by no word of the headline or the text"
    names = (leaf.unit for leaf in leaves(query.root) if isinstance(leaf, Has))
    lost = _other_sense((unit for unit in names if not may_be_name(unit)), finding)
    return why_not(query.root, finding) + (f"; {lost}" if lost else "")


def _other_sense(units: Iterable[Unit], finding: Finding) -> str | None:
    """Tell of the first word that stands there and was passed over."""
    for unit in units:
        for field in MENTIONED:
            spans = finding.spans(unit, field)
            if spans and not finding.mentions(unit, field):
                whole = getattr(finding.text, field)
                (start, end), (left, right) = spans[0], sentence_span(whole, *spans[0])
                said = " ".join(whole[left:right].split())
                return f"'{whole[start:end]}' is part of a name, or has another sense: {said}"
    return None


def names_none(asked: tuple[str, ...], who: str = "it") -> str:
    """Say that an article, or `who` speaks for it, names none of those that a scope asks for."""
    return f"out of scope: {who} names none of {listed(asked)}"


def listed(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
