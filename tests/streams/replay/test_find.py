"""From paths to files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from streams.replay.find import find_files
from streams.replay.report import Problem

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, *names: str) -> None:
    """Make files, with the folders they need."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_a_folder_is_read_at_any_depth_in_order(tmp_path: Path) -> None:
    """Files and folders are sorted by name together."""
    write(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt")
    found = find_files([str(tmp_path)])
    names = [os.path.relpath(file, tmp_path) for file in found.files]
    assert names == ["a/1.txt", "a/2.txt", "b.txt", "c/d/e.txt"]
    assert found.problems == []


def test_paths_keep_the_order_given(tmp_path: Path) -> None:
    """And standard input is one of them."""
    write(tmp_path, "b.txt", "a.txt")
    paths = [str(tmp_path / "b.txt"), "-", str(tmp_path / "a.txt")]
    assert find_files(paths).files == paths


def test_hidden_names_are_passed_over_and_counted(tmp_path: Path) -> None:
    """Unless one is named outright."""
    write(tmp_path, ".DS_Store", ".git/config", "a.txt")
    found = find_files([str(tmp_path)])
    assert ([str(tmp_path / "a.txt")], 2) == (found.files, found.hidden)
    assert find_files([str(tmp_path / ".DS_Store")]).files == [str(tmp_path / ".DS_Store")]


def test_what_is_missing_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """No such path, an empty folder, a dangling link, a path with a NUL."""
    write(tmp_path, "a.txt")
    (tmp_path / "empty").mkdir()
    (tmp_path / "z").symlink_to("nowhere")
    missing = str(tmp_path / "missing")
    found = find_files([missing, str(tmp_path / "empty"), str(tmp_path), "nul\0"])
    assert found.files == [str(tmp_path / "a.txt")]
    assert found.problems == [
        Problem(missing, "No such file or directory"),
        Problem(str(tmp_path / "empty"), "is an empty folder"),
        Problem(str(tmp_path / "z"), "No such file or directory"),
        Problem("nul\0", found.problems[3].reason),
    ]


def test_a_loop_of_links_ends_and_is_named(tmp_path: Path) -> None:
    """The files in it are read once."""
    write(tmp_path, "a/x.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    found = find_files([str(tmp_path)])
    assert found.files == [str(tmp_path / "a" / "x.txt")]
    assert found.problems == [Problem(str(tmp_path / "a" / "up"), "is a link back to a folder it lies in")]


def test_a_second_way_to_a_folder_is_no_second_reading(tmp_path: Path) -> None:
    """`latest` beside the days, as archives have it, is no problem and no repeat."""
    write(tmp_path, "2025-11-24/x.txt")
    (tmp_path / "latest").symlink_to("2025-11-24")
    found = find_files([str(tmp_path)])
    assert ([str(tmp_path / "2025-11-24" / "x.txt")], []) == (found.files, found.problems)


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """It is named as what it is."""
    os.mkfifo(tmp_path / "pipe")
    found = find_files([str(tmp_path)])
    assert found.problems == [Problem(str(tmp_path / "pipe"), "is a named pipe, not a file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_is_closed_to_us_is_named(tmp_path: Path) -> None:
    """With the reason the system gives."""
    write(tmp_path, "shut/a.txt")
    (tmp_path / "shut").chmod(0)
    assert find_files([str(tmp_path)]).problems == [Problem(str(tmp_path / "shut"), "Permission denied")]
