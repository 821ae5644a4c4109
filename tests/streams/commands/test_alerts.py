"""What `newswatch alerts` writes."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from streams.cli import app
from streams.commands.alerts import block_writer, json_writer


def test_json_is_as_on_the_topic(capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte, one a line; a record of several lines becomes one."""
    write = json_writer()
    write(b'{"watch":"ceasefire","x":1.0}')
    write(b'{\n "watch": "deadline"\n}')
    assert capsys.readouterr().out == '{"watch":"ceasefire","x":1.0}\n{"watch":"deadline"}\n'


@pytest.mark.parametrize("raw", [b"{broken", b"\xff", b"{}"])
def test_an_alert_that_cannot_be_read_is_named_and_skipped(
    raw: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error; nothing on standard output."""
    block_writer(Console(file=io.StringIO()))(raw)
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be read" in err


def test_a_time_that_is_none_is_an_error_before_anything_is_asked_of_the_broker() -> None:
    """One line on standard error."""
    result = CliRunner().invoke(app, ["alerts", "--since", "yesterday"])
    assert result.exit_code == 1
    assert "'yesterday' is no time" in result.stderr


def test_a_severity_that_is_none_is_an_error_that_names_them() -> None:
    """One line on standard error as well."""
    result = CliRunner().invoke(app, ["alerts", "--severity", "high"])
    assert result.exit_code == 1
    assert "no severity 'high': there is info, warning, critical" in result.stderr
