"""From files to items."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.replay.read import Archive
from streams.replay.report import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html><head><title>Talks resume in Geneva</title>
<link rel="canonical" href="https://news.example.org/talks">
<meta property="article:published_time" content="2025-11-24T10:15:30+02:00"></head>
<body><article><h1>Talks resume in Geneva</h1><p>{}</p></article></body></html>""".format(
    "Delegations met again on Monday to discuss the terms of a lasting peace. " * 5
)


def contents(*paths: Path | str, stdin: bytes | None = None) -> list[tuple[str, bytes]]:
    """Names and payloads in the order of the replay; nothing may be unreadable."""
    with Archive(map(str, paths), None if stdin is None else io.BytesIO(stdin)) as archive:
        assert archive.problems == []
        return [(item.name, archive.load(item)) for item in archive.items]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "Großes Thema\r\n".encode(), b"a\0b"])
def test_a_text_is_its_bytes_as_they_are(tmp_path: Path, data: bytes) -> None:
    """Whatever they are: ingest judges them."""
    (tmp_path / "a.txt").write_bytes(data)
    assert contents(tmp_path / "a.txt") == [("a.txt", data)]


def test_rows_are_sorted_by_date_across_files_and_keep_their_bytes(tmp_path: Path) -> None:
    """A broken row stays after the one before it; a row without an id has its line for a name."""
    (tmp_path / "b.jsonl").write_bytes(b'{"id": "3", "date": "2025-03-01"}\r\n\n{broken\n')
    (tmp_path / "c.ndjson").write_bytes(b'\xef\xbb\xbf{"text": "one", "date": "2025-01-01"}')
    with gzip.open(tmp_path / "d.jsonl.gz", "wb") as packed:
        packed.write(b'{"id": 2, "date": "2025-02-01"}')
    assert contents(tmp_path) == [
        ("c.ndjson:1", b'{"text": "one", "date": "2025-01-01"}'),
        ("2", b'{"id": 2, "date": "2025-02-01"}'),
        ("3", b'{"id": "3", "date": "2025-03-01"}'),
        ("b.jsonl:2", b"{broken"),
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b'{\n "id": "x"\n}\n', [("x", b'{\n "id": "x"\n}\n')]),
        (b'[{"id": "x"},\n {"id": "y"}]', [("x", b'{"id": "x"}'), ("y", b'{"id": "y"}')]),
        (b'{"id": "x"}\n{"id": "y"}\n', [("x", b'{"id": "x"}'), ("y", b'{"id": "y"}')]),
        (b"{broken", [("a.json", b"{broken")]),
    ],
)
def test_a_json_document_is_an_object_a_list_or_rows(
    tmp_path: Path, document: bytes, expected: list[tuple[str, bytes]]
) -> None:
    """Each element keeps its bytes; a broken document goes on whole."""
    (tmp_path / "a.json").write_bytes(document)
    assert contents(tmp_path / "a.json") == expected


def test_a_page_becomes_a_row_with_its_own_time(tmp_path: Path) -> None:
    """The item is dated and addressed by the page's metadata."""
    (tmp_path / "a.html").write_text(PAGE)
    with Archive([str(tmp_path)]) as archive:
        (item,) = archive.items
        row = json.loads(archive.load(item))
    assert (item.name, item.uri, item.published) == (
        "a.html",
        "https://news.example.org/talks",
        datetime(2025, 11, 24, 8, 15, 30, tzinfo=UTC),
    )
    assert row["title"] == "Talks resume in Geneva"
    assert "lasting peace" in row["text"]


def test_a_page_without_an_article_goes_on_as_it_is(tmp_path: Path) -> None:
    """Nothing is lost: ingest makes it a dead letter if it must."""
    (tmp_path / "a.html").write_bytes(b"<html><script>x()</script>")
    assert contents(tmp_path / "a.html") == [("a.html", b"<html><script>x()</script>")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a plain text\non two lines", [("stdin", b"a plain text\non two lines")]),
        (b'{"id": "x"}\n{"id": "y"}', [("x", b'{"id": "x"}'), ("y", b'{"id": "y"}')]),
        (b'[{"id": "x"}]', [("x", b'{"id": "x"}')]),
    ],
)
def test_standard_input_is_rows_or_one_text(data: bytes, expected: list[tuple[str, bytes]]) -> None:
    """What it is shows at its beginning."""
    assert contents("-", stdin=data) == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.jsonl", b"\n \n", "holds no rows"),
        ("a.json", b"[]", "holds no rows"),
        ("a.txt.gz", b"not packed", "Not a gzipped file"),
        ("a.jsonl.gz", gzip.compress(b'{"a": 1}', mtime=0)[:-9], "end-of-stream"),
    ],
)
def test_a_file_that_gives_nothing_is_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """And the others go on."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_bytes(b"text")
    with Archive([str(tmp_path)]) as archive:
        assert [item.name for item in archive.items] == ["b.txt"]
        (problem,) = archive.problems
    assert problem.name == str(tmp_path / name)
    assert reason in problem.reason


def test_empty_standard_input_is_a_problem() -> None:
    """A feed that broke off must not look like success."""
    with Archive(["-"], io.BytesIO(b"")) as archive:
        assert [problem.reason for problem in archive.problems] == ["is empty"]


@pytest.mark.parametrize("change", ["shorter", "gone", "too large"])
def test_a_file_that_changes_under_the_replay_is_unreadable(tmp_path: Path, change: str) -> None:
    """Half an article is worse than none; so is one that fills the memory."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a text")
    if change == "too large":
        with path.open("wb") as file:
            file.truncate((64 << 20) + 1)
    with Archive([str(path)]) as archive:
        if change == "shorter":
            path.write_bytes(b"a")
        elif change == "gone":
            path.unlink()
        with pytest.raises(Unreadable) as caught:
            archive.load(archive.items[0])
    assert caught.value.problem.name == str(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.binary(max_size=200), suffix=st.sampled_from(["txt", "json", "jsonl", "html", "bin"]))
def test_no_file_is_lost(tmp_path: Path, data: bytes, suffix: str) -> None:
    """Any bytes under any name are items or a named problem."""
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    with Archive([str(path)]) as archive:
        assert bool(archive.items) != bool(archive.problems)
        assert all(isinstance(archive.load(item), bytes) for item in archive.items)
