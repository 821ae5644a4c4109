"""The bundled network that tags words, on onnxruntime: scores for the words of a window."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from agents.entities.shapes import NONE, shape
from agents.entities.windows import LONGEST_WORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MODELS = Path(__file__).parent / "model"
SUMS = "sha256.json"
"""In `model/`: the SHA-256 of each file."""
TOKENIZER = "tokenizer.json"
START, END, UNKNOWN = 101, 102, 100
"""Ids of [CLS], [SEP] and [UNK] in the vocabulary."""
WORDS_KEPT = 1 << 15
"""Words whose pieces are remembered: a day's news has about as many, at 150 bytes each."""


class ModelError(RuntimeError):
    """A file of the model is missing or not the one it should be; the message names it and the way out."""


@dataclass(frozen=True, slots=True)
class Files:
    """The network and the vocabulary."""

    network: bytes
    tokenizer: bytes


def sums() -> Mapping[str, str]:
    """SHA-256 of the bundled files, by name."""
    return json.loads(_read(MODELS / SUMS))  # type: ignore[no-any-return]


def sums_of(folder: Path) -> dict[str, str]:
    """SHA-256 of the networks and the vocabulary in a folder, by name."""
    files = sorted([*folder.glob("*.onnx"), folder / TOKENIZER])
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def bundled(name: str) -> Files:
    """The bundled files of one model, as `six.onnx`.

    Raises:
        ModelError: one is missing or has another checksum.
    """
    return Files(_checked(name), _checked(TOKENIZER))


def _checked(name: str) -> bytes:
    content, should = _read(MODELS / name), sums().get(name)
    found = hashlib.sha256(content).hexdigest()
    if found != should:
        raise ModelError(
            f"{MODELS / name}: SHA-256 is {found}, should be {should}: the file is damaged or was replaced; "
            "install newswatch again, or train the model with 'make train'"
        )
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); install newswatch again") from error


class Network:
    """Scores of tags for words; the same for the same words, whatever was asked before."""

    def __init__(self, files: Files) -> None:
        self._tokenizer = Tokenizer.from_str(files.tokenizer.decode())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = (
            1  # the pool's processes are the threads
        )
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            files.network,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # slower with it
        )
        self.pieces = lru_cache(WORDS_KEPT)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(found[:LONGEST_WORD]) or (UNKNOWN,)

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Scores [words, tags] of the words of a window."""
        ids, shapes, first = [START], [NONE], []
        for word in words:
            pieces = self.pieces(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape(word)] * len(pieces)
        ids.append(END)
        shapes.append(NONE)
        given = {"ids": np.array([ids], dtype=np.int64), "shapes": np.array([shapes], dtype=np.int64)}
        scores: NDArray[np.float32] = self._session.run(["scores"], given)[0]
        return scores[0, first]
