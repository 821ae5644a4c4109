"""One JSON object a line on standard error, from our own code and from the libraries alike."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from streams.throttle import Throttle

_QUIET = (
    "aiokafka",
    "kafka",
    "faust",
    "mode",
    "asyncio",
    "trafilatura",
    "htmldate",
    "rocksdict",
    "uvicorn",
)
"""Libraries whose `info` is their own business; their warnings are ours."""


def configure(level: str = "info", *, stream: Any = None) -> None:
    """Send every log record through structlog to `stream` (standard error by default).

    A library's line that repeats itself is left out for a while, see `streams/throttle.py`.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(Throttle())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                *shared,
                structlog.stdlib.ExtraAdder(allow={"left_out"}),
                structlog.stdlib.PositionalArgumentsFormatter(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.dict_tracebacks,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    chatty = level == "debug"
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.INFO if chatty else logging.WARNING)
