"""The bundled pipelines, good without any download, and what each is made of.

Two have a network, which finds persons, bodies and places, beside what the table and the rules know; one has
only these. All are made from the program's own files.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import spacy
from spacy.util import compile_infix_regex

from agents.entities import known, network, rules, second_look, sentences, tagger
from agents.entities.table import ACRONYM_LENGTH, SEEDS, Name, load_table
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from spacy.language import Language

NAME = "newswatch-default"
VERSION = "2.1.0"
"""Raised when the rules or the networks change what is found."""
CITY_POPULATION = 100_000
"""From here up a city counts wherever it stands; see docs/decisions/0004-entities.md for the measurement."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """One of the pipelines."""

    name: str
    summary: str
    network: str | None = None
    """The network's file in `model/`, if it has one."""

    @property
    def files(self) -> Mapping[str, str]:
        """The SHA-256 of each file of the network, by name; empty without one."""
        wanted = (self.network, network.TOKENIZER) if self.network else ()
        return {name: total for name, total in network.sums().items() if name in wanted}

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return network.MODELS

    @property
    def card(self) -> Path | None:
        """The network's model card: data, licences, recipe, scores, limits."""
        return network.MODELS / "README.md" if self.network else None

    @property
    def licence(self) -> str:
        """As SPDX has it."""
        return "Apache-2.0"


BUNDLED: Mapping[str, Bundled] = {
    pipeline.name: pipeline
    for pipeline in (
        Bundled(NAME, "six-layer network, table of names, rules", "six.onnx"),
        Bundled("newswatch-fast", "three-layer network, table of names, rules", "fast.onnx"),
        Bundled("newswatch-rules", "table of names and rules, no network"),
    )
}
"""By name, the default first."""


def build(name: str = NAME) -> Language:
    """Make a bundled pipeline from the program's files; takes two to three seconds.

    Raises:
        KeyError: there is none of that name.
        ModelError: a file of its network is missing or not the one it should be.
    """
    made = BUNDLED[name]
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = compile_infix_regex(  # type: ignore[union-attr]
        [*(nlp.Defaults.infixes or ()), r"(?<=\.)[-–](?=[A-Za-z])"]  # 'U.S.-Russia'
    ).finditer
    patterns = [{"label": name.label, "pattern": spelling} for name, spelling in _patterns()]
    nlp.add_pipe(sentences.FACTORY)
    if made.network:
        nlp.add_pipe(tagger.FACTORY, config={"model": made.network}).load()  # type: ignore[attr-defined]
    nlp.add_pipe(known.FACTORY).add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.add_pipe(second_look.FACTORY if made.network else rules.FACTORY)
    nlp.meta["name"] = name
    nlp.meta["version"] = f"{VERSION}+{_digest(patterns, made.files)}"
    return nlp


def _digest(patterns: list[dict[str, str]], files: Mapping[str, str]) -> str:
    """Changes with the names and the network, so that a record says by what it was made.

    Whatever the names' order, which differs from process to process: the libraries have sets.
    """
    ordered = sorted((pattern["label"], pattern["pattern"]) for pattern in patterns)
    return hashlib.blake2b(repr((ordered, sorted(files.items()))).encode(), digest_size=4).hexdigest()


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
        if "’" in form:
            yield form.replace("’", "'")
        if len(form) > ACRONYM_LENGTH or form.istitle():
            yield form.upper()
