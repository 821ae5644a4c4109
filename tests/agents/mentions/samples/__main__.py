"""How often claims and due dates are right: precision and recall on the labelled samples beside this file.

python -m tests.agents.mentions.samples
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from agents.mentions.claims import claim_of
from agents.mentions.due import due_of
from agents.mentions.senses import in_other_sense

HERE = Path(__file__).parent
HALVES = ("tuned on", "unseen")
TRAP = "trap"
"""Label of a mention that is none: the word has another sense there."""


class Sample(NamedTuple):
    """A sentence with a marked mention, and what is right."""

    half: str
    text: str
    start: int
    end: int
    fields: tuple[str, ...]
    """The other columns."""


def samples(name: str) -> list[Sample]:
    """The samples of a file; to which half one belongs, its text alone decides."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    column = lines[0].split("\t").index("text")
    found = []
    for line in lines[1:]:
        fields = line.split("\t")
        left, mention, right = fields.pop(column).split("**")
        text = left + mention + right
        half = HALVES[blake2b(text.encode(), digest_size=1).digest()[0] % 2]
        found.append(Sample(half, text, len(left), len(left) + len(mention), tuple(fields)))
    return found


def claims(half: str) -> Counter[tuple[str, str]]:
    """Counts of (label, what the rules say)."""
    counts: Counter[tuple[str, str]] = Counter()
    for sample in samples("claims.tsv"):
        if sample.half == half:
            place = sample.text, sample.start, sample.end
            counts[sample.fields[0], TRAP if in_other_sense(*place) else claim_of(*place)] += 1
    return counts


def due(half: str) -> tuple[int, list[str]]:
    """How many samples there are, and those that come out wrong."""
    of_half = [sample for sample in samples("due.tsv") if sample.half == half]
    wrong = []
    for sample in of_half:
        published, label = sample.fields
        found = due_of(sample.text, sample.start, sample.end, datetime.fromisoformat(published)) or "-"
        if found != label:
            wrong.append(f"{sample.text} [{published}]: {found}, not {label}")
    return len(of_half), wrong


def table() -> str:
    """The figures as a Markdown table for each half."""
    lines = []
    for half in HALVES:
        counts = claims(half)
        lines += ["", f"| {half} | sentences | P | R |", "| --- | --- | --- | --- |"]
        for label in ("affirmed", "negated", "hypothetical", "attributed", TRAP):
            right = counts[label, label]
            said = sum(count for (_, found), count in counts.items() if found == label)
            there = sum(count for (true, _), count in counts.items() if true == label)
            precision = f"{right / said:.2f}" if said else "-"
            lines.append(f"| {label} | {there} | {precision} | {right / there:.2f} |")
        right = sum(count for (true, found), count in counts.items() if true == found)
        total = counts.total()
        lines.append(f"| all | {total} | {right / total:.2f} | {right / total:.2f} |")
        of_half, wrong = due(half)
        lines.append(f"| due | {of_half} | {(of_half - len(wrong)) / of_half:.2f} | |")
    return "\n".join(lines[1:])


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
    if "--errors" in sys.argv:  # Of the half tuned on only.
        for sample in samples("claims.tsv"):
            found = claim_of(sample.text, sample.start, sample.end)
            found_or_trap = TRAP if in_other_sense(sample.text, sample.start, sample.end) else found
            if sample.half == HALVES[0] and found_or_trap != sample.fields[0]:
                sys.stdout.write(f"{found_or_trap}, not {sample.fields[0]}: {sample.text}\n")
        sys.stdout.write("\n".join(due(HALVES[0])[1]) + "\n")
