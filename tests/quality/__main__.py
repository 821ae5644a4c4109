"""How good the program is, as one table and as `docs/quality.md`: `python -m tests.quality [--data DIR]`.

Nothing here is a test: floors are held by tests, beside what they hold.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.quality import canonical, clean, copies, entities, figures, page
from tests.quality.sources import VARIABLE, NoDataError, folder, is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.quality.row import Row

WIDTH = 130
"""Columns that a row needs; in a file the lines must not be broken."""
SECTIONS: dict[str, Callable[[Path | None], Iterator[Row]]] = {
    "entities": entities.rows,
    "canonical": canonical.rows,
    "copies": copies.rows,
    "clean": clean.rows,
}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument(
        "--data", metavar="DIR", help=f"folder of the corpora; default: {VARIABLE}, else only 'ours'"
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        default=figures.ROOT / "docs" / "quality.md",
        help="the page; the figures go beside it as JSON; default: docs/quality.md",
    )
    parser.add_argument(
        "--only", metavar="SECTION", choices=SECTIONS, action="append", help=f"one of {', '.join(SECTIONS)}"
    )
    given = parser.parse_args()
    try:
        data = folder(given.data or os.environ.get(VARIABLE))
    except NoDataError as error:
        parser.error(str(error))
    if data is None:
        sys.stderr.write(
            f"no folder of corpora ({VARIABLE} or --data): only what is in the repository is measured\n"
        )
    measured = _measure(given.only or list(SECTIONS), data, given.out)
    console = Console()
    console.print(table(measured), width=max(console.width, WIDTH))


def _measure(names: list[str], data: Path | None, out: Path) -> list[Row]:
    """The rows of these sections; what is measured is written at once, whatever becomes of the next."""
    measured: list[Row] = []
    kept = out.with_suffix(".json")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        for name in names:
            task = progress.add_task(name, total=None)
            rows = []
            for row in SECTIONS[name](data):
                rows.append(row)
                progress.update(task, description=f"{name}: {len(rows)} rows, {row.subject}, {row.data}")
            progress.update(task, total=1, completed=1, description=f"{name}: {len(rows)} rows")
            measured += rows
            blocks = figures.merged(figures.read(kept), name, rows, figures.commit(), SECTIONS)
            figures.write(blocks, kept)
            out.write_text(page.page(blocks), encoding="utf-8")
            if out.parent == figures.ROOT / "docs":
                readme = figures.ROOT / "README.md"
                readme.write_text(page.readme(readme.read_text(encoding="utf-8"), blocks), encoding="utf-8")
    return measured


def table(rows: list[Row]) -> Table:
    """All sections in one table, 'ours' before the corpora within each."""
    shown = Table("section", "what", "data", "n", "scores")
    sections = list(dict.fromkeys(row.section for row in rows))
    last = None
    for row in sorted(rows, key=lambda row: (sections.index(row.section), not is_ours(row.data))):
        if last not in {None, row.section}:
            shown.add_section()
        last = row.section
        scores = "  ".join(f"{name} {page.number(score)}" for name, score in row.scores.items())
        shown.add_row(row.section, row.subject, row.data, f"{row.n:,} {row.unit}", scores)
    return shown


if __name__ == "__main__":
    main()
