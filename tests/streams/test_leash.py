"""A leashed command never outlives its starter, and tells how it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from streams.leash import leashed
from tests.waiting import DEADLINE, gone, until

if TYPE_CHECKING:
    from pathlib import Path

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
    "while True: time.sleep(60)"
)
WITH_CHILD = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(600)"
)
STARTER = """
import sys, time
from pathlib import Path
from streams.leash import leashed
scratch = Path(sys.argv[1])
leash = leashed([sys.executable, "-c", sys.argv[2]], grace=0.2, scratch=scratch)
print(leash.pid, leash._supervisor.pid, flush=True)
time.sleep(600)
"""


def python(program: str) -> list[str]:
    """Return the command that runs a program text."""
    return [sys.executable, "-c", program]


def written(file: Path) -> str:
    """Return what a command has printed, once it has printed a line."""
    assert until(lambda: file.read_text().endswith("\n"))
    return file.read_text().strip()


@pytest.mark.parametrize("code", [0, 3, 200])
def test_exit_code_is_the_commands(code: int) -> None:
    """A command's own exit code comes back unchanged."""
    assert code == leashed(python(f"raise SystemExit({code})")).wait(DEADLINE)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_a_signal_is_told_as_popen_does(number: signal.Signals) -> None:
    """A command ended by signal N gives -N, also when only the command itself is signalled."""
    with leashed(python("import time; time.sleep(600)")) as leash:
        assert leash.poll() is None
        os.kill(leash.pid, number)
        assert -number == leash.wait(DEADLINE)
        assert -number == leash.poll()


def test_output_environment_and_folder_are_passed_on(tmp_path: Path) -> None:
    """The command writes where it was told, sees its environment and folder, and has no input."""
    program = "import os, sys; print(os.environ['WORD'], os.getcwd(), repr(sys.stdin.read()))"
    env = {**os.environ, "WORD": "héllo", "PYTHONIOENCODING": "utf-8"}
    with (tmp_path / "out").open("wb") as out:
        assert leashed(python(program), env=env, cwd=tmp_path, stdout=out).wait(DEADLINE) == 0
    assert f"héllo {tmp_path} ''\n" == (tmp_path / "out").read_text("utf-8")


def test_missing_program_is_an_error() -> None:
    """A program that does not exist is an OSError that names it."""
    with pytest.raises(OSError, match=r"/no/such/program: No such file or directory"):
        leashed(["/no/such/program"])


def test_terminate_lets_the_command_finish(tmp_path: Path) -> None:
    """A command that handles SIGTERM ends with the exit code it chooses; later orders are harmless."""
    program = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); print('up', flush=True)\n"
        "time.sleep(600)"
    )
    with (tmp_path / "out").open("wb") as out, leashed(python(program), stdout=out) as leash:
        assert written(tmp_path / "out") == "up"
        leash.terminate()
        assert leash.wait(DEADLINE) == 7
        leash.kill()
        assert leash.poll() == 7


def test_stubborn_command_is_killed_after_the_grace(tmp_path: Path) -> None:
    """A command that ignores SIGTERM is killed when the grace is over, not before."""
    with (tmp_path / "out").open("wb") as out, leashed(python(STUBBORN), grace=0.3, stdout=out) as leash:
        assert written(tmp_path / "out") == "up"
        started = time.monotonic()
        leash.terminate()
        assert leash.wait(DEADLINE) == -signal.SIGKILL
        assert time.monotonic() - started >= 0.3


def test_kill_does_not_wait_for_the_grace(tmp_path: Path) -> None:
    """`kill` ends a stubborn command at once, whatever its grace."""
    long = 10 * DEADLINE
    with (tmp_path / "out").open("wb") as out, leashed(python(STUBBORN), grace=long, stdout=out) as leash:
        assert written(tmp_path / "out") == "up"
        leash.kill()
        assert leash.wait(DEADLINE) == -signal.SIGKILL


def test_wait_has_a_limit() -> None:
    """Waiting for a command that runs on ends with TimeoutExpired, and it still runs."""
    with leashed(python("import time; time.sleep(600)")) as leash:
        with pytest.raises(subprocess.TimeoutExpired):
            leash.wait(0.05)
        assert leash.poll() is None


def test_children_of_the_command_end_with_it(tmp_path: Path) -> None:
    """What a killed command started is gone with it."""
    with (tmp_path / "out").open("wb") as out, leashed(python(WITH_CHILD), stdout=out) as leash:
        child = int(written(tmp_path / "out"))
        os.kill(leash.pid, signal.SIGKILL)
        leash.wait(DEADLINE)
        assert until(lambda: gone(child))


def test_ctrl_c_does_not_reach_the_command() -> None:
    """Command, supervisor and starter are in three process groups."""
    with leashed(python("import time; time.sleep(600)")) as leash:
        groups = {os.getpgid(0), os.getpgid(leash.pid), os.getpgid(leash._supervisor.pid)}
        assert len(groups) == 3


@pytest.mark.parametrize("program", ["import time; time.sleep(600)", STUBBORN])
def test_killed_starter_takes_the_command_along(tmp_path: Path, program: str) -> None:
    """SIGKILL of the starter ends the command, stubborn or not, and its folder is removed."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (scratch / "file").write_text("x")
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(scratch), program], stdout=subprocess.PIPE, text=True
    )
    with starter, suppress(ProcessLookupError):
        assert starter.stdout is not None
        command, supervisor = map(int, starter.stdout.readline().split())
        assert not gone(command)
        starter.kill()
        assert until(lambda: gone(command) and gone(supervisor))
        assert not scratch.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_killed_supervisor_takes_the_command_along() -> None:
    """Even SIGKILL of the supervisor leaves no command behind."""
    with leashed(python("import time; time.sleep(600)")) as leash:
        leash._supervisor.kill()
        assert until(lambda: gone(leash.pid))
        assert leash.wait(DEADLINE) == -signal.SIGKILL
