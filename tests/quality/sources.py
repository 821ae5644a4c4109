"""The data that quality is measured on: what each is, and whose."""

from __future__ import annotations

from pathlib import Path

VARIABLE = "CORPORA"
OURS = "ours"
"""Data in the repository; a second kind of it has a name that goes on: 'ours, generated'."""

SOURCES = {
    OURS: "in this repository, under `tests/` and `seeds/`; written for it and labelled by hand, Apache-2.0",
    "ours, places apart": "the same sentences; GPE, LOC and FAC are labels of their own",
    "ours, tried": "reports in the forms of newswire that were looked at while the rules were written, their "
    "copies, and reports of the same form with other facts; made by `tests/quality/newswire.py`",
    "ours, held": "the same in forms that were held back",
    "gum-news": "GUM, the Wikinews part, 24 articles: CC BY 2.5. Labels as they are: titles are part of a "
    "person's name, teams named after a country are ORG, and some names are not marked",
    "gum-news, labels cleaned": "the same articles, labels cleaned as those that were trained on (no titles, "
    "no leading 'the', places parted at commas); words of which they leave it open are judged neither way",
    "gum-news, single sentences": "labels as they are, each sentence as if it were the whole article",
    "re3d": "Relationship and Entity Extraction Evaluation Dataset, 75 documents on Syria and Iraq: by "
    "document public domain, OGL 3 or CC BY. Words that are no names ('rebels', 'the country') are marked as "
    "well, which no pipeline here looks for",
    "gum": "GUM, all kinds of text, with the Wikipedia articles that its names mean: by document CC BY, "
    "CC BY-SA or public domain",
    "gum, held out": "every twelfth document of GUM without its news, not trained on, labels cleaned",
    "wikigold, held out": "every twelfth block of twenty sentences of WikiGold (CC BY 4.0), not trained on, "
    "labels cleaned",
    "crossner-politics, held out": "the same of CrossNER's politics, text of Wikipedia (CC BY-SA)",
    "btc, held out": "the same of the Broad Twitter Corpus (CC BY 4.0)",
    "wnut17, held out": "the same of WNUT-17's training set (CC BY 4.0), social media",
    "copies": "60 web pages, each as up to ten extractors deliver it, from the article alone to all that is "
    "visible; kept for measuring only, not public",
    "copies/pages": "the same pages; all that extractors make of one page are copies of each other",
}
"""By the name in a row, up to a comma."""


class NoDataError(Exception):
    """The folder of the corpora isn't one; the message names it."""


def is_ours(data: str) -> bool:
    """Whether a row's data is in the repository, so that anyone can measure it."""
    return data.partition(",")[0] == OURS


def described(data: str) -> str | None:
    """What a row's data is, if that is known."""
    return SOURCES.get(data) or SOURCES.get(data.partition(",")[0])


def folder(named: str | None) -> Path | None:
    """The folder of the corpora, if one was named.

    Raises:
        NoDataError: it isn't there, or it has none of what is read from it.
    """
    if not named:
        return None
    path = Path(named).expanduser()
    if not path.is_dir():
        raise NoDataError(f"{path}: no such folder; the corpora are looked for there ({VARIABLE} or --data)")
    if not any((path / part).is_dir() for part in ("ner", "canonical", "copies")):
        raise NoDataError(
            f"{path} has neither ner/ nor canonical/ nor copies/: is it the folder of the corpora?"
        )
    return path
