"""Workers as child processes: what is said when one ends or doesn't get ready."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from streams.health import PORT_FILE
from streams.run import fleet as fleet_module
from streams.run.fleet import Fleet, Member, WorkerDied, WorkerSlow

if TYPE_CHECKING:
    from pathlib import Path

NO_BROKER = {"NEWSWATCH_KAFKA_BOOTSTRAP": "host:port"}
SLEEP = "import time; time.sleep(600)"


def test_a_worker_that_ends_is_told_with_its_log(tmp_path: Path) -> None:
    """Its number, its exit code, the end of its log, and where the whole of it is."""
    with pytest.raises(WorkerDied) as died, Fleet(1, tmp_path, NO_BROKER) as fleet:
        fleet.wait_ready(60)
    told = str(died.value)
    assert "worker 1 ended with code 1" in told
    assert str(tmp_path / "worker-1.log") in told
    assert "'host:port' is not host:port" in told


@pytest.fixture
def sleepers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that never get ready."""
    leashed = fleet_module.leashed
    monkeypatch.setattr(
        fleet_module, "leashed", lambda _, **options: leashed([sys.executable, "-c", SLEEP], **options)
    )


@pytest.mark.usefixtures("sleepers")
def test_a_worker_that_is_not_ready_in_time_is_told_with_its_log(tmp_path: Path) -> None:
    """And all are stopped when the block ends."""
    with Fleet(2, tmp_path, {}) as fleet:
        pids = [member.leash.pid for member in fleet.members]
        with pytest.raises(WorkerSlow, match=r"worker 1 is not ready .*worker-1\.log"):
            fleet.wait_ready(0.1)
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []


@pytest.mark.usefixtures("sleepers")
def test_an_interrupt_while_they_start_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is stopped when the start of the second is cut off."""
    started: list[Member] = []

    def start(number: int, *arguments: object) -> Member:
        if started:
            raise KeyboardInterrupt
        started.append(Member(number, *arguments))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(fleet_module, "Member", start)
    with pytest.raises(KeyboardInterrupt), Fleet(2, tmp_path, {}):
        pass
    deadline = time.monotonic() + 30
    while psutil.pid_exists(started[0].leash.pid):
        assert time.monotonic() < deadline


@pytest.mark.usefixtures("sleepers")
@pytest.mark.parametrize("content", ["", "x", "1"])
def test_a_port_file_half_written_is_not_ready(tmp_path: Path, content: str) -> None:
    """Nor one whose port nobody serves."""
    member = Member(1, tmp_path, {})
    with member.leash:
        member.data_dir.mkdir()
        (member.data_dir / PORT_FILE).write_text(content)
        assert not member.ready()
