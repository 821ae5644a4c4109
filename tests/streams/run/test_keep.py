"""What is left running after a run."""

from __future__ import annotations

import pytest

from streams.broker.ports import free_ports
from streams.console.serve import listen
from streams.run.keep import _port, until_interrupted
from streams.settings import load


def test_a_port_that_is_taken_is_no_obstacle() -> None:
    """Another console may have the usual one; then any free one does."""
    port, _ = free_ports()
    settings = load({}, console_port=port)
    assert _port(settings) == port
    with listen("127.0.0.1", port) as taken:
        taken.listen()
        assert _port(settings) == 0


def test_it_waits_until_it_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """And looks whether all runs, again and again."""
    looks: list[int] = []

    def sleep(seconds: float) -> None:
        if len(looks) == 6:
            raise KeyboardInterrupt

    monkeypatch.setattr("streams.run.keep.time.sleep", sleep)
    until_interrupted(lambda: looks.append(1), lambda: looks.append(2))
    assert looks == [1, 2] * 3


def test_what_died_ends_the_wait() -> None:
    """With what the check says."""

    def died() -> None:
        raise RuntimeError("worker 1 ended")

    with pytest.raises(RuntimeError, match="worker 1 ended"):
        until_interrupted(died)
