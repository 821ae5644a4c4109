"""Entities found beside the event loop, in processes that each hold the pipeline. It fails open.

Whatever happens to a text (spaCy raises, it takes too long, the process dies), it comes back with an error in
place of entities, the other texts of its batch come back with theirs, and the caller sees no exception.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.pool import ProcessDiedError, ProcessPool, StartError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

    from agents.entities.choice import Choice
    from agents.entities.extract import Source
    from agents.entities.table import Table
    from streams.records import Entity

CHOOSE_SECONDS = 300.0
"""Choosing may try three pipelines, each as slow as one start."""

_loaded: tuple[Language, Table] | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The entities of a text, or why there are none to be had."""

    entities: tuple[Entity, ...] = ()
    error: str | None = None


class ExtractorPool:
    """`processes` copies of the chosen pipeline.

    Args:
        choice: what `pipeline.choose` or `choose_apart` said.
        processes: how many.
        batch_size: texts a process takes at once.
        seconds: time limit for a batch; one that exceeds it is tried again text by text, with the same limit.
        names: the user's own table of names.
    """

    def __init__(
        self,
        choice: Choice,
        *,
        processes: int = 1,
        batch_size: int = 16,
        seconds: float = 30.0,
        names: Path | None = None,
    ) -> None:
        self.choice = choice
        self._pool = ProcessPool(processes, _load, (choice, names))
        self._batch_size = batch_size
        self._seconds = seconds

    @property
    def pids(self) -> list[int]:
        """Of the processes that hold the pipeline now."""
        return self._pool.pids

    async def start(self) -> None:
        """Load the pipeline in every process.

        Raises:
            StartError: it could not be loaded.
        """
        await self._pool.start()

    async def extract(self, sources: Sequence[Source]) -> list[Extraction]:
        """One extraction for each source, in order."""
        size = self._batch_size
        batches = [sources[i : i + size] for i in range(0, len(sources), size)]
        done = await asyncio.gather(*(self._batch(batch) for batch in batches))
        return [extraction for batch in done for extraction in batch]

    def close(self) -> None:
        """End all processes."""
        self._pool.close()

    async def _batch(self, sources: Sequence[Source]) -> list[Extraction]:
        try:
            return await self._pool.run(self._seconds, _extract, sources)
        except TimeoutError:
            if len(sources) == 1:
                return [self._too_long()]
        except (ProcessDiedError, StartError):
            pass  # killed from outside, perhaps: one more try, each text by itself
        return list(await asyncio.gather(*(self._single(source) for source in sources)))

    async def _single(self, source: Source) -> Extraction:
        try:
            return (await self._pool.run(self._seconds, _extract, [source]))[0]
        except TimeoutError:
            return self._too_long()
        except (ProcessDiedError, StartError) as error:
            return Extraction(error=str(error))

    def _too_long(self) -> Extraction:
        return Extraction(error=f"took longer than {self._seconds:g} s")


async def choose_apart(configured: str | None = None, *, strict: bool = False) -> Choice:
    """`pipeline.choose` in a process of its own, so that this one need not load spaCy (150 MB).

    Raises:
        PipelineError: see `pipeline.choose`.
    """
    pool = ProcessPool(1)
    try:
        return await pool.run(CHOOSE_SECONDS, _choose, configured, strict)
    finally:
        pool.close()


# What runs in the child imports spaCy there; the parent imports this module and stays small.


def _choose(configured: str | None, strict: bool) -> Choice:
    from agents.entities.pipeline import choose  # noqa: PLC0415

    return choose(configured, strict=strict)


def _load(choice: Choice, names: Path | None) -> None:
    global _loaded  # noqa: PLW0603  a process holds one pipeline
    from agents.entities.pipeline import load  # noqa: PLC0415
    from agents.entities.table import load_table  # noqa: PLC0415

    _loaded = load(choice), load_table(names)


def _extract(sources: Sequence[Source]) -> list[Extraction]:
    """In the child: all at once; where one text makes spaCy raise, each by itself."""
    from agents.entities.extract import extract  # noqa: PLC0415

    if _loaded is None:
        raise RuntimeError("the process has no pipeline")
    try:
        return [Extraction(entities) for entities in extract(*_loaded, sources)]
    except Exception as error:  # noqa: BLE001  fail open: whatever a component raises, the news goes on
        if len(sources) == 1:
            return [Extraction(error=f"{type(error).__name__}: {error}"[:500])]
        return [extraction for source in sources for extraction in _extract([source])]
