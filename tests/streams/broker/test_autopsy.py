"""What a dead broker's log tells a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.broker.autopsy import cause_of_death

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("java.io.IOException: No space left on device", "no room left in {}: free some space"),
        ("java.io.IOException: File too large", "no room left in {}: free some space"),
        ("java.nio.file.AccessDeniedException: x: Permission denied", "{} cannot be written"),
        ("java.lang.OutOfMemoryError: Java heap space", "no memory left for Java"),
    ],
)
def test_known_cause_is_one_line(tmp_path: Path, line: str, cause: str) -> None:
    """A cause with a way out is told in one line, however long the stack trace after it."""
    log = tmp_path / "broker.log"
    log.write_text(f"{line}\n" + "\tat org.apache.kafka.Some.method(Some.java:1)\n" * 100)
    assert cause_of_death(log).startswith(cause.format(tmp_path))
    assert "\n" not in cause_of_death(log)


def test_unknown_cause_quotes_the_last_errors(tmp_path: Path) -> None:
    """Otherwise the last lines that tell something are quoted, without stack traces and notices."""
    log = tmp_path / "broker.log"
    log.write_text(
        "WARNING: A terminally deprecated method in sun.misc.Unsafe has been called\n"
        "[main] WARN something small\n"
        "[main] ERROR kafka.Kafka$ - Exiting due to fatal exception\n"
        "org.apache.kafka.common.config.ConfigException: Invalid value x\n"
        "\tat kafka.Kafka$.main(Kafka.scala:99)\n"
        "\t... 12 more\n\n"
    )
    assert cause_of_death(log) == (
        "its log ends with\n"
        "  [main] ERROR kafka.Kafka$ - Exiting due to fatal exception\n"
        "  org.apache.kafka.common.config.ConfigException: Invalid value x"
    )


def test_earlier_starts_do_not_count(tmp_path: Path) -> None:
    """What a broker died of the time before is not told again."""
    log = tmp_path / "broker.log"
    log.write_text("java.io.IOException: No space left on device\n")
    since = log.stat().st_size
    log.write_text(log.read_text() + "ERROR something else\n")
    assert cause_of_death(log, since) == "its log ends with\n  ERROR something else"


def test_log_without_errors_is_quoted(tmp_path: Path) -> None:
    """A log with nothing called an error still has its last five lines quoted, odd bytes and all."""
    log = tmp_path / "broker.log"
    log.write_bytes(b"\xff\xfe\n" + b"".join(b"line %d\n" % number for number in range(20)))
    quoted = "\n".join(f"  line {number}" for number in range(15, 20))
    assert f"its log ends with\n{quoted}" == cause_of_death(log)


def test_empty_or_missing_log_is_told(tmp_path: Path) -> None:
    """Nothing to quote is said in words."""
    log = tmp_path / "broker.log"
    assert cause_of_death(log) == f"its log {log} cannot be read (No such file or directory)"
    log.touch()
    assert cause_of_death(log) == "its log is empty"
