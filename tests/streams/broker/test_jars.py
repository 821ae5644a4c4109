"""The jars in the cache are exactly the pinned ones, or there is one line that says what is wrong."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from typing import TYPE_CHECKING

import pytest

from streams.broker import BrokerError, fetch
from streams.broker.jars import KAFKA, KAFKA_VERSION, LOG_BINDING, Jar, kafka_jars, pinned_jars

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ONE, TWO = b"one", b"two"
JARS = [
    Jar("org.example:one:1.0", hashlib.sha256(ONE).hexdigest()),
    Jar("org.example:two:2.0", hashlib.sha256(TWO).hexdigest()),
]


def fill(cache: Path, **contents: bytes) -> Path:
    """Put files into the folder of jars and return it."""
    folder = cache / f"kafka-{KAFKA_VERSION}"
    folder.mkdir(parents=True)
    for name, content in contents.items():
        (folder / f"{name}-{'1.0' if name == 'one' else '2.0'}.jar").write_bytes(content)
    return folder


@pytest.fixture
def no_fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to download fails the test."""

    def fail(jars: Sequence[Jar], partial: Path, folder: Path) -> None:
        pytest.fail(f"wanted to download {jars}")

    monkeypatch.setattr(fetch, "fetch", fail)


def test_pinned_jars_are_whole_and_distinct() -> None:
    """The committed sums name Kafka and its log binding, each jar once, each with a SHA-256 sum in hex."""
    jars = pinned_jars()
    coordinates = [jar.coordinates for jar in jars]
    assert {KAFKA, LOG_BINDING} <= set(coordinates)
    assert len(jars) == len({jar.name for jar in jars})
    assert all(len(bytes.fromhex(jar.sha256)) == 32 for jar in jars)


def test_jar_name_is_mavens() -> None:
    """A file is called ARTIFACT-VERSION.jar, as in a Maven repository."""
    assert Jar("org.apache.kafka:kafka_2.13:4.4.0", "").name == "kafka_2.13-4.4.0.jar"


@pytest.mark.usefixtures("no_fetching")
def test_full_cache_needs_no_download(tmp_path: Path) -> None:
    """With every jar there nothing is downloaded or written, and the order is that of the sums file."""
    folder = fill(tmp_path, one=ONE, two=TWO)
    assert [folder / "one-1.0.jar", folder / "two-2.0.jar"] == kafka_jars(tmp_path, JARS)
    assert sorted(path.name for path in folder.iterdir()) == ["one-1.0.jar", "two-2.0.jar"]


@pytest.mark.usefixtures("no_fetching")
def test_wrong_checksum_names_jar_sums_and_way_out(tmp_path: Path) -> None:
    """A changed jar in the cache is refused in one line with both sums."""
    folder = fill(tmp_path, one=ONE, two=b"evil")
    with pytest.raises(BrokerError) as caught:
        kafka_jars(tmp_path, JARS)
    actual, expected = hashlib.sha256(b"evil").hexdigest(), JARS[1].sha256
    assert (
        f"wrong checksum: two-2.0.jar has SHA-256 {actual}, expected {expected}: "
        f"delete {folder} and start again to fetch it anew"
    ) == str(caught.value)


def test_only_what_is_missing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A jar that is there stays; what an interrupted download left is removed; a line tells of the wait."""
    folder = fill(tmp_path, one=ONE)
    (folder / "partial-old").mkdir()
    (folder / "partial-old" / "two-2.0.jar").write_bytes(b"tw")
    asked: list[Jar] = []

    def fake(jars: Sequence[Jar], partial: Path, folder: Path) -> None:
        asked.extend(jars)
        assert partial.parent == folder
        (folder / "two-2.0.jar").write_bytes(TWO)

    monkeypatch.setattr(fetch, "fetch", fake)
    assert len(kafka_jars(tmp_path, JARS)) == 2
    assert [JARS[1]] == asked
    assert sorted(path.name for path in folder.glob("[!.]*")) == ["one-1.0.jar", "two-2.0.jar"]
    assert capsys.readouterr().err == f"Fetching Apache Kafka {KAFKA_VERSION}: 1 jars into {folder} ...\n"


def test_two_at_once_download_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two starts with an empty cache: one downloads, the other waits and uses what the first got."""
    downloads = []
    both_here = threading.Barrier(2)

    def fake(jars: Sequence[Jar], partial: Path, folder: Path) -> None:
        downloads.append(len(jars))
        for jar, content in zip(JARS, [ONE, TWO], strict=True):
            (folder / jar.name).write_bytes(content)

    def start() -> None:
        both_here.wait(20)
        kafka_jars(tmp_path, JARS)

    monkeypatch.setattr(fetch, "fetch", fake)
    starts = [threading.Thread(target=start) for _ in range(2)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join(20)
    assert downloads == [2]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """No room while downloading: the line names the folder and the way out, and no partial file stays."""

    def fake(jars: Sequence[Jar], partial: Path, folder: Path) -> None:
        (partial / "half").write_bytes(b"x")
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fetch, "fetch", fake)
    with pytest.raises(BrokerError) as caught:
        kafka_jars(tmp_path, JARS)
    folder = tmp_path / f"kafka-{KAFKA_VERSION}"
    assert (
        f"no room left in {folder} ({os.strerror(number)}): free some space, or set NEWSWATCH_CACHE to "
        "another folder"
    ) == str(caught.value)
    assert list(folder.glob("partial-*")) == []


def test_cache_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    """A cache folder that can't be made is an error that names it."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(
        BrokerError, match=r"^cannot write to .*/cache/kafka-.* \(Not a directory\): set NEWSW"
    ):
        kafka_jars(tmp_path / "cache", JARS)


def test_class_path_separator_in_the_cache_path_is_one_line(tmp_path: Path) -> None:
    """Java would split such a path in two."""
    with pytest.raises(BrokerError, match=f"has a '{os.pathsep}' in its path"):
        kafka_jars(tmp_path / f"a{os.pathsep}b", JARS)
