"""How right the verdict on copies is: on generated news, pairs of newswire and, if there are any, pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from agents.deduplicate.likeness import Fingerprint
from agents.deduplicate.ruling import rule
from agents.deduplicate.settings import DedupSettings
from agents.ingest.parse import Limits
from seeds.generate import generate
from streams.offline.rows import read_row
from streams.offline.verdicts import evaluated
from tests.quality.newswire import pairs
from tests.quality.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from agents.deduplicate.evaluate import Agreement

GENERATED, SEED = 2_000, 7
EACH = 10
"""Reports of each form of newswire."""
_NOW = datetime(2026, 6, 1, tzinfo=UTC)


def rows(data: Path | None) -> Iterator[Row]:
    """Verdicts against the truth; `data` holds `copies/pages.jsonl`."""
    lines = [msgspec.json.encode(one) for one in generate(GENERATED, seed=SEED)]
    yield from _rows("generated", "ours", _agreement(lines))
    for which in ("tried", "held"):
        yield newswire(which)
    if data is not None and (path := data / "copies/pages.jsonl").exists():
        yield from _rows("web pages", "copies/pages", _agreement(path.read_bytes().splitlines()))


def newswire(which: str, seed: int = SEED) -> Row:
    """Pairs of the forms that were looked at while the rules were written, or of those that were not."""
    settings = DedupSettings()
    said = right = truth = n = 0
    for pair in pairs(which, seed, EACH):
        copy = rule(Fingerprint.of(pair.second), Fingerprint.of(pair.first), settings).method is not None
        n += 1
        said += copy
        truth += pair.copy
        right += copy and pair.copy
    scores = {"P": right / said, "R": right / truth}
    return Row("copies", "newswire pairs", f"ours, {which}", n, "pairs", scores)


def _agreement(lines: Iterable[bytes]) -> Agreement:
    found = (read_row(number, line) for number, line in enumerate(lines, 1))
    return evaluated(found, DedupSettings(), Limits(), arrived=_NOW)


def _rows(subject: str, data: str, found: Agreement) -> Iterator[Row]:
    by_pairs = {"P": found.pairs_precision, "R": found.pairs_recall}
    by_copies = {"P": found.copies_precision, "R": found.copies_recall}
    by_b3 = {"P": found.b3_precision, "R": found.b3_recall}
    yield Row("copies", f"{subject}, pairs", data, found.pairs, "pairs", by_pairs)
    yield Row("copies", f"{subject}, given as a copy", data, found.copies, "copies", by_copies)
    yield Row("copies", f"{subject}, B³", data, found.rows, "articles", by_b3)
