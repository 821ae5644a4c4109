"""The command of the recipe where torch isn't."""

from __future__ import annotations

import sys

import pytest

from training.__main__ import main


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make install` leaves it, whatever is installed here."""
    monkeypatch.setitem(sys.modules, "torch", None)
    for module in [name for name in sys.modules if name.startswith("training.")]:
        monkeypatch.delitem(sys.modules, module)


@pytest.mark.usefixtures("without_torch")
def test_help_needs_no_torch(capsys: pytest.CaptureFixture[str]) -> None:
    """It says what the recipe does."""
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "from the corpora to the networks" in capsys.readouterr().out


@pytest.mark.usefixtures("without_torch")
def test_without_torch_it_says_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback."""
    assert main(["corpora"]) == 1
    assert "is not installed" in (told := capsys.readouterr().err)
    assert "make train DATA=folder" in told
