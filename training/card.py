"""The model card, written with the files it is about."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from training.encoder import PACKAGE, SHA256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from training.measure import Scores

FILE = "README.md"
LAYERS = {"six.onnx": "six layers", "fast.onnx": "three layers (0, 2, 4), distilled from the six"}


def card(sums: Mapping[str, str], measured: Mapping[str, Mapping[str, Scores]]) -> str:
    """The card, given the files' SHA-256 and the scores by network and corpus."""
    files = [f"| {name} | {what} | `{sums[name]}` |" for name, what in LAYERS.items()]
    text = resources.files("training").joinpath("card.md").read_text(encoding="utf-8")
    return text.format(
        files="\n".join(files),
        tokenizer=sums["tokenizer.json"],
        encoder=SHA256,
        package=f"`{PACKAGE.replace('_', '-')}`",
        scores="\n".join(_rows(measured)),
    )


def _rows(measured: Mapping[str, Mapping[str, Scores]]) -> Iterator[str]:
    for network, by_corpus in measured.items():
        for corpus, scores in by_corpus.items():
            cells = [
                " / ".join(f"{100 * x:.1f}" for x in scores[label]) for label in ("PERSON", "ORG", "LOC")
            ]
            yield f"| {network} | {corpus} | {' | '.join(cells)} | {100 * scores['all'][2]:.1f} |"
