"""One pipeline in full: its card, whether its files are those of its release, what loading it costs."""

from __future__ import annotations

import hashlib
import resource
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from streams.models.chosen import chosen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from agents.entities.catalogue import Available
    from agents.entities.choice import Choice
    from streams.settings import Settings

CARD = ("description", "license", "author", "url", "spacy_version")
"""What of spaCy's `meta.json` is told, where it says something."""


class Files(NamedTuple):
    """The files of a pipeline."""

    number: int
    bytes: int
    sha256: str
    """Of the lines that `sha256sum` writes of them, in the order of their names."""
    compared: int
    """How many have a sum that they were made or installed with."""
    differing: tuple[str, ...]
    """Those of them that are missing or have another sum."""


class Cost(NamedTuple):
    """What it takes to have it loaded."""

    seconds: float
    mb: float
    """Memory that this process had not used before."""


def files(one: Available) -> Files:
    """Read all of them."""
    sums = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in one.files}
    lines = "".join(f"{sha}  ./{path.relative_to(one.folder).as_posix()}\n" for path, sha in sums.items())
    differing = tuple(sorted(str(path) for path, sha in one.sums.items() if _sum(path) != sha))
    return Files(
        number=len(sums),
        bytes=one.bytes,
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        compared=len(one.sums),
        differing=differing,
    )


def load(settings: Settings, asked: str | None) -> tuple[Choice, Sequence[str], Cost]:
    """What it is, its components, and what loading it took; see `chosen`.

    Raises:
        PipelineError: it can't be used.
    """
    before, began = _peak(), time.perf_counter()
    choice, nlp = chosen(settings, asked)
    seconds = time.perf_counter() - began
    return choice, nlp.pipe_names, Cost(round(seconds, 2), round(max(0.0, _peak() - before), 1))


def card(one: Available) -> dict[str, Any]:
    """What the pipeline says of itself: whose, under which licence, made of what, how good by its maker."""
    told = {name: one.meta[name] for name in CARD if one.meta.get(name)}
    if sources := [source["name"] for source in one.meta.get("sources") or () if "name" in source]:
        told["sources"] = sources
    performance = one.meta.get("performance") or {}
    scores = {name: performance[name] for name in ("ents_p", "ents_r", "ents_f") if name in performance}
    if scores:
        told["scores by its maker"] = scores
    return told


def _sum(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _peak() -> float:
    """The most memory that this process has used so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
