"""The order of choice, and what is said when a pipeline can't be had."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.training import Example

from agents.entities import pipeline
from agents.entities.bundled import NAME, VERSION

if TYPE_CHECKING:
    from pathlib import Path

NOT_INSTALLED = pytest.mark.skipif(
    importlib.util.find_spec("en_core_web_sm") is not None, reason="en_core_web_sm is installed here"
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder as `nlp.to_disk` makes it, with a statistical recogniser and a component nobody needs."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("X")  # type: ignore[attr-defined]
    nlp.add_pipe("ner").add_label("ORG")  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("a"), {"words": ["a"], "tags": ["X"]})])
    nlp.meta["version"] = "7.7.7"
    nlp.to_disk(tmp_path / "saved")
    return tmp_path / "saved"


def test_a_configured_folder_is_used(saved: Path) -> None:
    """Its version is told, and what entities don't need is not loaded."""
    choice, nlp = pipeline.choose(str(saved), strict=True)
    assert (str(saved), "7.7.7", "configured", ()) == (
        choice.name,
        choice.version,
        choice.why,
        choice.warnings,
    )
    assert nlp.pipe_names == ["ner"]


def test_a_ruler_keeps_what_it_may_ask_for(saved: Path) -> None:
    """With a component that may read tags, the tagger stays."""
    nlp = spacy.load(saved)
    nlp.add_pipe("entity_ruler")
    nlp.to_disk(saved)
    assert pipeline.choose(str(saved))[1].pipe_names == ["tagger", "ner", "entity_ruler"]


@NOT_INSTALLED
def test_the_bundled_one_is_the_last_resort() -> None:
    """Nothing configured, nothing installed: the default, and no warning."""
    choice, _ = pipeline.choose()
    assert (choice.name, choice.why, choice.warnings) == (NAME, "en_core_web_sm is not installed", ())
    assert choice.version.startswith(f"{VERSION}+")


@NOT_INSTALLED
@pytest.mark.parametrize("kind", ["a wrong name", "a broken folder"])
def test_one_that_cannot_be_used(saved: Path, kind: str) -> None:
    """Not strict: the next in the order, with a warning that names it. Strict: an error with the way out."""
    name = str(saved) if kind == "a broken folder" else "no_such_pipeline"
    (saved / "ner" / "model").write_bytes(b"broken")
    choice, _ = pipeline.choose(name)
    assert choice.name == NAME
    assert [f"'{name}' can't be used" in warning for warning in choice.warnings] == [True]
    with pytest.raises(pipeline.PipelineError, match="NEWSWATCH_SPACY_MODEL") as raised:
        pipeline.choose(name, strict=True)
    assert f"'{name}'" in str(raised.value)


@NOT_INSTALLED
def test_strict_with_nothing_configured_wants_the_installed_one() -> None:
    """Falling back to the default is what strict forbids; asking for the default by name is not."""
    with pytest.raises(pipeline.PipelineError, match="'en_core_web_sm'"):
        pipeline.choose(strict=True)
    assert pipeline.choose(NAME, strict=True)[0].name == NAME


def test_one_without_entities_is_remarked(tmp_path: Path) -> None:
    """It is what the user asked for, so it is used; but it is said."""
    spacy.blank("en").to_disk(tmp_path / "empty")
    choice, _ = pipeline.choose(str(tmp_path / "empty"))
    assert [f"spaCy pipeline '{tmp_path / 'empty'}' has no component that says it finds entities"] == list(
        choice.warnings
    )
