"""The pipeline that a command was asked for, and no other; without one, the one that a worker would use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.pipeline import PipelineError, choose

if TYPE_CHECKING:
    from spacy.language import Language

    from agents.entities.choice import Choice
    from streams.settings import Settings


def chosen(settings: Settings, asked: str | None = None) -> tuple[Choice, Language]:
    """Load it.

    Raises:
        PipelineError: what was asked for can't be used, or what strict settings ask for.
    """
    if asked is None:
        return choose(settings.spacy_model, strict=settings.spacy_strict)
    try:
        return choose(asked, strict=True)
    except PipelineError as error:
        # The outer message gives ways out of strict settings, of which there are none here.
        raise PipelineError(str(error.__cause__ or error)) from error
