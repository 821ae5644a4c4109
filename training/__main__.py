"""`python -m training FOLDER`: from the corpora to the networks in `agents/entities/model`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agents.entities import network

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run the recipe; 1 with a message where the data, the encoder or torch can't be used."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the corpora: gum.jsonl, wikigold.jsonl, ...")
    parser.add_argument("--out", type=Path, default=network.MODELS, help="where the files go")
    parser.add_argument(
        "--measure", action="store_true", help="only measure what is there and write the card again"
    )
    given = parser.parse_args(arguments)
    try:
        from training import recipe  # noqa: PLC0415  --help works without torch
        from training.corpora import CorpusError  # noqa: PLC0415  reads what the recipe needs
        from training.encoder import EncoderError  # noqa: PLC0415  the same
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"{error.name} is not installed: training needs the group 'train'; run 'make train DATA=folder', "
            f"which makes an environment with it\n"
        )
        return 1
    try:
        recipe.run(given.data, given.out, only_measure=given.measure)
    except (CorpusError, EncoderError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
