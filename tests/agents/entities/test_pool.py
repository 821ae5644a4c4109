"""The pool fails open: a bad text costs its own entities, never another's, never an exception."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from typing import TYPE_CHECKING

import pytest
import spacy

from agents.entities.extract import Source
from agents.entities.pool import Extraction, ExtractorPool
from streams.pool import StartError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TROUBLED = """
import os, time
from spacy.language import Language
from spacy.tokens import Span

@Language.component("troubled")
def troubled(doc):
    if "RAISE" in doc.text:
        raise ValueError("as asked")
    if "DIE" in doc.text:
        os._exit(9)
    while "HANG" in doc.text:
        time.sleep(0.1)
    doc.ents = [Span(doc, 0, 1, "ORG")]
    return doc
"""
ENTRY_POINTS = "[spacy_factories]\ntroubled = troubled:troubled\n"
"""The way a package gives spaCy a component; a spawned process finds it on the parent's `sys.path`."""


@pytest.fixture
async def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtractorPool]:
    """Two processes with a pipeline that raises, dies or hangs when the text says so."""
    (tmp_path / "troubled.py").write_text(TROUBLED, encoding="utf-8")
    described = tmp_path / "troubled-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: troubled\nVersion: 1\n", encoding="utf-8"
    )
    (described / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("troubled")
    nlp = spacy.blank("en")
    nlp.add_pipe("troubled")
    nlp.to_disk(tmp_path / "pipeline")
    extractors = ExtractorPool(str(tmp_path / "pipeline"), processes=2, batch_size=3, seconds=3.0)
    await extractors.start()
    try:
        yield extractors
    finally:
        extractors.close()


def told(extractions: list[Extraction]) -> list[str]:
    """The first entity, or the error, of each."""
    return [e.error if e.error is not None else e.entities[0].text for e in extractions]


async def test_a_bad_text_costs_only_its_own(pool: ExtractorPool) -> None:
    """Raising, dying and hanging texts among good ones: an error each, and all others have their entities."""
    texts = ["Alpha", "RAISE x", "Beta", "Gamma", "DIE x", "Delta", "HANG x", "Epsilon"]
    found = told(await pool.extract([Source(text) for text in texts]))
    assert [found[i] for i in (0, 2, 3, 5, 7)] == ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
    assert "as asked" in found[1]
    assert "died" in found[4]
    assert found[6] == "took longer than 3 s"
    assert told(await pool.extract([Source("Zeta")])) == ["Zeta"]


async def test_a_child_killed_at_work_loses_nothing(pool: ExtractorPool) -> None:
    """Killed from outside, the batch is done again by the process that takes its place."""
    before = pool.pids
    work = asyncio.ensure_future(pool.extract([Source(f"W{n}") for n in range(60)]))
    await asyncio.sleep(0)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert [f"W{n}" for n in range(60)] == told(await work)
    assert not set(before) & set(pool.pids)


async def test_closed_it_still_fails_open(pool: ExtractorPool) -> None:
    """An article that comes after the end is marked, not lost in an exception."""
    pool.close()
    [extraction] = await pool.extract([Source("Alpha")])
    assert extraction.error == "the pool is closed"
    assert await pool.extract([]) == []


async def test_a_pipeline_that_is_gone_is_said_at_the_start() -> None:
    """What was chosen and is no longer there is an error of `start`, with its name."""
    pool = ExtractorPool("no_such_pipeline", strict=True)
    with pytest.raises(StartError, match="no_such_pipeline"):
        await pool.start()
    pool.close()


async def test_what_was_chosen_is_known_once_it_has_started(pool: ExtractorPool) -> None:
    """Every record carries it."""
    assert (pool.choice.why, bool(pool.choice.version)) == ("configured", True)
