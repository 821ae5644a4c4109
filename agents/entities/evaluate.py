"""A pipeline held against texts whose names are known: by the program's own extraction, with its speed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.entities.extract import TOGETHER, Source, extract
from agents.entities.gold.document import GoldError
from agents.entities.score import Judged, Span, Tally, judge, judgeable, label_of, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.language import Language

    from agents.entities.gold.document import Marked
    from agents.entities.table import Table

WARM = Source("Reuters reports from Kyiv.")
"""What a pipeline makes at its first text isn't the text's cost."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out, on how much."""

    tallies: dict[str, Tally]
    """By label, and `all`."""
    judged: tuple[Judged, ...]
    """By document."""
    words: int
    """Between spaces."""
    seconds: float
    """Of processor time, of all threads together: other work on the machine doesn't count, a second thread
    is no gain."""
    left_out: dict[str, int]
    """Names in the gold whose label is not judged, by the gold's label."""

    @property
    def words_per_second(self) -> float:
        """On one thread."""
        return self.words / self.seconds if self.seconds else 0.0


def evaluate(
    nlp: Language,
    table: Table,
    documents: Sequence[Marked],
    *,
    labels: Iterable[str] | None = None,
    apart: bool = False,
    shown: Callable[[int], None] = lambda _: None,
) -> Evaluation:
    """Find the names of each document, and hold them against those that are there.

    Args:
        nlp: the pipeline, as `pipeline.choose` loads it.
        table: of names, as the program has it.
        documents: with their names.
        labels: what is judged; without it, all labels of the documents that a pipeline can give.
        apart: GPE and FAC are labels of their own, not LOC.
        shown: given the number of documents done, from time to time.

    Raises:
        GoldError: the documents have no name that can be judged.
    """
    wanted = _wanted(documents, labels, apart=apart)
    extract(nlp, table, [WARM])
    judged: list[Judged] = []
    seconds = 0.0
    for at in range(0, len(documents), TOGETHER):
        batch = documents[at : at + TOGETHER]
        sources = [Source(one.text) for one in batch]
        began = time.process_time()
        found = extract(nlp, table, sources)
        seconds += time.process_time() - began
        for one, entities in zip(batch, found, strict=True):
            spans = [Span(entity.start, entity.end, entity.label) for entity in entities]
            judged.append(judge(one.text, one.names, spans, wanted, apart=apart))
        shown(len(judged))
    return Evaluation(
        tallies=tally(judged),
        judged=tuple(judged),
        words=sum(len(one.text.split()) for one in documents),
        seconds=seconds,
        left_out=dict(
            Counter(
                name.label
                for one in documents
                for name in one.names
                if label_of(name.label, apart=apart) not in wanted
            ).most_common()
        ),
    )


def _wanted(documents: Iterable[Marked], labels: Iterable[str] | None, *, apart: bool) -> frozenset[str]:
    there = {name.label for one in documents for name in one.names}
    mapped = {label_of(label, apart=apart) for label in there}
    asked = mapped if labels is None else {label_of(label, apart=apart) for label in labels}
    wanted = judgeable(asked)
    if not wanted & mapped:
        what = f"the labels {', '.join(sorted(there))}" if there else "no names"
        of_these = "" if labels is None else f", and of these {', '.join(sorted(asked))}"
        raise GoldError(
            f"there is nothing to judge: the texts have {what}; what can be judged is PERSON (or PER), ORG, "
            f"LOC, GPE, FAC, NORP and spaCy's others{of_these}"
        )
    return wanted
