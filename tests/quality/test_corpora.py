"""Corpora as texts: what is doubtful in cleaned labels is judged neither way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agents.entities.score import Span, judge
from tests.quality.corpora import corpora, without_doubt
from training.corpora import TRAINED_ON

if TYPE_CHECKING:
    from pathlib import Path

NEWS = (
    ("news_rain-1", "US President Barack Obama saw Tiananmen Square", "O B-PER I-PER I-PER O O O"),
    ("news_rain-2", "He left Kyiv .", "O O B-LOC O"),
)


def written(folder: Path) -> Path:
    """A folder of corpora, all of the same two sentences."""
    rows = [
        {"id": key, "tokens": words.split(), "tags": [tag.replace("PER", "PERSON") for tag in tags.split()]}
        for key, words, tags in NEWS
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "ner").mkdir()
    for name in ("gum-news", *TRAINED_ON):
        many = "".join(text.replace("rain", f"rain{number}") for number in range(40))
        (folder / "ner" / f"{name}.jsonl").write_text(many if name != "gum-news" else text)
    spans = {"text": "Rain in Kyiv.", "entities": [{"start": 8, "end": 12, "label": "LOC"}]}
    (folder / "ner" / "re3d.jsonl").write_text(json.dumps(spans) + "\n")
    return folder


def test_articles_whole_and_in_pieces(tmp_path: Path) -> None:
    """Labels as they are and cleaned; of what was trained on only what was held out."""
    found = {corpus.name: corpus for corpus in corpora(written(tmp_path))}
    assert [name for name, corpus in found.items() if corpus.is_whole] == ["gum-news", "re3d"]
    assert [len(found[name].documents) for name in ("gum-news", "gum-news, single sentences")] == [1, 2]
    held_out = found["gum, held out"].documents
    assert 0 < len(held_out) < 40
    assert [name.label for name in found["gum-news"].documents[0].names] == ["PERSON", "LOC"]


def test_a_name_found_on_doubtful_words_is_no_error(tmp_path: Path) -> None:
    """Nor one that is right; elsewhere it is one."""
    cleaned = next(one for one in corpora(written(tmp_path)) if one.name == "gum-news, labels cleaned")
    [document] = cleaned.documents
    there = {document.text[name.start : name.end]: name for name in document.names}
    assert {text: name.label for text, name in there.items()} == {
        "Barack Obama": "PERSON",
        "Tiananmen Square": "MISC",
        "Kyiv": "LOC",
    }
    square = there["Tiananmen Square"]._replace(label="LOC")
    wrong = Span(0, 2, "LOC")
    judged = judge(document.text, document.names, [square, wrong], ["PERSON", "LOC"])
    [sure] = without_doubt([document], [judged])
    assert judged.false == {square, wrong}
    assert sure.false == {wrong}
