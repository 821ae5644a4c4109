"""What `newswatch replay` says."""

from __future__ import annotations

import json
import math

import pytest
import typer
from typer.testing import CliRunner

from streams.commands.replay import NAMED, replay, speed_option, tell
from streams.replay.report import Problem, Report

app = typer.Typer()
app.command()(replay)


def test_a_wrong_speed_is_a_usage_error() -> None:
    """Typer tells it and exits with 2."""
    assert speed_option("max") == math.inf
    with pytest.raises(typer.BadParameter, match="60x"):
        speed_option("fast")


@pytest.mark.parametrize("arguments", [["x", "--speed", "0"], ["x", "--limit", "0"], ["x", "--origin", "y"]])
def test_usage_errors_exit_with_2(arguments: list[str]) -> None:
    """Before anything is connected."""
    assert CliRunner().invoke(app, arguments).exit_code == 2


@pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")
def test_a_bootstrap_that_is_no_address_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names what was given; no traceback."""
    monkeypatch.delenv("NEWSWATCH_KAFKA_BOOTSTRAP", raising=False)
    result = CliRunner().invoke(app, ["x", "--bootstrap", "host:port"])
    assert result.exit_code == 1
    assert result.stderr.startswith("newswatch replay: 'host:port' is not host:port")
    assert result.stderr.count("\n") == 1


def test_problems_are_named_up_to_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    """The account goes to standard output, the names, made harmless, to standard error."""
    many = [Problem(f"a{n}\x1b[31m", "is a socket") for n in range(NAMED + 5)]
    tell(Report(unreadable=many, failed=[Problem("b", "too large")]), as_json=False)
    out, err = capsys.readouterr()
    assert out.startswith("0 articles sent, 0 acknowledged, 25 unreadable")
    assert "cannot be read: a0: is a socket\n" in err
    assert "cannot be read: 5 more\n" in err
    assert "not taken by the broker: b: too large\n" in err


def test_json_is_one_line_with_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs."""
    tell(Report(sent=2, acknowledged=1, failed=[Problem("b", "too large")]), as_json=True)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out)["failed"] == [{"name": "b", "reason": "too large"}]
