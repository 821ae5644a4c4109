"""Options and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.commands.options import settings_from

if TYPE_CHECKING:
    import pytest


def test_an_option_goes_before_the_environment_and_none_is_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """So every command can hand over what it was given, given or not."""
    monkeypatch.setenv("NEWSWATCH_KAFKA_BOOTSTRAP", "127.0.0.1:1111")
    monkeypatch.setenv("NEWSWATCH_PARTITIONS", "7")
    settings = settings_from(kafka_bootstrap="127.0.0.1:2222", partitions=None)
    assert (settings.kafka_bootstrap, settings.partitions) == ("127.0.0.1:2222", 7)
