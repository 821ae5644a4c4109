"""Entities: precision, recall and F by label and pipeline, and words/s to those of spaCy's default CNN."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import spacy
from spacy.training import Example

from agents.entities.bundled import BUNDLED
from agents.entities.evaluate import evaluate
from agents.entities.pipeline import INSTALLED, choose
from agents.entities.score import ALL, tally
from agents.entities.table import load_table
from tests.agents.entities.samples.__main__ import samples
from tests.quality.corpora import corpora, without_doubt
from tests.quality.processor import processor
from tests.quality.row import Row
from tests.quality.sources import OURS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from spacy.language import Language

    from agents.entities.evaluate import Evaluation
    from agents.entities.score import Tally

JUDGED = ("PERSON", "ORG", "LOC")
"""What all the corpora mark. LOC holds GPE and FAC; what re3d calls a nationality is left out."""
FINE = ("GPE", "LOC", "FAC", "NORP")
"""What only ours marks."""
CNN = ("PERSON", "ORG", "GPE", "LOC", "NORP")
NAMES = {ALL: "all labels"}


def rows(data: Path | None) -> Iterator[Row]:
    """Measure every pipeline that is here, on ours and on each corpus that is there."""
    ours = samples()
    table = load_table()
    read = list(corpora(data)) if data else []
    whole = [corpus for corpus in read if corpus.is_whole]
    cnn = untrained()
    # Ours three times over: once through is too short a time to be measured.
    timed = {OURS: ours * 3} | {corpus.name: corpus.documents for corpus in whole}
    cost = {name: evaluate(cnn, table, documents, labels=JUDGED) for name, documents in timed.items()}
    for name in _pipelines():
        choice, nlp = choose(name, strict=True)
        shown = name if name in BUNDLED else f"{name} {choice.version}"
        yield from _scored(shown, OURS, evaluate(nlp, table, ours, labels=JUDGED).tallies)
        fine = evaluate(nlp, table, ours, labels=FINE, apart=True).tallies
        yield from _scored(shown, f"{OURS}, places apart", fine, without=(ALL,))
        yield _speed(shown, OURS, evaluate(nlp, table, timed[OURS], labels=JUDGED), cost[OURS])
        for corpus in read:
            result = evaluate(nlp, table, corpus.documents, labels=JUDGED)
            tallies = tally(without_doubt(corpus.documents, result.judged))
            yield from _scored(shown, corpus.name, tallies, without=() if corpus.is_whole else JUDGED)
            if corpus.is_whole:
                yield _speed(shown, corpus.name, result, cost[corpus.name])


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


def _scored(
    pipeline: str, data: str, tallies: Mapping[str, Tally], *, without: Container[str] = ()
) -> Iterator[Row]:
    for label, one in tallies.items():
        if label in without:
            continue
        scores = {"P": one.precision or 0.0, "R": one.recall or 0.0, "F": one.f or 0.0}
        yield Row("entities", f"{pipeline}, {NAMES.get(label, label)}", data, one.there, "names", scores)


def _speed(pipeline: str, data: str, result: Evaluation, cnn: Evaluation) -> Row:
    ratio = {"words/s to CNN": result.words_per_second / cnn.words_per_second}
    return Row("entities", f"{pipeline}, speed on {processor()}", data, result.words, "words", ratio)
