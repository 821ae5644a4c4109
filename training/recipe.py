"""From the corpora to the networks."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import torch

from agents.entities import network
from training import card, fit
from training.encoder import Tagger, pieces, tokenizer, weights
from training.export import export
from training.measure import measure
from training.names import gather
from training.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path

FAST_LAYERS = (0, 2, 4)
THREADS = 2
"""With another number the sums of a matrix have another order, and so other last digits."""


def run(data: Path, out: Path, *, only_measure: bool) -> None:
    """Train both networks, write them, measure them, write the card.

    Raises:
        CorpusError: a corpus is missing or not as it should be.
        EncoderError: nor is the encoder.
    """
    if not only_measure:
        _make(data, out)
    _describe(data, out)


def _make(data: Path, out: Path) -> None:
    began = time.monotonic()
    torch.set_num_threads(THREADS)
    encoder = weights()
    sentences, held_out = prepare(data)
    _tell(f"{len(sentences)} sentences to train on, {len(held_out)} held out")
    names, split = gather(sentences), pieces()

    _tell("six layers")
    torch.manual_seed(fit.SIX_LAYERS.seed)
    six = Tagger()
    six.take(encoder)
    six = fit.fit(six, sentences, names, split, fit.SIX_LAYERS, tell=_tell)

    _tell("three layers")
    fast = Tagger(FAST_LAYERS)
    fast.begin_as(six)
    fast = fit.fit(fast, sentences, names, split, fit.THREE_LAYERS, teacher=six, tell=_tell)

    out.mkdir(parents=True, exist_ok=True)
    (out / network.TOKENIZER).write_bytes(tokenizer())
    for name, tagger in (("six.onnx", six), ("fast.onnx", fast)):
        export(tagger, out / name)
    sums = network.sums_of(out)
    (out / network.SUMS).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")
    _tell(f"trained in {(time.monotonic() - began) / 60:.0f} min; the files are in {out}")


def _describe(data: Path, out: Path) -> None:
    _, held_out = prepare(data)
    measured = {name: measure(out / name, held_out, data) for name in card.LAYERS}
    (out / card.FILE).write_text(card.card(network.sums_of(out), measured), encoding="utf-8")


def _tell(message: str) -> None:
    sys.stdout.write(f"{message}\n")
    sys.stdout.flush()
