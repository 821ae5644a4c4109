"""Entities found beside the event loop, in processes that each hold the pipeline. It fails open.

Whatever happens to a text (spaCy raises, it takes too long, the process dies), it comes back with an error in
place of entities, the other texts of its batch come back with theirs, and the caller sees no exception.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.pool import ProcessPool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

    from agents.entities.choice import Choice
    from agents.entities.extract import Source
    from agents.entities.table import Table
    from streams.records import Entity
    from streams.settings import Settings

_loaded: tuple[Choice, Language, Table] | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The entities of a text, or why there are none to be had."""

    entities: tuple[Entity, ...] = ()
    error: str | None = None


class ExtractorPool:
    """`processes` copies of the pipeline that `pipeline.choose` chooses.

    Args:
        configured: name or folder of a pipeline, if one was asked for.
        strict: raise rather than fall back, see `pipeline.choose`.
        processes: how many.
        batch_size: texts a process takes at once.
        seconds: time limit for a batch; one that exceeds it is tried again text by text, with the same limit.
        names: the user's own table of names.
    """

    choice: Choice
    """What was chosen; known once the pool has started."""

    def __init__(
        self,
        configured: str | None = None,
        *,
        strict: bool = False,
        processes: int = 1,
        batch_size: int = 16,
        seconds: float = 30.0,
        names: Path | None = None,
    ) -> None:
        self._pool = ProcessPool(processes, _load, (configured, strict, names))
        self._batch_size = batch_size
        self._seconds = seconds

    @classmethod
    def of(cls, settings: Settings) -> ExtractorPool:
        """The pool that the settings ask for."""
        return cls(
            settings.spacy_model,
            strict=settings.spacy_strict,
            names=settings.names,
            processes=settings.nlp_processes,
            batch_size=settings.nlp_batch,
            seconds=settings.nlp_timeout.total_seconds(),
        )

    @property
    def pids(self) -> list[int]:
        """Of the processes that hold the pipeline now."""
        return self._pool.pids

    def begin(self) -> None:
        """Begin to load the pipeline in every process, without waiting for it."""
        self._pool.begin()

    async def start(self) -> None:
        """Wait until the pipeline is loaded in every process.

        Raises:
            StartError: it could not be loaded.
        """
        await self._pool.start()
        self.choice = await self._pool.run(self._seconds, _chosen)

    async def extract(self, sources: Sequence[Source]) -> list[Extraction]:
        """One extraction for each source, in order."""
        size = self._batch_size
        batches = [sources[i : i + size] for i in range(0, len(sources), size)]
        done = await asyncio.gather(
            *(self._pool.each(self._seconds, _extract, batch, self._failed) for batch in batches)
        )
        return [extraction for batch in done for extraction in batch]

    def close(self) -> None:
        """End all processes."""
        self._pool.close()

    def _failed(self, _source: Source, error: Exception) -> Extraction:
        took = f"took longer than {self._seconds:g} s"
        return Extraction(error=took if isinstance(error, TimeoutError) else str(error))


# What runs in the child imports spaCy there (150 MB); the parent imports this module and stays small.


def _load(configured: str | None, strict: bool, names: Path | None) -> None:
    global _loaded  # noqa: PLW0603  a process holds one pipeline
    from agents.entities.pipeline import choose  # noqa: PLC0415
    from agents.entities.table import load_table  # noqa: PLC0415

    _loaded = *choose(configured, strict=strict), load_table(names)


def _chosen() -> Choice:
    if _loaded is None:
        raise RuntimeError("the process has no pipeline")
    return _loaded[0]


def _extract(sources: Sequence[Source]) -> list[Extraction]:
    """In the child: all at once; where one text makes spaCy raise, each by itself."""
    from agents.entities.extract import extract  # noqa: PLC0415

    if _loaded is None:
        raise RuntimeError("the process has no pipeline")
    _, nlp, table = _loaded
    try:
        return [Extraction(entities) for entities in extract(nlp, table, sources)]
    except Exception as error:  # noqa: BLE001  fail open: whatever a component raises, the news goes on
        if len(sources) == 1:
            return [Extraction(error=f"{type(error).__name__}: {error}"[:500])]
        return [extraction for source in sources for extraction in _extract([source])]
