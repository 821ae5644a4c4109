"""What a run says at its end."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from streams.records import Suppressed
from streams.replay.report import Report
from streams.run.account import Account
from streams.run.session import Result
from streams.run.show import show

if TYPE_CHECKING:
    from streams.records import SuppressedReason

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def shown(*reasons: SuppressedReason) -> str:
    account = Account()
    for seq, reason in enumerate(reasons):
        account.add(
            Suppressed(
                watch="w",
                reason=reason,
                alert_id=None,
                article_id="a",
                story_id="a",
                status="new",
                event_time=NOW,
                detected_at=NOW,
                mentions=(),
                origin="replay",
                seq=seq,
            )
        )
    console = Console(file=StringIO(), width=80)
    show(console, Result(account, Report(), [], 1.0))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_what_was_held_back_is_told_by_its_reason() -> None:
    """A copy is one thing, an article out of scope another."""
    text = shown("duplicate", "out_of_scope", "cooldown", "out_of_scope")
    assert "mentions in copies, which raised no second alert: 1\n" in text
    assert "not sent for other reasons: 1 cooldown, 2 out_of_scope\n" in text


def test_other_reasons_are_told_only_where_there_are_any() -> None:
    """Most runs have none."""
    assert "other reasons" not in shown("duplicate")
