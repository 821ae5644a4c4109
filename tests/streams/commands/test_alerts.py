"""What `newswatch alerts` writes."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from streams.commands.alerts import block_writer, json_writer
from streams.subscribe.watches import is_of


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


def test_watches_are_told_apart() -> None:
    """No watch means any; what is no alert belongs to none."""
    raw = msgspec.json.encode({"watch": "ceasefire"})
    assert [is_of(raw, watches) for watches in ((), ("ceasefire",), ("deadline",))] == [True, True, False]
    assert not is_of(b"{broken", ("ceasefire",))
