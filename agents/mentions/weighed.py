"""An article of which only some kinds of statement count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.finding import may_be_name
from agents.mentions.mention import LOOKED_AT, claim_at
from agents.mentions.query.nodes import MENTIONED, Has

if TYPE_CHECKING:
    from agents.mentions.finding import Finding
    from agents.mentions.query.nodes import Near
    from agents.mentions.query.positions import Positions
    from agents.mentions.spellings import Unit
    from agents.mentions.text import TextField
    from streams.records import Claim

Span = tuple[int, int]


def asserts(node: Has | Near) -> bool:
    """Whether it can be claimed or denied: a name says only who or where."""
    units = (node.unit,) if isinstance(node, Has) else node.units
    return not all(map(may_be_name, units))


class Weighed:
    """An article gone through, as a watch with `claim` sees it."""

    def __init__(self, finding: Finding, claims: tuple[Claim, ...]) -> None:
        self.unweighed = finding
        self._claims = claims

    @property
    def language(self) -> str | None:
        """ISO 639-1."""
        return self.unweighed.language

    def spans(self, unit: Unit, field: TextField) -> list[Span]:
        """Where a word or phrase stands, by start."""
        return self.unweighed.spans(unit, field)

    def mentions(self, unit: Unit, field: TextField) -> list[Span]:
        """The same without those that are parts of a name, or have another sense."""
        return self.unweighed.mentions(unit, field)

    def positions(self, field: TextField) -> Positions:
        """The field's words by number."""
        return self.unweighed.positions(field)

    def counting(self, node: Has | Near, field: TextField, spans: list[Span]) -> list[Span]:
        """Those that the article claims as the watch asks; a name counts whatever is said of it."""
        if field not in MENTIONED or not asserts(node):
            return spans
        whole = getattr(self.unweighed.text, field)
        return [span for span in spans[:LOOKED_AT] if claim_at(whole, *span) in self._claims]
