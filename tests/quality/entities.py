"""Entities: precision, recall and F by label and pipeline, and words/s to those of spaCy's default CNN."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import spacy
from spacy.training import Example

from agents.entities.bundled import BUNDLED
from agents.entities.evaluate import Evaluation, evaluate
from agents.entities.gold.read import read_gold
from agents.entities.pipeline import INSTALLED, choose
from agents.entities.score import ALL
from agents.entities.table import load_table
from tests.agents.entities.samples.__main__ import samples
from tests.quality.row import Row
from tests.quality.sources import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language

    from agents.entities.gold.document import Marked

JUDGED = ("PERSON", "ORG", "LOC")
"""What all the corpora mark. LOC holds GPE and FAC; what re3d calls a nationality is left out."""
FINE = ("GPE", "LOC", "FAC", "NORP")
"""What only ours marks."""
CNN = ("PERSON", "ORG", "GPE", "LOC", "NORP")
NAMES = {ALL: "all labels"}


class Corpus(NamedTuple):
    """A file of the data folder, and how it is read."""

    name: str
    by_id: bool = False
    hyphens: bool = False


CORPORA = (
    Corpus("gum-news", by_id=True, hyphens=True),
    Corpus("gum-news, single sentences", hyphens=True),
    Corpus("re3d"),
)
"""Kept for measuring: no model here was trained on them."""


def rows(data: Path | None) -> Iterator[Row]:
    """Measure every pipeline that is here, on ours and on each corpus that is there."""
    ours = samples()
    corpora = list(_corpora(data)) if data else []
    cnn = untrained()
    cost = {corpus: evaluate(cnn, load_table(), documents, labels=JUDGED) for corpus, documents in corpora}
    for name in _pipelines():
        choice, nlp = choose(name, strict=True)
        shown = name if name in BUNDLED else f"{name} {choice.version}"
        table = load_table()
        yield from _scored(shown, OURS, evaluate(nlp, table, ours, labels=JUDGED))
        yield _speed(shown, OURS, *(_longer(one, ours) for one in (nlp, cnn)))
        fine = evaluate(nlp, table, ours, labels=FINE, apart=True)
        yield from _scored(shown, f"{OURS}, places apart", fine, without_all=True)
        for corpus, documents in corpora:
            result = evaluate(nlp, table, documents, labels=JUDGED)
            yield from _scored(shown, corpus, result)
            yield _speed(shown, corpus, result, cost[corpus])


def untrained() -> Language:
    """A network of the size of spaCy's default NER: it costs what a trained one costs."""
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for label in CNN:
        ner.add_label(label)  # type: ignore[attr-defined]
    example = Example.from_dict(nlp.make_doc("In Kyiv."), {"entities": [(3, 7, "GPE")]})
    nlp.initialize(lambda: [example])
    return nlp


def _pipelines() -> Iterator[str]:
    yield from BUNDLED
    if find_spec(INSTALLED):
        yield INSTALLED


def _corpora(data: Path) -> Iterator[tuple[str, list[Marked]]]:
    for corpus in CORPORA:
        path = data / "ner" / f"{corpus.name.partition(',')[0]}.jsonl"
        marked = read_gold(path.read_bytes(), str(path), by_id=corpus.by_id, hyphens=corpus.hyphens)
        yield corpus.name, marked


def _longer(nlp: Language, documents: list[Marked]) -> Evaluation:
    """Three times over: once through is too short a time to be measured."""
    return evaluate(nlp, load_table(), documents * 3, labels=JUDGED)


def _scored(pipeline: str, data: str, result: Evaluation, *, without_all: bool = False) -> Iterator[Row]:
    for label, one in result.tallies.items():
        if label == ALL and without_all:
            continue
        scores = {"P": one.precision or 0.0, "R": one.recall or 0.0, "F": one.f or 0.0}
        yield Row("entities", f"{pipeline}, {NAMES.get(label, label)}", data, one.there, "names", scores)


def _speed(pipeline: str, data: str, result: Evaluation, cnn: Evaluation) -> Row:
    ratio = {"words/s to CNN": result.words_per_second / cnn.words_per_second}
    return Row("entities", f"{pipeline}, speed", data, result.words, "words", ratio)
