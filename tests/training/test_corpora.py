"""Reading corpora, and holding a part of them out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from training.corpora import TRAINED_ON, CorpusError, Sentence, is_held_out, read

if TYPE_CHECKING:
    from pathlib import Path


def _write(folder: Path, corpus: str, rows: list[object]) -> None:
    (folder / f"{corpus}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_the_measure_is_not_trained_on() -> None:
    """News unseen stays unseen."""
    assert not {"gum-news", "re3d"} & set(TRAINED_ON)


def test_a_document_is_named_or_a_block_of_sentences(tmp_path: Path) -> None:
    """GUM's ids name it; of the others, twenty sentences in a row are one."""
    row = {"tokens": ["A"], "tags": ["O"]}
    _write(tmp_path, "gum", [{"id": f"bio_x-{i}", **row} for i in range(25)])
    _write(tmp_path, "btc", [{"id": f"btc-a-{i}", **row} for i in range(25)])
    assert {s.document for s in read(tmp_path, "gum")} == {"bio_x"}
    assert [s.document for s in read(tmp_path, "btc")] == ["btc-a-0"] * 20 + ["btc-a-1"] * 5


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x-0", "tokens": ["A", "B"], "tags": ["O"]}, "line 1: 2 tokens, 1 tags"),
        ({"id": "x-0", "tokens": ["A"]}, "line 1: not a sentence"),
        (None, "cannot be read"),
    ],
)
def test_a_broken_corpus_is_named(tmp_path: Path, row: object, said: str) -> None:
    """File, line, and what is wrong."""
    if row is not None:
        _write(tmp_path, "gum", [row])
    with pytest.raises(CorpusError, match=said) as raised:
        list(read(tmp_path, "gum"))
    assert "gum.jsonl" in str(raised.value)


def test_a_twelfth_is_held_out_by_document() -> None:
    """About that many, all sentences of a document alike, and the same ones every time."""
    documents = [Sentence((), (), "gum", f"d{i}") for i in range(2400)]
    held = [s.document for s in documents if is_held_out(s)]
    assert 150 < len(held) < 250
    assert held[:3] == [s.document for s in documents if is_held_out(s)][:3]
