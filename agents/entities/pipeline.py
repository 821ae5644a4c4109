"""Which spaCy pipeline finds the entities, and loading it.

In this order: the configured name or path, an installed `en_core_web_sm`, the bundled default.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import spacy
from spacy.pipeline.tok2vec import Tok2VecListener

from agents.entities import bundled
from agents.entities.choice import Choice
from agents.entities.network import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

INSTALLED = "en_core_web_sm"
SPARE = frozenset(
    [
        *("tagger", "morphologizer", "lemmatizer", "trainable_lemmatizer", "attribute_ruler"),
        *("parser", "senter", "textcat", "textcat_multilabel"),
    ]
)
"""Factories whose output `ner` does not read; more than half of the time of spaCy's English pipelines."""
UNDERSTOOD = frozenset({"tok2vec", "transformer", "curated_transformer", "ner", "beam_ner", "sentencizer"})
"""Where every other component is one of these, the spare ones can go. A ruler may ask for lemmas or tags."""
TRIAL = "Reuters reports from Kyiv."


class PipelineError(RuntimeError):
    """A pipeline that was asked for can't be used; the message names it and the way out."""


def choose(configured: str | None = None, *, strict: bool = False) -> tuple[Choice, Language]:
    """Load the first pipeline that can be used.

    Args:
        configured: a package's name, a folder made by `nlp.to_disk`, or a bundled one of
            `bundled.BUNDLED`.
        strict: what is configured must load; with nothing configured, `en_core_web_sm` must. Falling back to
            the default is what strict forbids; asking for it by name is not.

    Raises:
        PipelineError: strict, and the pipeline wanted cannot be used; or the bundled default is damaged.
    """
    told: list[str] = []
    wanted = [(configured, "configured")] if configured else []
    for name, why in [*wanted, (INSTALLED, "installed")]:
        try:
            nlp, notes = _load(name)
        except PipelineError as error:
            if strict:
                raise PipelineError(
                    f"{error}. NEWSWATCH_SPACY_STRICT asks for it: install it, set NEWSWATCH_SPACY_MODEL to "
                    f"another name or path or to '{bundled.NAME}', or unset NEWSWATCH_SPACY_STRICT"
                ) from error
            if why == "configured":
                told.append(f"{error}; the next in the order is used")
            continue
        return Choice(name, str(nlp.meta["version"]), why, (*told, *notes)), nlp
    nlp, _ = _load(bundled.NAME)
    return Choice(bundled.NAME, str(nlp.meta["version"]), f"{INSTALLED} is not installed", tuple(told)), nlp


def _load(name: str) -> tuple[Language, tuple[str, ...]]:
    if name in bundled.BUNDLED:
        try:
            return bundled.build(name), ()
        except ModelError as error:
            raise PipelineError(f"bundled pipeline '{name}' can't be used: {error}") from error
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            nlp = _only_needed(spacy.load(name))
            nlp(TRIAL)
        except Exception as error:  # a broken folder fails anywhere: config, vocab, weights, the first text
            reason = " ".join(str(error).split()).partition(". ")[0]
            raise PipelineError(f"spaCy pipeline '{name}' can't be used: {reason}") from error
    notes = [" ".join(str(warning.message).split()) for warning in caught]
    if not any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        notes.append(f"spaCy pipeline '{name}' has no component that says it finds entities")
    return nlp, tuple(notes)


def _only_needed(nlp: Language) -> Language:
    """The pipeline without what `ner` doesn't read, where that is safe."""
    spare = [pipe for pipe in nlp.pipe_names if nlp.get_pipe_meta(pipe).factory in SPARE]
    if {nlp.get_pipe_meta(pipe).factory for pipe in nlp.pipe_names if pipe not in spare} - UNDERSTOOD:
        return nlp
    for pipe in spare:
        nlp.remove_pipe(pipe)
    if "tok2vec" in nlp.pipe_names and not any(_listens(nlp, pipe) for pipe in nlp.pipe_names):
        nlp.remove_pipe("tok2vec")
    return nlp


def _listens(nlp: Language, pipe: str) -> bool:
    model = getattr(nlp.get_pipe(pipe), "model", None)
    return model is not None and any(isinstance(node, Tok2VecListener) for node in model.walk())
