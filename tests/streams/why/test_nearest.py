"""The article that came nearest, among many."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec

from agents.deduplicate.settings import DedupSettings
from streams.records import Article
from streams.topology import ARTICLES
from streams.why.history import LINES, Folder
from streams.why.nearest import TOGETHER, nearest
from tests.streams.why.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "The council of the port met on Monday to talk about cranes that were ordered two years ago and have not "
    "come. Its chairman told reporters that the yard had asked for another month, and that nobody on the "
    "quay believed in it any more."
)


def words(chance: random.Random) -> str:
    """A text that shares nothing with others."""
    return " ".join("".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(40))


def test_it_is_found_wherever_it_lies(tmp_path: Path) -> None:
    """Behind refused inputs, in any block, and however a text spells the name of the field."""
    chance = random.Random(4)
    near = TEXT.replace("Monday", "Tuesday").replace("chairman", "chairwoman").replace("month", "year")
    for place in (0, LINES - 1, LINES, TOGETHER + 7):
        texts = [words(chance) + ' "minhash":"AAAA" ' for _ in range(TOGETHER + 20)]
        texts[place] = near
        texts[place + 1 :: 5] = [""] * len(texts[place + 1 :: 5])
        records = [read(number, "x.org", text) for number, text in enumerate(texts)]
        (tmp_path / f"{ARTICLES}.jsonl").write_bytes(
            b"".join(msgspec.json.encode(record) + b"\n" for record in records)
        )
        (tmp_path / "news.outcomes.jsonl").write_bytes(b"")
        asked = read(len(texts), "y.org", TEXT)
        assert isinstance(asked, Article)
        found = nearest(Folder(tmp_path), len(texts), asked, DedupSettings())
        assert found is not None
        assert (found.seq, found.uri) == (place, f"https://x.org/{place}")
        assert 0 < found.jaccard < 1


def test_of_articles_that_share_nothing_there_is_none(tmp_path: Path) -> None:
    """Nor of none at all."""
    asked = read(1, "y.org", TEXT)
    assert isinstance(asked, Article)
    (tmp_path / "news.outcomes.jsonl").write_bytes(b"")
    assert nearest(Folder(tmp_path), 1, asked, DedupSettings()) is None
    other = msgspec.json.encode(read(0, "x.org", words(random.Random(5))))
    (tmp_path / f"{ARTICLES}.jsonl").write_bytes(other + b"\n")
    assert nearest(Folder(tmp_path), 1, asked, DedupSettings()) is None
