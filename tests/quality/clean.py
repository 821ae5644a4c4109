"""What cleaning leaves of pages, against the article that people marked in them.

Words are those of the duplicate check (`normalised_words`), counted as often as they stand there. Precision
is of `body_text` alone. What was moved to `headline`, `byline` or `credit` counts as found: it is kept,
elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from agents.ingest.characters import tidy
from agents.ingest.furniture import strip_furniture
from agents.ingest.identity import normalised_words
from tests.agents.ingest.samples import samples
from tests.quality.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WHOLE_PAGES = ("html-text", "beautifulsoup")
"""The variants that hold all that is visible on a page: line by line, and all in one line."""
GOLD = "GOLD"
_PARAGRAPH = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."
_SENTENCE_SPACES = 4


class Score(NamedTuple):
    """Of one page."""

    page: str
    precision: float
    recall: float
    given: float
    """Recall of the input as it came: what an extractor lost, no cleaning brings back."""

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def kept(self) -> float:
        """Recall of what the input has of the article."""
        return self.recall / self.given if self.given else 1.0


def score(page: str, text: str, gold: str) -> Score:
    """Clean a text and count its words against those of the article."""
    cleaned = strip_furniture(tidy(text))
    body = Counter(normalised_words(cleaned.body_text))
    moved = Counter(
        normalised_words(" ".join(filter(None, (cleaned.headline, cleaned.byline, cleaned.credit))))
    )
    wanted, given = Counter(normalised_words(gold)), Counter(normalised_words(text))
    return Score(
        page=page,
        precision=(body & wanted).total() / (body.total() or 1),
        recall=((body + moved) & wanted).total() / (wanted.total() or 1),
        given=(given & wanted).total() / (wanted.total() or 1),
    )


def pages(data: Path) -> dict[str, dict[int, Score]]:
    """Scores of `copies/pages.jsonl` by variant and cluster."""
    with (data / "copies" / "pages.jsonl").open(encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    gold = {row["cluster"]: row["text"] for row in texts if row["variant"] == GOLD}
    scores: dict[str, dict[int, Score]] = {}
    for row in texts:
        cluster = row["cluster"]
        scores.setdefault(row["variant"], {})[cluster] = score(row["id"], row["text"], gold[cluster])
    return scores


def sentences(data: Path) -> list[bool]:
    """Whether each sentence of `ner/gum.jsonl` stays in an article, between two lines of the page.

    Whoever wrote the rules has not seen these. Five words and an end make a sentence.
    """
    with (data / "ner" / "gum.jsonl").open(encoding="utf-8") as file:
        texts = [tidy(" ".join(json.loads(line)["tokens"])) for line in file]
    whole = [text for text in texts if text.count(" ") >= _SENTENCE_SPACES and text.endswith((".", "!", "?"))]
    around = "{0}\n{0} Then.\nAdvertisement\n{1}\nShare this article\n{0} Now.\n{0} Here."
    kept: list[bool] = []
    for one in whole:
        cleaned = strip_furniture(around.format(_PARAGRAPH, one), "Truce extended")
        # 'Image: NASA.' goes into its field.
        kept.append(
            f"\n{one}\n" in cleaned.body_text or one.rstrip(" .") == (cleaned.credit or "").rstrip(" .")
        )
    return kept


def ours() -> list[Score]:
    """Scores of the pages in the repository."""
    return [score(name, sample.page, sample.body) for name, sample in samples().items()]


def rows(data: Path | None) -> Iterator[Row]:
    """Pages in the repository; with `data` each variant of `copies`, whole pages by halves as well.

    What is cut was decided with the even clusters in sight. Where words of an article were lost, all pages
    were looked at, so the odd ones tell of precision what pages never seen would, of recall they don't.
    """
    yield _row("pages", "ours", ours())
    if data is None:
        return
    kept = sentences(data)
    yield Row(
        section="clean text",
        subject="sentences beside lines of a page",
        data="gum",
        n=len(kept),
        unit="sentences",
        scores={"kept": float(mean(kept))},
    )
    scores = pages(data)
    for variant in sorted(scores, key=lambda one: one not in WHOLE_PAGES):
        of_variant = scores[variant]
        yield _row(variant, "copies", of_variant.values())
        if variant in WHOLE_PAGES:
            halves = (("even", 0), ("odd", 1))
            for half, parity in halves:
                of_half = [one for cluster, one in of_variant.items() if cluster % 2 == parity]
                yield _row(f"{variant}, {half}", "copies", of_half)


def _row(subject: str, data: str, scores: Iterable[Score]) -> Row:
    every = list(scores)
    return Row(
        section="clean text",
        subject=subject,
        data=data,
        n=len(every),
        unit="pages",
        scores={
            "P": mean(one.precision for one in every),
            "R": mean(one.recall for one in every),
            "F": mean(one.f for one in every),
            "worst R": min(one.recall for one in every),
            "R ≥ .99": float(mean(one.recall >= 0.99 for one in every)),
            "kept": mean(one.kept for one in every),
            "worst kept": min(one.kept for one in every),
        },
    )
