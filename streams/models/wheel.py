"""Wheels of spaCy pipelines, held against a SHA-256 sum before anything of them is installed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = re.compile(r"(?P<name>\w+)-(?P<version>[^-]+)-[^-]+-[^-]+-[^-]+\.whl")
"""Name and version, then the tags of Python, ABI and platform (PEP 427)."""
SUM = re.compile(r"[0-9a-f]{64}")


class InstallError(RuntimeError):
    """A pipeline can't be installed; the message names it and the way out."""


class Wheel(NamedTuple):
    """A release and its sum."""

    name: str
    version: str
    sha256: str
    spacy: str
    """Minor version of spaCy that it was made for."""

    @property
    def file_name(self) -> str:
        """Of the file in the release."""
        return f"{self.name}-{self.version}-py3-none-any.whl"

    @property
    def path(self) -> str:
        """Below the address of spaCy's releases."""
        return f"{self.name}-{self.version}/{self.file_name}"


PINNED = Wheel(
    "en_core_web_sm", "3.8.0", "1932429db727d4bff3deed6b34cfc05df17794f4a52eeb26cf8928f7c1a0fb85", "3.8"
)
"""Its publisher gives no list of sums; this one stands in the locks of many projects, all the same."""


def sum_of(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        InstallError: it can't be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InstallError(
            f"{path}: can't be read: {error.strerror}; name the wheel of a pipeline"
        ) from error


def check(path: Path, sha256: str | None) -> str:
    """Hold a wheel against the sum given, else against the pinned one of its name; return its package's name.

    Raises:
        InstallError: it is no wheel, no sum is known, or it has another.
    """
    found = FILE_NAME.fullmatch(path.name)
    if not found:
        raise InstallError(f"{path} is no wheel by its name (NAME-VERSION-py3-none-any.whl); don't rename it")
    actual = sum_of(path)
    known = PINNED.sha256 if path.name == PINNED.file_name else None
    wanted = sha256.lower() if sha256 else known
    if wanted is None:
        raise InstallError(
            f"the SHA-256 sum of {path.name} is not known here; give the one that its publisher tells: "
            "--sha256 SUM"
        )
    if not SUM.fullmatch(wanted):
        raise InstallError(f"--sha256 '{sha256}' is no SHA-256 sum: 64 digits of 0-9 and a-f")
    if actual != wanted:
        raise InstallError(
            f"wrong checksum: {path.name} has SHA-256 {actual}, expected {wanted}; nothing was installed: "
            "fetch it again, and if that gives the same, what lies between you and its publisher alters files"
        )
    return found["name"]
