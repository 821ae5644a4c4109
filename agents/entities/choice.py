"""What was chosen to find entities; apart from `pipeline`, so that one can know it without loading spaCy."""

from __future__ import annotations

from dataclasses import dataclass

from streams.records import Model


@dataclass(frozen=True, slots=True)
class Choice:
    """The pipeline in use, with the reason and whatever a human should be told."""

    name: str
    """A package's name, a folder, or a bundled one's name: what `pipeline.load` takes."""
    version: str
    why: str
    warnings: tuple[str, ...] = ()

    @property
    def model(self) -> Model:
        """As it stands in every enriched record."""
        return Model(name=self.name, version=self.version)
