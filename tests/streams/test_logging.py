"""Log lines: one JSON object each, whoever writes."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from streams.logging import configure

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Give the process back its logging."""
    root = logging.getLogger()
    names = ("aiokafka", "kafka", "faust", "mode", "asyncio", "trafilatura", "htmldate", "rocksdict")
    before = root.handlers[:], root.level, {name: logging.getLogger(name).level for name in names}
    yield
    root.handlers[:], level, levels = before
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_lines_and_those_of_libraries_have_one_form() -> None:
    """With level, logger, time, and whatever was bound."""
    stream = io.StringIO()
    configure(stream=stream)
    structlog.get_logger("streams.x").info("alert", article_id="a1", headline="Krieg\nund „Frieden“")
    logging.getLogger("some.library").warning("broken %s", "pipe")
    ours, theirs = lines(stream)
    assert (ours["event"], ours["article_id"], ours["logger"]) == ("alert", "a1", "streams.x")
    assert ours["headline"] == "Krieg\nund „Frieden“"
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("broken pipe", "warning", "some.library")
    assert {"timestamp"} <= ours.keys() & theirs.keys()


def test_an_error_with_its_traceback_is_still_one_line() -> None:
    """So that a collector of logs keeps it together."""
    stream = io.StringIO()
    configure(stream=stream)
    try:
        int("what went wrong")
    except ValueError:
        structlog.get_logger("streams.x").exception("a step failed")
    (line,) = lines(stream)
    assert "what went wrong" in line["exception"][0]["exc_value"]


@pytest.mark.parametrize(("level", "seen"), [("debug", True), ("info", False)])
def test_libraries_chatter_in_debug_only(level: str, seen: bool) -> None:
    """Their `info` is their own business."""
    stream = io.StringIO()
    configure(level, stream=stream)
    logging.getLogger("aiokafka.consumer").info("joined the group")
    assert bool(lines(stream)) is seen


def test_a_library_that_repeats_itself_is_cut_short_and_we_are_not() -> None:
    """A broker's death makes 90 lines a second; two alerts alike are two alerts."""
    stream = io.StringIO()
    configure(stream=stream)
    for number in range(3):
        logging.getLogger("aiokafka").error("no node %s", number)
        structlog.get_logger("streams.x").warning("dead letter", offset=number)
    found = [line["event"] for line in lines(stream)]
    assert found == ["no node 0", "dead letter", "dead letter", "dead letter"]


def test_the_next_line_says_how_many_were_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a field of its own."""
    monkeypatch.setattr("streams.throttle.EVERY", 1e-9)
    stream = io.StringIO()
    configure(stream=stream)
    (throttle,) = logging.getLogger().handlers[0].filters
    throttle._seen["aiokafka", logging.ERROR, "no node"] = (0.0, 41)  # type: ignore[union-attr]
    logging.getLogger("aiokafka").error("no node")
    assert lines(stream)[0]["left_out"] == 41
