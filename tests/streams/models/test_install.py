"""Wheels put into a folder by the real installer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from streams.models.install import fits, folder_of, put
from streams.models.wheel import InstallError
from tests.streams.models.conftest import NAME, VERSION, make_wheel

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pipeline_in_a_folder_can_be_loaded(wheel: Path, tmp_path: Path) -> None:
    """By the path that is told; a second time it takes the place of the first."""
    for _ in range(2):
        put(wheel, tmp_path / "to")
        place = folder_of(NAME, tmp_path / "to")
    assert place == tmp_path / "to" / NAME / f"{NAME}-{VERSION}"
    assert [ent.text for ent in spacy.load(place)("Rain in Kyiv.").ents] == ["Kyiv"]


def test_a_wheel_of_something_else(tmp_path: Path) -> None:
    """It was installed, but no pipeline can be told."""
    put(make_wheel(tmp_path, pipeline=False), tmp_path / "to")
    with pytest.raises(InstallError, match="no spaCy pipeline in it"):
        folder_of(NAME, tmp_path / "to")


def test_the_installer_s_reason_is_told(tmp_path: Path) -> None:
    """In one line."""
    broken = tmp_path / f"{NAME}-{VERSION}-py3-none-any.whl"
    broken.write_bytes(b"no zip file")
    with pytest.raises(InstallError, match=f"{broken.name} can't be installed: ERROR:") as raised:
        put(broken, tmp_path / "to")
    assert "\n" not in str(raised.value)


def test_the_pinned_one_is_for_one_minor_version_of_spacy() -> None:
    """That of the lock among them."""
    assert fits()
    assert fits("3.8.0")
    assert not fits("3.9.1")
    assert not fits("4.8.0")
