"""Training: the six-layer tagger on the corpora, the fast one on what the first says of them."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.pack import PAD, Window, batches, windows
from training.vary import Variation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from training.corpora import Sentence
    from training.encoder import Tagger
    from training.names import Names

MASK_ID = 103
"""[MASK] of the encoder's vocabulary."""
MASKED = 0.05
"""Share of pieces hidden, so that the sentence around a name is read; in place of dropout in the layers."""
WARM_UP = 0.1
"""Share of all steps in which the rate rises; it falls to nothing over the rest."""
AVERAGED = 0.998
"""Decay of the running average of weights that is kept in the end."""
SOFT = 0.7
"""Share of the loss of the fast tagger that is the teacher's, the rest the corpora's."""
HARD_NEGATIVE = -10000.0
"""Added to attention's scores where there is no piece."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast."""

    epochs: int
    encoder_rate: float
    head_rate: float = 1e-3
    seed: int = 5


SIX_LAYERS = Plan(epochs=3, encoder_rate=1e-4)
THREE_LAYERS = Plan(epochs=2, encoder_rate=1.5e-4)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, padded to the longest."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    tags: Tensor
    weights: Tensor


def batch(found: Sequence[Window]) -> Batch:
    """Tensors of windows."""
    size = max(len(window.ids) for window in found)

    def padded(rows: Sequence[Sequence[float]], value: float, dtype: torch.dtype) -> Tensor:
        return torch.tensor([[*row, *[value] * (size - len(row))] for row in rows], dtype=dtype)

    ids = padded([w.ids for w in found], PAD, torch.long)
    lengths = torch.tensor([len(w.ids) for w in found])
    absent = (torch.arange(size)[None, :] >= lengths[:, None]).float() * HARD_NEGATIVE
    return Batch(
        ids,
        padded([w.shapes for w in found], 0, torch.long),
        absent[:, None, None, :],
        padded([w.tags for w in found], -1, torch.long),
        padded([w.weights for w in found], 0, torch.float32),
    )


def fit(
    tagger: Tagger,
    sentences: Sequence[Sentence],
    names: Names,
    pieces: Callable[[str], Sequence[int]],
    plan: Plan,
    *,
    teacher: Tagger | None = None,
    tell: Callable[[str], None],
) -> Tagger:
    """Train `tagger` and return the average of its weights over the last few hundred steps."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    vary = Variation(names, chance)
    epochs = [_epoch(sentences, vary, pieces, chance) for _ in range(plan.epochs)]
    total = sum(len(epoch) for epoch in epochs)
    optimizer = _optimizer(tagger, plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), (total - step) / ((1 - WARM_UP) * total))
    )
    average = AveragedModel(tagger, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    tagger.train()
    began, recent = time.monotonic(), 0.0
    for step, found in enumerate(_all(epochs), 1):
        loss = _loss(tagger, batch(found), teacher)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        average.update_parameters(tagger)
        recent = loss.item() if step == 1 else 0.98 * recent + 0.02 * loss.item()
        if step % 50 == 0 or step == total:
            spent = time.monotonic() - began
            left = spent / step * (total - step)
            tell(f"step {step}/{total}  loss {recent:.3f}  {spent:.0f} s, {left:.0f} s to go")
    return average.module.eval()


def _epoch(
    sentences: Sequence[Sentence],
    vary: Variation,
    pieces: Callable[[str], Sequence[int]],
    chance: random.Random,
) -> list[list[Window]]:
    return batches(list(windows((vary(sentence) for sentence in sentences), pieces, chance)), chance)


def _all(epochs: Sequence[list[list[Window]]]) -> Iterator[list[Window]]:
    for epoch in epochs:
        yield from epoch


def _optimizer(tagger: Tagger, plan: Plan) -> torch.optim.Optimizer:
    head = {"case.weight", "case_again.weight", "tags.weight", "tags.bias"}
    learnt = {name: p for name, p in tagger.named_parameters() if p.requires_grad}
    groups = [
        {"params": [p for n, p in learnt.items() if n not in head and p.ndim > 1], "lr": plan.encoder_rate},
        {
            "params": [p for n, p in learnt.items() if n not in head and p.ndim == 1],
            "lr": plan.encoder_rate,
            "weight_decay": 0.0,
        },
        {"params": [p for n, p in learnt.items() if n in head], "lr": plan.head_rate},
    ]
    return torch.optim.AdamW(groups, fused=True, weight_decay=0.01)


def _loss(tagger: Tagger, given: Batch, teacher: Tagger | None) -> Tensor:
    first = given.tags >= 0
    hidden = (torch.rand(given.ids.shape) < MASKED) & (given.weights > 0)
    scores = tagger(given.ids.masked_fill(hidden, MASK_ID), given.shapes, given.mask)[first]
    weights = given.weights[first]
    hard = functional.cross_entropy(scores, given.tags[first], reduction="none")
    if teacher is not None:
        with torch.no_grad():
            told = teacher(given.ids, given.shapes, given.mask)[first].softmax(-1)
        soft = functional.cross_entropy(scores, told, reduction="none")
        hard = SOFT * soft + (1 - SOFT) * hard
    return (hard * weights).sum() / weights.sum()
