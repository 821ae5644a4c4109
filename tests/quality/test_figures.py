"""The figures that are kept: a run replaces what it measured and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.quality import figures
from tests.quality.figures import Block
from tests.quality.row import Row
from tests.quality.sources import NoDataError, described, folder

if TYPE_CHECKING:
    from pathlib import Path

ORDER = ("entities", "copies")


def row(data: str, score: float, section: str = "entities") -> Row:
    return Row(section, "all labels", data, 10, "names", {"F": score})


def test_a_run_without_the_corpora_keeps_their_figures() -> None:
    """With the commit that they were measured at; its own are replaced."""
    first = figures.merged([], "entities", [row("ours", 0.5), row("re3d", 0.25)], "aaa", ORDER)
    second = figures.merged(first, "entities", [row("ours", 0.75)], "bbb", ORDER)
    assert second == [
        Block("entities", ours=True, commit="bbb", rows=(row("ours", 0.75),)),
        Block("entities", ours=False, commit="aaa", rows=(row("re3d", 0.25),)),
    ]


def test_a_run_of_one_section_keeps_the_others_in_their_order() -> None:
    """Whichever was measured first."""
    copies = figures.merged([], "copies", [row("ours", 1.0, "copies")], "aaa", ORDER)
    both = figures.merged(copies, "entities", [row("ours, generated", 0.5)], "bbb", ORDER)
    assert [block.section for block in both] == ["entities", "copies"]
    assert [block.ours for block in both] == [True, True]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Rounded to what is shown; a count stays a count."""
    rows = [row("ours", 2 / 3), Row("entities", "words/s", "re3d", 3, "runs", {"errors": 2, "R": 1.0})]
    blocks = figures.merged([], "entities", rows, "aaa", ORDER)
    figures.write(blocks, tmp_path / "kept.json")
    assert blocks == figures.read(tmp_path / "kept.json")
    assert blocks[0].rows[0].scores == {"F": 0.667}
    assert figures.read(tmp_path / "none.json") == []


def test_the_folder_of_the_corpora(tmp_path: Path) -> None:
    """None where none was named; one that can't be it is refused with its name."""
    assert folder(None) is None
    with pytest.raises(NoDataError, match=str(tmp_path)):
        folder(str(tmp_path))
    with pytest.raises(NoDataError, match="no such folder"):
        folder(str(tmp_path / "none"))
    (tmp_path / "ner").mkdir()
    assert folder(str(tmp_path)) == tmp_path


def test_data_is_described_by_its_name_up_to_a_comma() -> None:
    """'ours, generated' is ours; what nobody described isn't."""
    assert described("ours, generated") == described("ours")
    assert described("hearsay") is None
