"""`newswatch topics create`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from agents.mentions.watchlist import WatchlistError
from streams.cli import app

if TYPE_CHECKING:
    from pathlib import Path


def test_a_bad_watchlist_makes_no_topic(tmp_path: Path) -> None:
    """It is read before anything is asked of a broker, which would otherwise have half of the topics."""
    path = tmp_path / "watches.yaml"
    path.write_text("watches:\n  - name: Cease Fire\n    terms: [truce]\n")
    with pytest.raises(WatchlistError, match=r"watches\.yaml:2: watches\[0\]\.name: 'Cease Fire'"):
        CliRunner().invoke(
            app,
            ["topics", "create", "--bootstrap", "127.0.0.1:1", "--watchlist", str(path)],
            catch_exceptions=False,
        )
