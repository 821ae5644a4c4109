"""Pages of our own: each line with what should become of it.

`+` begins a line of the article, `-` one of the page, its headline and byline among them. In `flat*.txt` the
lines are parts of one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FLAT = "flat"
"""Pages whose line ends are lost begin so: `flat-wire`."""


class Sample(NamedTuple):
    """A page, and the article in it."""

    page: str
    body: str


def samples() -> dict[str, Sample]:
    """The pages by name."""
    return {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.txt"))}


def source(name: str) -> list[str]:
    """A page's lines with their marks."""
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _read(path: Path) -> Sample:
    lines = source(path.stem)
    joined = " " if path.stem.startswith(FLAT) else "\n"
    return Sample(
        page=joined.join(line[2:] for line in lines),
        body=joined.join(line[2:] for line in lines if line.startswith("+")),
    )
