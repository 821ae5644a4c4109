"""Write the dashboards' JSON: `python -m dashboards.grafana`; `--help` tells the rest."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.grafana.boards import BOARDS
from dashboards.grafana.parts.board import Addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERATED = Path(__file__).parent / "generated"


def write(folder: Path = GENERATED, addresses: Addresses | None = None) -> list[Path]:
    """Write a file for each dashboard."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / board.file for board in BOARDS]
    for file, board in zip(written, BOARDS, strict=True):
        file.write_text(board.text(addresses), encoding="utf-8")
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """Do as the command line says."""
    default = Addresses()
    parser = argparse.ArgumentParser(prog="python -m dashboards.grafana", description=__doc__)
    parser.add_argument(
        "--console", default=default.console, metavar="URL", help="of newswatch console (%(default)s)"
    )
    parser.add_argument(
        "--runbooks",
        default=default.runbooks,
        metavar="URL",
        help="of the folder with the runbooks (%(default)s)",
    )
    parser.add_argument("--out", type=Path, default=GENERATED, metavar="FOLDER", help="where to")
    given = parser.parse_args(arguments)
    for file in write(given.out, Addresses(given.console.rstrip("/"), given.runbooks.rstrip("/"))):
        print(file)  # noqa: T201


if __name__ == "__main__":
    main()
