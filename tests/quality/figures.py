"""The figures as they are kept: `docs/quality.json`, of which the page and the README's table are made.

Each section has two blocks, of what is in the repository and of corpora that are not. A run replaces the
blocks that it measured and no other, so one without the corpora leaves their figures where they are, with
the commit that they were measured at.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.quality.row import Row
from tests.quality.sources import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "quality.json"
MEASURED = ("agents", "seeds")
"""What the figures depend on; a change there that isn't committed is said."""


class Block(NamedTuple):
    """One section's figures of one kind of data."""

    section: str
    ours: bool
    commit: str
    rows: tuple[Row, ...]


def read(path: Path = KEPT) -> list[Block]:
    """All blocks; none where the file isn't there yet."""
    if not path.exists():
        return []
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [
        Block(one["section"], one["ours"], one["commit"], tuple(Row(**row) for row in one["rows"]))
        for one in kept
    ]


def write(blocks: Iterable[Block], path: Path = KEPT) -> None:
    """Keep them, one row a line, so that a change of one figure is a change of one line."""
    parts = []
    for block in blocks:
        rows = ",\n".join(f"   {json.dumps(row._asdict(), ensure_ascii=False)}" for row in block.rows)
        head = json.dumps({"section": block.section, "ours": block.ours, "commit": block.commit})
        parts.append(f' {head[:-1]}, "rows": [\n{rows}\n  ]}}')
    path.write_text("[\n" + ",\n".join(parts) + "\n]\n", encoding="utf-8")


def merged(
    kept: Iterable[Block], section: str, rows: Iterable[Row], commit: str, order: Iterable[str]
) -> list[Block]:
    """What is kept, with a section's new rows in place of those of the same kind of data."""
    rows = tuple(rows)
    blocks = {(block.section, block.ours): block for block in kept}
    for ours in (True, False):
        of_kind = tuple(_rounded(row) for row in rows if is_ours(row.data) == ours)
        if of_kind:
            blocks[section, ours] = Block(section, ours, commit, of_kind)
    place = {name: at for at, name in enumerate(order)}
    return sorted(blocks.values(), key=lambda block: (place.get(block.section, len(place)), not block.ours))


def _rounded(row: Row) -> Row:
    """To what is shown: the rest of the digits would differ between machines and say nothing."""
    scores = {
        name: score if isinstance(score, int) else round(score, 3) for name, score in row.scores.items()
    }
    return row._replace(scores=scores)


def commit() -> str:
    """The commit that is measured, and whether what is measured differs from it."""
    head = _git("rev-parse", "--short=10", "HEAD")
    if not head:
        return "unknown"
    return f"{head} with changes" if _git("status", "--porcelain", "--", *MEASURED) else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip()
