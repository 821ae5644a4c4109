"""Put a wheel, whose sum was found right, into this environment or into a folder."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from spacy import about

from streams.models.wheel import PINNED, InstallError

if TYPE_CHECKING:
    from pathlib import Path


def fits(version: str = about.__version__) -> bool:
    """Whether the pinned pipeline is one for this spaCy."""
    return version.split(".")[:2] == PINNED.spacy.split(".")


def put(wheel: Path, to: Path | None) -> None:
    """Install a wheel without its dependencies, which are spaCy and what the wheel's maker asks of it.

    No index and no network is used.

    Raises:
        InstallError: there is no installer, or it failed.
    """
    where = ["--target", str(to), "--upgrade"] if to else ["--force-reinstall"]
    done = subprocess.run(
        [*_installer(), "--no-deps", "--no-index", *where, str(wheel)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise InstallError(
            f"{wheel.name} can't be installed: {said[-1].strip() if said else 'no reason given'}"
        )
    importlib.invalidate_caches()


def folder_of(name: str, to: Path) -> Path:
    """What NEWSWATCH_SPACY_MODEL has to be for a pipeline that was put into a folder.

    Raises:
        InstallError: the wheel had no pipeline in it.
    """
    found = sorted(path.parent for path in (to / name).glob(f"{name}-*/config.cfg"))
    if not found:
        raise InstallError(f"{to / name} has no spaCy pipeline in it: the wheel was of something else")
    return found[-1]


def _installer() -> list[str]:
    """Pip of this environment, else uv."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    raise InstallError(f"there is neither pip nor uv; get pip with '{sys.executable} -m ensurepip'")
