"""An article with its words found, as far as somebody asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.names import is_part_of_name
from agents.mentions.query.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from agents.mentions.phrases import Phrases, Unit
    from agents.mentions.text import Text, TextField

Span = tuple[int, int]


def may_be_name(unit: Unit) -> bool:
    """Whether it is written with a capital: who asks for Ukraine means it in 'Ukraine-Russia' as well."""
    return unit.text != unit.text.lower()


class Finding:
    """One article, gone through once by all phrases; each is looked at in full when it is first asked for."""

    def __init__(
        self, text: Text, phrases: Phrases, numbers: Mapping[Unit, int], fields: Collection[str]
    ) -> None:
        """Go through the article.

        Args:
            text: the article.
            phrases: all of them.
            numbers: of each unit among the phrases.
            fields: those that are searched.
        """
        self.text = text
        self._numbers = numbers
        self._found = {field: phrases.scan(getattr(text, field) or "") for field in fields}
        self._outside_names: dict[tuple[str, int], list[Span]] = {}
        self._positions: dict[str, Positions] = {}

    @property
    def language(self) -> str | None:
        """ISO 639-1."""
        return self.text.language

    def phrases(self, field: TextField) -> Collection[int]:
        """The numbers of the phrases that may stand in the field."""
        return self._found[field].phrases

    def stands(self, number: int, field: TextField) -> bool:
        """Whether a phrase stands in the field."""
        return bool(self._found[field].spans(number))

    def spans(self, unit: Unit, field: TextField) -> list[Span]:
        """Where a word or phrase stands, by start."""
        return self._found[field].spans(self._numbers[unit])

    def mentions(self, unit: Unit, field: TextField) -> list[Span]:
        """The same without those that are parts of a name."""
        if may_be_name(unit):
            return self.spans(unit, field)
        return self.outside_names(self._numbers[unit], field)

    def outside_names(self, number: int, field: TextField) -> list[Span]:
        """Where a phrase stands, but for those places where it is part of a name."""
        key = field, number
        if key not in self._outside_names:
            whole = self._found[field].text
            self._outside_names[key] = [
                span for span in self._found[field].spans(number) if not is_part_of_name(whole, *span)
            ]
        return self._outside_names[key]

    def positions(self, field: TextField) -> Positions:
        """The field's words by number."""
        if field not in self._positions:
            self._positions[field] = Positions(self._found[field].text)
        return self._positions[field]
