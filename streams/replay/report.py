"""What a replay did, in numbers and names."""

from __future__ import annotations

from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """Something that did not become an acknowledged article, and why."""

    name: str
    reason: str


class Unreadable(Exception):  # noqa: N818  the field's word, as in 'N unreadable'
    """A file or a row that cannot be read; `problem` names it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.problem = Problem(name, reason)


class Report(msgspec.Struct, kw_only=True):
    """The account of a replay; `sent == acknowledged + len(failed)` at its end unless the broker was lost."""

    read: int = 0
    """Articles found in what was given; a loop sends each of them many times."""
    sent: int = 0
    """Articles handed to the broker."""
    acknowledged: int = 0
    """Articles the broker has confirmed on all its replicas."""
    failed: list[Problem] = msgspec.field(default_factory=list)
    """Articles the broker did not take."""
    unreadable: list[Problem] = msgspec.field(default_factory=list)
    """Files, folders and rows that gave no article."""
    hidden: int = 0
    """Files and folders passed over because their name begins with a dot."""
    stopped: Literal["", "interrupted", "broker lost"] = ""
    """Why it ended before its last article."""
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0: every article was acknowledged; 130: interrupted; 1: anything else."""
        if self.stopped == "interrupted":
            return 130
        whole = self.sent and self.sent == self.acknowledged
        return 0 if whole and not (self.failed or self.unreadable or self.stopped) else 1

    def line(self) -> str:
        """The account in one line for people."""
        rate = self.acknowledged / self.seconds if self.seconds else 0.0
        text = (
            f"{self.sent:,} articles sent, {self.acknowledged:,} acknowledged, "
            f"{len(self.unreadable):,} unreadable in {self.seconds:.1f} s ({rate:,.0f}/s)"
        )
        if self.failed:
            text += f"; {len(self.failed):,} not taken by the broker"
        if open_ := self.sent - self.acknowledged - len(self.failed):
            text += f"; {open_:,} without an answer"
        if self.hidden:
            text += f"; {self.hidden:,} hidden passed over"
        return f"{text}; {self.stopped}" if self.stopped else text
