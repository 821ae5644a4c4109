"""Nothing is installed whose sum isn't known and right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.models.wheel import PINNED, SUM, InstallError, check, sum_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "xx_any-1.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return path


def test_a_wheel_with_the_sum_given_is_taken(file: Path) -> None:
    """In capitals as well; the package's name is that of the file."""
    assert check(file, sum_of(file).upper()) == "xx_any"


@pytest.mark.parametrize(
    ("name", "sha256", "says"),
    [
        ("xx_any-1.0-py3-none-any.whl", None, "give the one that its publisher tells: --sha256"),
        ("xx_any-1.0-py3-none-any.whl", "abc", "--sha256 'abc' is no SHA-256 sum"),
        ("xx_any-1.0-py3-none-any.whl", "0" * 64, "nothing was installed"),
        (PINNED.file_name, None, f"expected {PINNED.sha256}"),
        ("en_core_web_sm.tar.gz", None, "is no wheel by its name"),
        ("none-1.0-py3-none-any.whl", None, "can't be read: No such file"),
    ],
)
def test_any_other_is_refused(file: Path, name: str, sha256: str | None, says: str) -> None:
    """The pinned one has to have the pinned sum; what is unknown needs one; a renamed file is none."""
    path = file.with_name(name)
    if not name.startswith("none"):
        file.replace(path)
    with pytest.raises(InstallError) as raised:
        check(path, sha256)
    assert says in str(raised.value)


def test_the_pinned_sum_is_one() -> None:
    """And its release lies where spaCy keeps it."""
    assert SUM.fullmatch(PINNED.sha256)
    assert PINNED.path == "en_core_web_sm-3.8.0/en_core_web_sm-3.8.0-py3-none-any.whl"
