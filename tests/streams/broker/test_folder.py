"""A broker's folder: temporary and removed, or kept and never somebody else's."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from streams.broker import BrokerError
from streams.broker.folder import broker_folder, cluster_id, is_formatted, locked_log, write_properties

if TYPE_CHECKING:
    from pathlib import Path

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape shutil.disk_usage returns


def formatted(folder: Path) -> Path:
    """Make a folder look as Kafka's StorageTool leaves it."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "meta.properties").write_text("#\n#Mon Nov 23\ncluster.id=abc-_=\nversion=1\n")
    return folder


def test_temporary_folder_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder asked for, one in TMPDIR is made, and removed with all that is in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with broker_folder(None) as folder:
        assert tmp_path == folder.parent
        (folder / "data").mkdir()
        (folder / "data" / "log").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_folder_asked_for_is_made_and_kept(tmp_path: Path) -> None:
    """A folder that does not exist is made, with its parents, and stays."""
    with broker_folder(tmp_path / "a" / "b") as folder:
        assert tmp_path / "a" / "b" == folder
        assert not is_formatted(folder)
    assert folder.is_dir()


def test_broker_data_is_taken_up_again(tmp_path: Path) -> None:
    """A formatted folder is used, whatever a person has put beside the data."""
    formatted(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with broker_folder(tmp_path) as folder:
        assert is_formatted(folder)
        assert cluster_id(folder) == "abc-_="


def test_interrupted_first_start_is_taken_up(tmp_path: Path) -> None:
    """What a start leaves that was killed before it had formatted is not foreign."""
    write_properties(tmp_path, 1, 2)
    (tmp_path / "broker.log").write_text("")
    (tmp_path / "data").mkdir()
    with broker_folder(tmp_path) as folder:
        assert not is_formatted(folder)


def test_second_broker_in_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the log holds the folder; what is written to it stays when it is opened again."""
    monkeypatch.setattr("streams.broker.folder._LOCK_SECONDS", 0.1)
    with locked_log(tmp_path) as log:
        log.write(b"first\n")
        with pytest.raises(BrokerError) as caught, locked_log(tmp_path):
            pytest.fail("two hold it")
    assert (f"another broker runs in {tmp_path}: stop it, or choose another folder for one of them") == str(
        caught.value
    )
    with locked_log(tmp_path):
        assert (tmp_path / "broker.log").read_bytes() == b"first\n"


def test_child_with_the_log_as_output_holds_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is held until what writes into the log has ended, even without its starter."""
    monkeypatch.setattr("streams.broker.folder._LOCK_SECONDS", 0.1)
    with locked_log(tmp_path) as log:
        child = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, stdout=log)
    with child, pytest.raises(BrokerError, match="another broker runs"), locked_log(tmp_path):
        pytest.fail("two hold it")
    with locked_log(tmp_path):
        pass


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    """A folder with other files in it is refused by name and left as it was."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(BrokerError) as caught, broker_folder(tmp_path):
        pytest.fail("it was taken")
    assert (
        f"{tmp_path} is not empty and holds no broker's data (it has thesis.txt): choose another folder, "
        "or empty it"
    ) == str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    """A path that is a file is an error that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(BrokerError, match=r"^cannot write to .*/file"), broker_folder(tmp_path / "file"):
        pytest.fail("it was taken")


@pytest.mark.parametrize("kept", [True, False])
def test_too_little_room_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    """With less than 64 MiB free there is no start, and the line names both numbers."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(2**40, 2**40, 2**20 * 63 + 5))
    line = r"^only 63 MiB are free in .*, the broker needs 64 MiB: free some space, or (set TMPDIR|choose) "
    with pytest.raises(BrokerError, match=line), broker_folder(tmp_path / "kept" if kept else None):
        pytest.fail("it was taken")
    assert [path.name for path in tmp_path.iterdir()] == (["kept"] if kept else [])


def test_properties_listen_on_loopback_only(tmp_path: Path) -> None:
    """The ports are in the configuration, every address is loopback, auto-creation is off."""
    write_properties(tmp_path, 12345, 23456)
    lines = (tmp_path / "server.properties").read_text().splitlines()
    assert "listeners=PLAINTEXT://127.0.0.1:12345,CONTROLLER://127.0.0.1:23456" in lines
    assert "controller.quorum.voters=1@127.0.0.1:23456" in lines
    assert "auto.create.topics.enable=false" in lines
    assert all("127.0.0.1" in line for line in lines if "://" in line)
