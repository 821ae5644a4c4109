"""The network as a spaCy component: the same names in any batch, saved and loaded with its pipeline."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Span

from agents.entities import bundled, network
from agents.entities.network import ModelError
from agents.entities.tagger import FACTORY, Tagger
from seeds import ARTICLES

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

SENTENCES = (
    "BRUSSELS (Reuters) - Ursula von der Leyen of the European Commission met Volodymyr Zelenskyy in Kyiv.",
    "Shares of Siemens Energy AG rose after Microsoft ordered turbines for Ireland.",
    "RIYADH HOSTS TALKS",
    "nothing of note",
    "",
    "\n\n \n",
)
PARAGRAPHS = [p for file in sorted(ARTICLES.iterdir()) for p in file.read_text("utf-8").split("\n\n") if p][
    :40
]
TEXTS = [*SENTENCES, *PARAGRAPHS, "Kyiv and Moscow and NATO and " * 60, "x" * 5000]
Found = list[tuple[str, int, int, str]]


def _names(doc: Doc) -> Found:
    return [(ent.text, ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]


@pytest.fixture(scope="module")
def one_by_one(nlp: Language) -> dict[str, Found]:
    """What each text has when it is read alone."""
    return {text: _names(nlp(text)) for text in TEXTS}


def test_it_finds_names_no_list_has(nlp: Language) -> None:
    """Persons, a body, a place, by the sentence they stand in."""
    found = {(ent.text, ent.label_) for ent in nlp(SENTENCES[0]).ents}
    assert found == {
        ("BRUSSELS", "GPE"),
        ("Reuters", "ORG"),
        ("Ursula von der Leyen", "PERSON"),
        ("European Commission", "ORG"),
        ("Volodymyr Zelenskyy", "PERSON"),
        ("Kyiv", "GPE"),
    }


@pytest.mark.parametrize("size", [1, 2, 8])
def test_the_batch_changes_nothing(nlp: Language, one_by_one: dict[str, Found], size: int) -> None:
    """In any size of batch, and in another order."""
    shuffled = random.Random(size).sample(TEXTS, len(TEXTS))
    for texts in (TEXTS, shuffled):
        assert [one_by_one[text] for text in texts] == [_names(d) for d in nlp.pipe(texts, batch_size=size)]


def test_two_processes_find_the_same(nlp: Language, one_by_one: dict[str, Found]) -> None:
    """Of spaCy's own, each with a copy of the pipeline."""
    found = nlp.pipe(TEXTS, batch_size=4, n_process=2)
    assert [one_by_one[text] for text in TEXTS] == [_names(doc) for doc in found]


def test_no_name_is_lost_in_a_long_text(nlp: Language) -> None:
    """One sentence of many windows, as a list is."""
    text = "They met Angela Merkel, " * 100 + "and left."
    assert [ent.text for ent in nlp(text).ents].count("Angela Merkel") == 100


def test_a_name_that_was_there_stays(nlp: Language) -> None:
    """As spaCy's own recogniser keeps what a ruler before it found."""
    doc = nlp.make_doc("Marco Rubio spoke.")
    doc.ents = [Span(doc, 0, 1, "MISC")]
    first = next(iter(nlp.get_pipe(FACTORY)(doc).ents))  # type: ignore[operator]
    assert (first.text, first.label_) == ("Marco", "MISC")


LOAD = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
docs = nlp.pipe(json.load(sys.stdin))
json.dump([[(e.text, e.start_char, e.end_char, e.label_) for e in d.ents] for d in docs], sys.stdout)
"""


def test_spacy_load_gives_it_in_a_process_that_imports_nothing_else(
    nlp: Language, one_by_one: dict[str, Found], tmp_path: Path
) -> None:
    """`nlp.to_disk`, then `spacy.load` alone: the component is known by its entry point."""
    nlp.to_disk(tmp_path / "saved")
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "saved")],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert [[list(name) for name in one_by_one[text]] for text in TEXTS] == json.loads(done.stdout)


def test_a_saved_network_is_its_own(tmp_path: Path) -> None:
    """Saved and loaded, to disk and to bytes, whatever is bundled then."""
    blank = spacy.blank("en")
    blank.add_pipe(FACTORY, config={"model": "fast.onnx"})
    text = SENTENCES[0]
    blank.to_disk(tmp_path / "saved")
    other = spacy.blank("en")
    other.add_pipe(FACTORY)
    assert _names(blank(text)) == _names(spacy.load(tmp_path / "saved")(text))
    assert _names(blank(text)) == _names(other.from_bytes(blank.to_bytes())(text))


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_damaged_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    """With its path, what is wrong and the way out."""
    for file in network.MODELS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    if damage == "changed":
        with (tmp_path / "six.onnx").open("r+b") as file:
            file.seek(1000)
            file.write(b"\0\1\2\3")
    else:
        (tmp_path / "six.onnx").unlink()
    monkeypatch.setattr(network, "MODELS", tmp_path)
    with pytest.raises(ModelError, match="install newswatch again") as raised:
        Tagger("six.onnx").load()
    assert str(tmp_path / "six.onnx") in str(raised.value)


def test_the_files_are_those_that_the_sums_are_of() -> None:
    """And each pipeline with a network says which."""
    assert network.sums_of(network.MODELS) == dict(network.sums())
    for pipeline in bundled.BUNDLED.values():
        assert set(pipeline.files) == ({pipeline.network, network.TOKENIZER} if pipeline.network else set())
        assert pipeline.card is None or pipeline.card.is_file()
