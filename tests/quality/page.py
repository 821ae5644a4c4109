"""`docs/quality.md` and the table in the README, made of the figures that are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.quality.sources import described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.quality.figures import Block
    from tests.quality.row import Row

MARKED = re.compile(r"(<!-- quality -->\n).*?(<!-- /quality -->)", re.DOTALL)
"""What of the README is written here."""
HEADLINES = (
    ("entities", "newswatch-default, all labels", "ours", ("F",)),
    ("entities", "newswatch-fast, all labels", "ours", ("F",)),
    ("entities", "newswatch-rules, all labels", "ours", ("F",)),
    ("entities", "newswatch-default, all labels", "gum-news", ("F",)),
    ("entities", "newswatch-default, all labels", "gum-news, labels cleaned", ("F",)),
    ("entities", "newswatch-default, all labels", "re3d", ("F",)),
    ("canonical", "all names", "ours", ("P", "R", "F")),
    ("canonical", "half held back", "gum", ("P", "R", "F")),
    ("copies", "generated, pairs", "ours", ("P", "R")),
    ("copies", "newswire pairs", "ours, held", ("P", "R")),
    ("copies", "web pages, pairs", "copies/pages", ("P", "R")),
    ("clean", "pages", "ours", ("P", "R")),
    ("clean", "html-text", "copies", ("P", "R")),
    ("clean", "beautifulsoup", "copies", ("P", "R")),
)
"""Section, subject, data and scores of what the README tells, in its order."""
TITLES = {"canonical": "Names that mean the same", "clean": "Clean text"}
"""Of sections whose key doesn't say it."""

INTRODUCTION = """\
# How good it is

Written by `make evaluate`; edits are lost. A score is a share of 1 unless its name says otherwise.

- `make evaluate` measures what is in the repository ('ours'), which anyone can do.
- `make evaluate DATA=folder` (or `CORPORA`) measures the corpora in that folder as well. They are not
  in the repository. A run without them leaves their figures here, with the commit that they were measured at.
- `python -m tests.quality --only SECTION` measures one section and leaves the others as they are.

P is precision, R recall, F their harmonic mean. A name is right if its start, end and label are.

'words/s to CNN': words a second of processor time, over those of an untrained network of the size of spaCy's
default NER on the same texts, with the same rest of the work (canonical names and all). Networks in INT8, as
the bundled ones are, are faster where the processor has VNNI.

Behind the page is `docs/quality.json`, the same for programs.
"""


def number(score: float) -> str:
    """As it is shown: whole numbers as they are, shares with three digits."""
    return f"{score:,}" if isinstance(score, int) else f"{score:.3f}"


def page(blocks: Sequence[Block]) -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for ours, title in ((True, "On data in this repository"), (False, "On corpora")):
        of_kind = [block for block in blocks if block.ours == ours]
        if not of_kind:
            continue
        parts.append(f"## {title}\n")
        for block in of_kind:
            parts.append(f"### {_title(block.section)}\n\nMeasured at commit {block.commit}.\n")
            parts.append("\n".join(_table(block.rows)) + "\n")
        names = dict.fromkeys(row.data for block in of_kind for row in block.rows)
        parts.append("\n".join(f"- {name}: {described(name) or 'not described'}" for name in names) + "\n")
    return "\n".join(parts)


def readme(text: str, blocks: Iterable[Block]) -> str:
    """The README with its table of quality as the figures are now."""
    lines = ["| what | data | n | score |", "| --- | --- | --- | --- |"]
    rows = {(block.section, row.subject, row.data): row for block in blocks for row in block.rows}
    for section, subject, data, scores in HEADLINES:
        if row := rows.get((section, subject, data)):
            shown = ", ".join(f"{score} {number(row.scores[score])}" for score in scores)
            what = f"{_title(section).lower()}: {subject}"
            lines.append(f"| {what} | {data} | {row.n:,} {row.unit} | {shown} |")
    return MARKED.sub(lambda found: found[1] + "\n".join(lines) + "\n" + found[2], text)


def _title(section: str) -> str:
    return TITLES.get(section, section.capitalize())


def _table(rows: Sequence[Row]) -> Iterator[str]:
    names = list(dict.fromkeys(name for row in rows for name in row.scores))
    yield f"| what | data | n | {' | '.join(names)} |"
    yield f"| --- | --- | --- |{' --- |' * len(names)}"
    for row in rows:
        scores = [number(row.scores[name]) if name in row.scores else "" for name in names]
        yield f"| {row.subject} | {row.data} | {row.n:,} {row.unit} | {' | '.join(scores)} |"
