"""An article with its words found, as far as somebody asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from agents.mentions.names import is_part_of_name
from agents.mentions.phrases import Occurrences
from agents.mentions.query.nodes import MENTIONED
from agents.mentions.query.positions import Positions
from agents.mentions.senses import in_other_sense

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from agents.mentions.phrases import Phrases
    from agents.mentions.query.nodes import Has, Near
    from agents.mentions.spellings import Unit
    from agents.mentions.text import Text, TextField
    from streams.records import Field

Span = tuple[int, int]


def may_be_name(unit: Unit) -> bool:
    """Whether it is written with a capital: who asks for Ukraine means it in 'Ukraine-Russia' as well."""
    return unit.text != unit.text.lower()


def is_meant(text: str, start: int, end: int) -> bool:
    """Whether the words are no part of a name, and not written in another sense."""
    return not is_part_of_name(text, start, end) and not in_other_sense(text, start, end)


class Finding:
    """One article, gone through once by all phrases; each is looked at in full when it is first asked for."""

    def __init__(self, text: Text, phrases: Phrases, numbers: Mapping[Unit, int]) -> None:
        """Go through the article.

        Args:
            text: the article.
            phrases: those looked for in one pass; others are when they are asked for.
            numbers: of each unit among the phrases.
        """
        self.text = text
        self._numbers = numbers
        self._found: dict[TextField, Occurrences] = {
            field: phrases.scan(getattr(text, field)) for field in MENTIONED
        }
        self._beside: dict[TextField, Occurrences] = {}
        self._has: dict[Unit, bool] = {}
        self._in_sense: dict[tuple[str, int | Unit], list[Span]] = {}
        self._positions: dict[str, Positions] = {}

    @property
    def language(self) -> str | None:
        """ISO 639-1."""
        return self.text.language

    def phrases(self, field: Field) -> AbstractSet[int]:
        """The numbers of the phrases that may stand in the field."""
        return self._found[field].phrases

    def stands(self, number: int, field: Field) -> bool:
        """Whether a phrase stands in the field."""
        return bool(self._found[field].spans(number))

    def has(self, unit: Unit) -> bool:
        """Whether a word or phrase stands in headline or body."""
        if unit not in self._has:
            self._has[unit] = any(self.spans(unit, field) for field in MENTIONED)
        return self._has[unit]

    def spans(self, unit: Unit, field: TextField) -> list[Span]:
        """Where a word or phrase stands, by start."""
        number = self._numbers.get(unit)
        if number is None or field not in self._found:
            return self._occurrences(field).look_for(unit)
        return self._occurrences(field).spans(number)

    def mentions(self, unit: Unit, field: TextField) -> list[Span]:
        """The same without those that are parts of a name, or have another sense."""
        found = self.spans(unit, field)
        return found if may_be_name(unit) or not found else self._meant(unit, field, found)

    def meant(self, number: int, field: Field) -> list[Span]:
        """Where a phrase of the pass stands, but for parts of a name and other senses."""
        return self._meant(number, field, self._found[field].spans(number))

    def counting(self, _node: Has | Near, _field: TextField, spans: list[Span]) -> list[Span]:
        """All of them: how they are meant is not asked."""
        return spans

    @property
    def unweighed(self) -> Self:
        """The article whatever its words are meant as."""
        return self

    def _meant(self, phrase: int | Unit, field: TextField, found: list[Span]) -> list[Span]:
        key = field, phrase
        if key not in self._in_sense:
            whole = self._occurrences(field).text
            self._in_sense[key] = [span for span in found if is_meant(whole, *span)]
        return self._in_sense[key]

    def positions(self, field: TextField) -> Positions:
        """The field's words by number."""
        if field not in self._positions:
            self._positions[field] = Positions(self._occurrences(field).text)
        return self._positions[field]

    def _occurrences(self, field: TextField) -> Occurrences:
        if found := self._found.get(field):
            return found
        if field not in self._beside:
            self._beside[field] = Occurrences.none(getattr(self.text, field) or "")
        return self._beside[field]
