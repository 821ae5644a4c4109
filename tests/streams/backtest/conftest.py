"""News that has been, made without a broker by the steps' own code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.deduplicate.brokerless import verdicts
from agents.ingest.parse import Delivery, Refused, parse
from seeds.generate import generate
from streams.records import Enriched, Entity, Model, Position, Sequenced
from streams.topology import ENRICHED, REPEATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ARRIVED = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHARES = {"original": 0.4, "exact_copy": 0.2, "reprint": 0.3, "update": 0.1}
LAGOS = Entity(text="Lagos", label="GPE", start=0, end=5, canonical="Lagos", canonical_id="city:2332459")


@pytest.fixture(scope="session")
def news() -> list[Sequenced]:
    """150 generated articles with their verdicts; each fifth `seq` is one that was rejected."""
    parsed = []
    for number, article in enumerate(generate(150, seed=3, shares=SHARES, watch_share=0.3)):
        position = Position(topic="news.raw", partition=0, offset=number)
        payload = msgspec.json.encode(article)
        read = parse(Delivery(payload=payload, position=position, arrived=ARRIVED, origin="replay"))
        assert not isinstance(read, Refused)
        parsed.append(read)
    found: list[Sequenced] = []
    for number, (article, verdict) in enumerate(zip(parsed, verdicts(parsed), strict=True)):
        given = {
            **msgspec.structs.asdict(article),
            "minhash": b"",
            "seq": number * 5 // 4,
            "verdict": verdict,
        }
        if verdict.status in {"new", "update"}:
            found.append(Enriched(**given, entities=(LAGOS,), model=Model(name="m", version="1")))
        else:
            found.append(Sequenced(**given))
    return found


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Iterable[Sequenced]], Path]:
    """Write a folder of history: two partitions a topic, one after the other."""

    def written(articles: Iterable[Sequenced]) -> Path:
        there = list(articles)
        for topic, kind in ((ENRICHED, Enriched), (REPEATS, Sequenced)):
            own = [article for article in there if type(article) is kind]
            lines = [msgspec.json.encode(article) + b"\n" for article in (*own[::2], *own[1::2])]
            (tmp_path / f"{topic}.jsonl").write_bytes(b"".join(lines))
        return tmp_path

    return written
