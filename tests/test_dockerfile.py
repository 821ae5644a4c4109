"""The Dockerfile's steps, in a folder instead of an image; what they install runs outside of this folder."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "Dockerfile").read_text()
NEEDS_ROOT = ("groupadd", "install --directory --owner")
"""Steps that make a user and his folder; this machine's stay as they are."""


class Step(NamedTuple):
    """An instruction of a Dockerfile."""

    stage: int
    word: str
    rest: str


def steps() -> list[Step]:
    found: list[Step] = []
    stage = 0
    for line in TEXT.splitlines():
        if not line or line.startswith("#"):
            continue
        word, rest = line.split(" ", 1)
        stage += word == "FROM"
        found.append(Step(stage, word, rest))
    return found


def left_out(path: str) -> bool:
    """Whether `.dockerignore` keeps a file from the engine: the last line that fits decides."""
    verdict = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            parts = path.split("/")
            heads = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            anywhere = pattern.removeprefix("**/")
            if any(
                fnmatch.fnmatch(head, pattern)
                or (anywhere != pattern and fnmatch.fnmatch(head.rpartition("/")[2], anywhere))
                for head in heads
            ):
                verdict = not line.startswith("!")
    return verdict


def tracked() -> list[str]:
    listed = subprocess.run(
        [str(shutil.which("git")), "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def copy(source: str, target: Path) -> None:
    """A file, or a folder's content, as COPY does it."""
    files = [path for path in tracked() if path == source or path.startswith(source + "/")]
    files = [path for path in files if not left_out(path)]
    assert files, f"COPY {source}: there is nothing"
    for path in files:
        place = target / Path(path).name if path == source else target / Path(path).relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, place)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the first stage has run, as if it were the image's root."""
    top = tmp_path_factory.mktemp("image")
    # A virtual environment has a `python` and a `python3`, as the image has.
    base = Path(sys.executable).resolve()
    (top / "bin").mkdir()
    for name in ("python", "python3"):
        (top / "bin" / name).symlink_to(base)
    variables = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("NEWSWATCH_", "VIRTUAL_ENV"))
        },
        "PATH": f"{top / 'bin'}:{os.environ['PATH']}",
    }
    folder = top

    def inside(text: str) -> str:
        return re.sub(r"(?<![\w.])/(opt|src|var)\b", rf"{top}/\1", text)

    for step in steps():
        if step.stage != 1:
            continue
        if step.word == "WORKDIR":
            folder = Path(inside(step.rest))
            folder.mkdir(parents=True)
        elif step.word == "ENV":
            variables |= dict(pair.split("=", 1) for pair in inside(step.rest).split())
        elif step.word == "COPY":
            *sources, target = step.rest.split()
            for source in sources:
                copy(source, folder / target)
        elif step.word == "RUN":
            done = subprocess.run(
                ["/bin/sh", "-c", inside(step.rest)],
                cwd=folder,
                env=variables,
                capture_output=True,
                text=True,
                check=False,
                timeout=280,
            )
            assert done.returncode == 0, f"{step.rest}\n{done.stderr}"
    return top


def newswatch(built: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [str(built / "opt" / "newswatch" / "bin" / "newswatch"), *arguments],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "HOME": str(built), "TMPDIR": str(built)},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.timeout(600)
def test_the_program_starts_outside_of_the_repository(built: Path) -> None:
    """From what was installed alone: the watchlist, the lists of names and the pipeline come along."""
    assert "worker" in newswatch(built, "--help")
    row = '{"id": 1, "text": "Secretary of State Marco Rubio said in Geneva that a ceasefire was agreed."}\n'
    assert '"watch":"ceasefire"' in newswatch(built, "match", "-", given=row).replace(" ", "")
    assert "Marco Rubio" in newswatch(built, "extract", "-", given=row)
    assert "in use: newswatch-default" in newswatch(built, "models", "list")


@pytest.mark.timeout(600)
def test_every_file_of_the_packages_is_installed(built: Path) -> None:
    """Data as well as code: models, tables, seeds."""
    (site,) = (built / "opt" / "newswatch" / "lib").glob("python3*/site-packages")
    packages = [path for path in tracked() if path.startswith(("agents/", "seeds/", "streams/"))]
    assert [path for path in packages if not (site / path).is_file()] == []
    assert not list(site.glob("**/__editable__*newswatch*"))
    # Neither what tests nor what trains: torch alone would be larger than all of it.
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert {"pytest", "torch"} <= {re.split(r"\W", line)[0] for lines in groups.values() for line in lines}
    assert [name for name in ("torch", "pytest", "mypy") if (site / name).exists()] == []
    assert (site / "onnxruntime").is_dir()


def test_the_image_runs_as_nobody_in_particular() -> None:
    """The last stage: what it copies is what the first made, and its user is not root."""
    last = [step for step in steps() if step.stage == 2]
    (user,) = [step.rest for step in last if step.word == "USER"]
    assert user == "10001:10001"
    assert [step.rest for step in last if step.word == "COPY"] == [
        "--from=build /opt/newswatch /opt/newswatch"
    ]
    assert [step.rest for step in last if step.word == "RUN" and not step.rest.startswith(NEEDS_ROOT)] == []
    assert [step.rest for step in last if step.word == "ENTRYPOINT"] == ['["newswatch"]']


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("streams/cli.py", False),
        ("agents/ingest/furniture.toml", False),
        ("uv.lock", False),
        (".env", True),
        (".console-token", True),
        (".git/config", True),
        ("tests/test_dockerfile.py", True),
        ("streams/__pycache__/cli.cpython-311.pyc", True),
    ],
)
def test_the_engine_is_given_what_it_needs_and_no_secret(path: str, out: bool) -> None:
    """By `.dockerignore`."""
    assert left_out(path) is out
