"""Why an input becomes a dead letter: a closed set of reasons, and the exception that carries one."""

from __future__ import annotations

from typing import Literal, get_args

Reason = Literal[
    "empty",
    "not_text",
    "bad_json",
    "wrong_type",
    "no_body",
    "too_short",
    "too_long",
    "bad_date",
    "internal_error",
]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""Every value of the metric label `reason` that this step can give."""

_SHOWN_CHARS = 60  # enough to recognise a value in one log line


class RefusalError(Exception):
    """This input can't become an article.

    Attributes:
        reason: One of `REASONS`.
        message: One line that names the value, the limit and the way out.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message


def shown(value: object) -> str:
    """A value as a message shows it: its `repr`, shortened to one line of 60 characters."""
    text = repr(value[: 2 * _SHOWN_CHARS] if isinstance(value, str | bytes) else value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
