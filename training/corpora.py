"""The corpora as sentences; what is trained on, what is only measured on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRAINED_ON = ("gum", "wikigold", "crossner-politics", "btc", "wnut17")
"""Never `gum-news` nor `re3d`: news unseen is what the model is measured on."""
TWEETS = frozenset({"btc", "wnut17"})
BLOCK = 20
"""Sentences in a row that are held out together, where a corpus doesn't say which document they are from."""
HELD_OUT = 12
"""Every twelfth document or block is kept for choosing between recipes."""


class CorpusError(ValueError):
    """A corpus that can't be read; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and their BIO tags."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    corpus: str
    document: str


def read(folder: Path, corpus: str) -> Iterator[Sentence]:
    """The sentences of one corpus, as they stand.

    Raises:
        CorpusError: the file is missing, or a line has no tokens and tags of one length.
    """
    path = folder / f"{corpus}.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(
            f"{path}: cannot be read ({error.strerror}); DATA is the folder of corpora"
        ) from error
    for number, line in enumerate(lines):
        try:
            row = json.loads(line)
            words, tags, name = tuple(row["tokens"]), tuple(row["tags"]), row["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}, line {number + 1}: not a sentence of id, tokens and tags") from error
        if len(words) != len(tags):
            raise CorpusError(f"{path}, line {number + 1}: {len(words)} tokens, {len(tags)} tags")
        whole = name.rpartition("-")[0]
        document = whole if corpus.startswith("gum") else f"{whole}-{number // BLOCK}"
        yield Sentence(words, tags, corpus, document)


def is_held_out(sentence: Sentence) -> bool:
    """Whether its document is kept for choosing; by a digest of its name, so that it never changes."""
    digest = hashlib.blake2b(sentence.document.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % HELD_OUT == 0
