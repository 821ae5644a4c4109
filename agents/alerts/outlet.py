"""Which names of a source are one outlet."""

from __future__ import annotations


def outlet(source: str) -> str:
    """The name without case, space around it and `www.`, which some producers leave on."""
    return source.strip().casefold().removeprefix("www.")
