"""The simulated month, small: its articles are what they are said to be, and its figures are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.deduplicate.fingerprint import minhash
from streams.records import Article
from tests.bench.bench_long import measure
from tests.bench.month import Month

if TYPE_CHECKING:
    from pathlib import Path


def test_an_article_is_signed_as_ingest_signs_it() -> None:
    """And it is the same each time that it is made."""
    month = Month(3_000, 6)
    for number in range(2_000, 2_050):
        article = month.make(number)
        assert article == month.make(number)
        if isinstance(article, Article):
            assert article.minhash == minhash(article.body_text)


def test_a_month_on_rocksdb_gives_its_figures(tmp_path: Path) -> None:
    """Six days of 300 articles: what left the window has left the memory, and a restart finds the rest."""
    told: list[dict[str, Any]] = []
    result = measure(1_800, 6, tmp_path / "table.db", lambda _, row: told.append(row) if row else None)
    assert told == result["by_day"]
    assert [row["articles"] for row in told] == [300] * 6
    assert all(880 < row["remembered"] < 920 for row in told[3:])
    assert result["missed_share"] < 0.03
    assert [row["restart_seconds"] is not None for row in told] == [False, False, False, True, False, False]
