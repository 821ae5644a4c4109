"""A watch: what to be told about, in which words, and how."""

from __future__ import annotations

from typing import Literal

import msgspec

from agents.mentions.scope import Scope  # noqa: TC001  msgspec resolves annotations at run time
from agents.mentions.spellings import Ending, Unit
from agents.mentions.text import Text  # noqa: TC001
from streams.records import Claim, Severity, Stage  # noqa: TC001

FIELDS = (
    "name",
    "query",
    "terms",
    "inflect",
    "case",
    "scope",
    "claim",
    "clock",
    "severity",
    "description",
    "runbook_url",
    "group_by",
    "cooldown",
    "stage",
    "examples",
)

GroupBy = Literal["story", "entity", "none"]
"""What has one alert at a time: a story; the entity that an article names most, for as long as the cooldown
lasts; each article by itself."""


class Examples(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the watch has to find, and what it must not; `newswatch watch test` tries them."""

    match: tuple[Text, ...] = ()
    no_match: tuple[Text, ...] = ()


class Watch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`watchlist`: a subject to be told about, and the words that give it away: a query, or a list of terms.

    As JSON it is an entry of a watchlist.
    """

    name: str
    terms: tuple[str, ...] = ()
    query: str | None = None
    """In Lucene's syntax; see `agents.mentions.query.read`."""
    inflect: bool | None = None
    """Whether plurals, verb forms and joined spellings count; None: for terms all but the verb forms, for a
    query these too."""
    case: bool = False
    """Whether capitals count: in what a query quotes, in every term."""
    scope: Scope | None = None
    claim: tuple[Claim, ...] = ()
    """Which kinds of statement count; none for all."""
    clock: bool = False
    """Whether a date beside a mention is told with it."""
    severity: Severity = "warning"
    description: str = ""
    runbook_url: str | None = None
    group_by: GroupBy = "story"
    cooldown: int = 0
    """Seconds of event time."""
    stage: Stage = "live"
    examples: Examples | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """What `terms` stands for."""
        ending: Ending = "plural" if self.inflect is None else "verb" if self.inflect else "exact"
        return tuple(Unit(term, ending, self.case) for term in dict.fromkeys(self.terms))

    def admits(self, text: Text) -> bool:
        """Whether an article is in scope."""
        return self.scope is None or self.scope.admits(language=text.language, source=text.source)
