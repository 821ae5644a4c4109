"""The bundled pipeline, good without any download: the table as an EntityRuler, sentences, the rules."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

import spacy
from spacy.util import compile_infix_regex

from agents.entities.rules import FACTORY
from agents.entities.table import ACRONYM_LENGTH, SEEDS, Name, load_table
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

NAME = "newswatch-default"
VERSION = "1.0.0"
"""Raised when the rules change what is found."""
CITY_POPULATION = 100_000
"""From here up a city counts wherever it stands; see docs/decisions/0004-entities.md for the measurement."""


def build() -> Language:
    """Make the pipeline from the program's data; takes about a second."""
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = compile_infix_regex(  # type: ignore[union-attr]
        [*(nlp.Defaults.infixes or ()), r"(?<=\.)[-–](?=[A-Za-z])"]  # 'U.S.-Russia'
    ).finditer
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [{"label": name.label, "pattern": spelling} for name, spelling in _patterns()]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(FACTORY)
    nlp.meta["name"] = NAME
    nlp.meta["version"] = f"{VERSION}+{_digest(patterns)}"
    return nlp


def _digest(patterns: list[dict[str, str]]) -> str:
    """Changes with the seeds' and the libraries' names, so that a record says by which names it was made.

    Whatever their order, which differs from process to process: the libraries have sets.
    """
    ordered = sorted((pattern["label"], pattern["pattern"]) for pattern in patterns)
    return hashlib.blake2b(repr(ordered).encode(), digest_size=4).hexdigest()


def _patterns() -> Iterator[tuple[Name, str]]:
    lines = (SEEDS / "ambiguous.txt").read_text(encoding="utf-8").splitlines()
    ambiguous = load_words().given_names.union(lines)
    seen: set[str] = set()
    for name in load_table().names:
        if name.population is not None and (name.population < CITY_POPULATION or name.name in ambiguous):
            continue
        for spelling in name.spellings:
            for variant in _variants(spelling):
                if variant not in seen:
                    seen.add(variant)
                    yield name, variant


def _variants(spelling: str) -> Iterator[str]:
    """As spelt, without accents, with a curly apostrophe, and in capitals as datelines have it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelling) if not unicodedata.combining(c))
    for form in dict.fromkeys((spelling, bare)):
        yield form
        if form.startswith("the "):
            yield form.replace("the ", "The ", 1)
        if "'" in form:
            yield form.replace("'", "’")
        if len(form) > ACRONYM_LENGTH or form.istitle():
            yield form.upper()
