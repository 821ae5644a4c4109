"""What a copy is and how long it is remembered. The reasons are in docs/decisions/0003-duplicates.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class DedupSettings:
    """Thresholds and bounds of the duplicate check.

    The size of shingles and signatures is no setting: remembered articles of another size can't be
    compared, so it changes with a release, together with the table's version.
    """

    window: timedelta = timedelta(hours=72)
    """Event time for which an article is remembered; most copies of news come within three days."""
    jaccard: float = 0.7
    """At least this share of all shingles of both in both: a copy of any length."""
    containment: float = 0.8
    """At least this share of the shorter text's shingles in the longer: a copy with or without furniture."""
    containment_shingles: int = 50
    """The shorter text must have as many for containment to count: two quoted sentences are no copy."""
    extension: float = 5.0
    """A text more than so many times as long as the one it contains is a round-up with news of its own."""
    alike: float = 0.85
    """At least this share of the words at the same places: a text edited all over, a short one in a word."""
    short: int = 25
    """A text of fewer words is a flash: a copy of one has all of its facts."""
    drift: float = 0.5
    """Containment a copy must have with the first of the story as well, so that small edits don't add up."""
    candidates: int = 16
    """Texts compared at most, those with most bands in common; a copy shares 3 of 40 at J = .3, 10 at .5."""
    redeliveries: int = 4096
    """Articles kept to know a re-delivery by, however far time has moved; a killed worker re-emitted 301."""
    max_articles: int = 2_000_000
    """Remembered at most, whatever event time says: an undated archive would never leave. 1 GB in memory."""

    def __post_init__(self) -> None:
        """Check the ranges.

        Raises:
            ValueError: names the setting, its value and what it may be.
        """
        for name in ("jaccard", "containment", "alike", "drift"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is a share from 0 to 1, not {value}")
        for name, least in (
            ("containment_shingles", 1),
            ("extension", 1),
            ("short", 0),
            ("candidates", 1),
            ("redeliveries", 9),
            ("max_articles", 10),
        ):
            value = getattr(self, name)
            if value < least:
                raise ValueError(f"{name} is at least {least}, not {value}")
        if self.window <= timedelta(0):
            raise ValueError(f"window is a time above zero, not {self.window}")
