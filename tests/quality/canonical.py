"""Which names of a document mean the same: B³ of what `resolve` makes of gold mentions.

Scored is every gold mention that is a name: of a person, an organisation or a place, in a span that holds
nothing else but an article, quotation marks or a possessive. 'One of the founders of the University of
California' is a person, and no name of one. Names that stand once in a document count as well, as they do
in `newswatch`: merged with another they cost precision.

B³ after Bagga and Baldwin (1998), 'Algorithms for scoring coreference chains', section 4: each mention's
precision is the share of those resolved alike that its chain has, its recall the share of its chain that is
resolved alike; both are averaged over the mentions of all documents, each of equal weight.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agents.entities.canonical import Found, resolve
from agents.entities.table import load_table
from tests.quality.row import Row

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from typing import Any

GUM = "canonical/gum.jsonl"
OURS = Path(__file__).parents[1] / "agents/entities/samples/canonical.txt"
MARK = re.compile(r"\[(?P<label>[A-Z]+) (?P<chain>\w+)\|(?P<name>[^]]+)]")
LABELS = {"person": "PERSON", "organization": "ORG", "place": "GPE"}
BESIDE = frozenset({"the", "a", "an", "'s", "’s", "'", "’", '"', "“", "”", "(", ")", ","})
"""What may stand in a mention beside the name."""
OPENING = frozenset({"(", "[", "“", "$", "£", "€"})
CLOSING = frozenset({")", "]", "”", ",", ".", ";", ":", "!", "?", "%", "'s", "’s", "n't", "n’t", "'", "’"})


class Named(NamedTuple):
    """A document, its gold names, and which chain each belongs to."""

    id: str
    text: str
    mentions: tuple[Found, ...]
    chains: tuple[str, ...]


class Score(NamedTuple):
    """B³, and over how many mentions."""

    n: int
    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bcubed(documents: Iterable[tuple[Sequence[Hashable], Sequence[Hashable]]]) -> Score:
    """Score documents, each the gold chain and the resolved id of its mentions."""
    precision = recall = 0.0
    n = 0
    for gold, found in documents:
        both = list(zip(gold, found, strict=True))
        n += len(both)
        for chain, key in both:
            alike = sum(pair == (chain, key) for pair in both)
            precision += alike / sum(other == key for _, other in both)
            recall += alike / sum(other == chain for other, _ in both)
    return Score(n, precision / n, recall / n) if n else Score(0, 0.0, 0.0)


def read_gum(path: Path) -> list[Named]:
    """Read the documents of the corpus."""
    with path.open(encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def _document(row: dict[str, Any]) -> Named:
    text, spans = _joined(row["tokens"])
    mentions, chains = [], []
    for mention in sorted(row["mentions"], key=lambda m: (m["name"] or [0, 0], m["start"])):
        if not _is_name(mention, row["tokens"]):
            continue
        start, end = spans[mention["name"][0]][0], spans[mention["name"][1] - 1][1]
        mentions.append(Found(text[start:end], LABELS[mention["type"]], start, end))
        chains.append(mention["chain"])
    return Named(row["id"], text, tuple(mentions), tuple(chains))


def _is_name(mention: dict[str, Any], tokens: Sequence[str]) -> bool:
    if mention["name"] is None or mention["type"] not in LABELS:
        return False
    start, end = mention["name"]
    beside = [*tokens[mention["start"] : start], *tokens[end : mention["end"]]]
    return all(token.lower() in BESIDE for token in beside)


def _joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text as it is printed, and where each token stands in it."""
    text, spans = "", []
    for token in tokens:
        if text and token not in CLOSING and text[-1] not in OPENING:
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def resolved(documents: Iterable[Named]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Gold chain and resolved id of each document's mentions."""
    table = load_table()
    for document in documents:
        found = resolve(document.text, document.mentions, table)
        yield document.chains, tuple(identity.id for identity in found)


def halves(documents: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """Every second document by id: one half was looked at while the rules were written, the other was not."""
    ordered = sorted(documents, key=lambda document: document.id)
    return ordered[::2], ordered[1::2]


def read_ours(path: Path) -> list[Named]:
    """Read the repository's own texts, one a paragraph, their names marked `[LABEL chain|name]`."""
    paragraphs = [part for part in path.read_text(encoding="utf-8").split("\n\n") if part[0] != "#"]
    return [_marked(f"ours-{number}", part.strip()) for number, part in enumerate(paragraphs, 1)]


def _marked(key: str, paragraph: str) -> Named:
    text, mentions, chains, reached = "", [], [], 0
    for mark in MARK.finditer(paragraph):
        text += paragraph[reached : mark.start()]
        mentions.append(Found(mark["name"], mark["label"], len(text), len(text) + len(mark["name"])))
        chains.append(mark["chain"])
        text += mark["name"]
        reached = mark.end()
    return Named(key, text + paragraph[reached:], tuple(mentions), tuple(chains))


def rows(data: Path | None) -> Iterator[Row]:
    """Score our own texts, and with the corpora the halves of GUM, of which one was never looked at."""
    yield _row("all names", "ours", read_ours(OURS))
    if data is None or not (data / GUM).exists():
        return
    documents = read_gum(data / GUM)
    seen, unseen = halves(documents)
    yield _row("all names", "gum", documents)
    yield _row("half the rules were written on", "gum", seen)
    yield _row("half held back", "gum", unseen)


def _row(subject: str, data: str, documents: Sequence[Named]) -> Row:
    score = bcubed(resolved(documents))
    scores = {"P": score.precision, "R": score.recall, "F": score.f}
    return Row("canonical", subject, data, score.n, "mentions", scores)
