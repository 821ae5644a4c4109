"""What a worker checks before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


def test_a_data_folder_has_one_worker(tmp_path: Path) -> None:
    """Two would spoil each other's tables; when the first has ended the next may come."""
    from streams.worker import DataDirError, _locked  # noqa: PLC0415  Faust is slow to import

    folder = tmp_path / "new" / "folder"
    with (
        _locked(folder),
        pytest.raises(DataDirError, match=f"another worker uses .*{folder}"),
        _locked(folder),
    ):
        pass
    with _locked(folder):
        assert folder.is_dir()


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    """With the way out."""
    from streams.worker import DataDirError, _locked  # noqa: PLC0415  Faust is slow to import

    (tmp_path / "file").touch()
    with pytest.raises(DataDirError, match=r"file.*--data-dir"), _locked(tmp_path / "file" / "folder"):
        pass
