"""The bundled pipeline: what is good without any download. Sentences, the table as an EntityRuler, the rules."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import spacy
from spacy.util import compile_infix_regex

from agents.entities.rules import FACTORY
from agents.entities.table import ACRONYM_LENGTH, SEEDS, Name, load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

NAME = "newswatch-default"
CITY_POPULATION = 100_000
"""From here up a city counts wherever it stands; see docs/decisions/0004-entities.md for the measurement."""


def build() -> Language:
    """Make the pipeline from the program's data; takes about a second."""
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = compile_infix_regex(  # type: ignore[union-attr]
        [*nlp.Defaults.infixes, r"(?<=\.)[-–](?=[A-Za-z])"]  # 'U.S.-Russia'
    ).finditer
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": n.label, "pattern": s} for n, s in _patterns()])  # type: ignore[attr-defined]
    nlp.add_pipe(FACTORY)
    return nlp


def _patterns() -> Iterator[tuple[Name, str]]:
    ambiguous = frozenset((SEEDS / "ambiguous.txt").read_text(encoding="utf-8").splitlines())
    seen: set[str] = set()
    for name in load_table().names:
        if name.population is not None and (
            name.population < CITY_POPULATION or ambiguous.intersection(name.spellings)
        ):
            continue
        for spelling in name.spellings:
            for variant in _variants(spelling):
                if variant not in seen:
                    seen.add(variant)
                    yield name, variant


def _variants(spelling: str) -> Iterator[str]:
    """As spelt, without accents, with a curly apostrophe, and in capitals as datelines and headings have it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelling) if not unicodedata.combining(c))
    for form in dict.fromkeys((spelling, bare)):
        yield form
        if form.startswith("the "):
            yield form.replace("the ", "The ", 1)
        if "'" in form:
            yield form.replace("'", "’")
        if len(form) > ACRONYM_LENGTH or form.istitle():
            yield form.upper()
