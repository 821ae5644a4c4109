"""History from a folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from streams.backtest.folder import Folder
from streams.backtest.history import HistoryError
from streams.backtest.placed import Placed
from streams.records import Silence, Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from streams.records import Sequenced

    Write = Callable[[Iterable[Sequenced]], Path]

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TIMEOUT = timedelta(minutes=2)


def opened(path: Path) -> Folder:
    return Folder(path, gap_timeout=TIMEOUT)


def test_articles_come_in_the_order_of_the_news_each_once(write: Write, news: list[Sequenced]) -> None:
    """However the partitions stand in the files, and though some came twice."""
    folder = opened(write([*news, *news[:9]]))
    assert list(folder.articles()) == news
    assert folder.total == len(news) + 9


def test_blank_lines_are_no_articles(write: Write, news: list[Sequenced]) -> None:
    """A file that was put together by hand may have some."""
    path = write(news)
    file = path / "news.repeats.jsonl"
    file.write_bytes(b"\n" + file.read_bytes() + b"\n \n")
    assert list(opened(path).articles()) == news


@pytest.mark.parametrize("name", ["news.enriched.jsonl", "news.repeats.jsonl"])
def test_a_missing_file_is_named(write: Write, news: list[Sequenced], name: str) -> None:
    """Without the one there is no news, without the other there are no copies."""
    path = write(news)
    (path / name).unlink()
    with pytest.raises(HistoryError, match=rf"there is no {name}; name a folder that 'newswatch run"):
        opened(path)


def test_a_folder_without_articles_is_an_error(write: Write) -> None:
    """Nothing could differ."""
    with pytest.raises(HistoryError, match="has no articles in"):
        opened(write([]))


@pytest.mark.parametrize("broken", [b'{"seq": 1', b'{"type":"sequenced","seq":4}'])
def test_a_line_that_is_no_article_is_named(write: Write, news: list[Sequenced], broken: bytes) -> None:
    """By file and line: cut off, or something else."""
    path = write(news)
    with (path / "news.repeats.jsonl").open("ab") as file:
        file.write(broken)
    lines = (path / "news.repeats.jsonl").read_bytes().count(b"\n")
    with pytest.raises(HistoryError, match=rf"news\.repeats\.jsonl:{lines + 1}: is no article"):
        list(opened(path).articles())


def test_silences_are_read_where_there_are_any(write: Write, news: list[Sequenced]) -> None:
    """A folder of articles alone is history as well."""
    path = write(news)
    assert opened(path).placed(ticks=False) == []
    silence = Silence(silence_id="s", reason="drill", created=NOW, until=NOW, seq=0, watch="ceasefire")
    (path / "silences.jsonl").write_bytes(msgspec.json.encode(silence))
    entries = [Start(seq=4), silence]
    (path / "news.outcomes.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, entries)))
    assert opened(path).placed(ticks=False) == [Placed(4, silence)]


def test_alerts_that_are_not_there_are_an_error(write: Write, news: list[Sequenced]) -> None:
    """None is something else than no file."""
    path = write(news)
    with pytest.raises(HistoryError, match=r"there is no alerts\.jsonl"):
        list(opened(path).alerts())
    (path / "alerts.jsonl").touch()
    assert list(opened(path).alerts()) == []
