"""Undelivered alerts as a person reads them, and as JSON."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import TYPE_CHECKING

import msgspec

from streams.records import Lost  # noqa: TC001
from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agents.webhook.backlog import Item
    from streams.undelivered.resend import Result


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An undelivered alert, as `--json` prints it."""

    alert_id: str | None
    revision: int | None
    watch: str | None
    reason: Lost
    message: str
    status: int | None
    attempts: int
    time: datetime
    due: bool
    """Whether a resend posts it."""
    newer: int | None
    """The newer revision because of which it is not."""
    alert: msgspec.Raw | None
    """As it is on `alerts`; None for a record that is none."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a resend, as `--json` prints it."""

    taken: int
    not_taken: int
    overtaken: int
    """Not posted: the receiver has a newer revision, or one is under way."""
    unreadable: int
    """Not posted: no alert."""
    failures: tuple[Listed, ...]
    """Those not taken, with what the last attempt met."""


def listed(item: Item) -> Listed:
    """One of them."""
    record = item.record
    return Listed(
        alert_id=record.alert_id,
        revision=record.revision,
        watch=record.watch,
        reason=record.reason,
        message=record.message,
        status=record.status,
        attempts=record.attempts,
        time=record.time,
        due=item.due,
        newer=item.newer,
        alert=msgspec.Raw(record.payload) if item.notice else None,
    )


def told(results: Sequence[Result], items: Sequence[Item]) -> Told:
    """All of them.

    Args:
        results: of those that were due.
        items: all that were meant.
    """
    taken = sum(result.taken for result in results)
    overtaken = sum(result.delivery is None for result in results)
    return Told(
        taken=taken,
        not_taken=len(results) - taken - overtaken,
        overtaken=overtaken + sum(item.newer is not None for item in items),
        unreadable=sum(item.notice is None for item in items),
        failures=tuple(_failed(result) for result in results if result.delivery and not result.taken),
    )


def _failed(result: Result) -> Listed:
    assert result.delivery is not None  # noqa: S101  asked above; mypy does not see it
    outcome, answer = result.delivery.outcome, result.delivery.answer
    return msgspec.structs.replace(
        listed(result.item),
        reason="refused" if outcome == "refused" else "given_up",
        message=answer.message if answer else "",
        status=answer.status if answer else None,
        attempts=result.delivery.attempts,
    )


def lines(item: Item) -> Iterable[str]:
    """When and why it was given up, what the last attempt met, and whether a resend leaves it out."""
    record = item.record
    headline = item.notice.headline or "(no headline)" if item.notice else f"{len(record.payload):,} bytes"
    yield f"{record.time:%Y-%m-%d %H:%M:%S}Z  {record.reason}  {name(item)}  {clean(headline)}"
    yield f"after {_attempts(record.attempts)}: {clean(record.message)}"
    if item.newer is not None:
        yield f"not resent: revision {item.newer} has been delivered, or is under way"
    elif item.notice is None:
        yield "not resent: it is no alert"


def name(item: Item) -> str:
    """What it is known by."""
    record = item.record
    if record.alert_id is None:
        return "no alert"
    return clean(f"{record.watch} {record.alert_id} revision {record.revision}")


def failure(result: Result) -> str:
    """One line: which was not taken, and why."""
    if result.delivery is None:
        return f"not posted  {name(result.item)}: revision {result.newer} has come in between"
    answer = result.delivery.answer
    tries = _attempts(result.delivery.attempts)
    what = clean(answer.message) if answer else ""
    return f"NOT TAKEN  {name(result.item)} ({result.delivery.outcome} after {tries}): {what}"


def summary(counts: Told) -> str:
    """The counts, without those that are none."""
    posted = [f"{counts.taken:,} taken", *([f"{counts.not_taken:,} NOT TAKEN"] if counts.not_taken else [])]
    left = []
    if counts.overtaken:
        left.append(f"{counts.overtaken:,} whose newer revision has been delivered or is under way")
    if counts.unreadable:
        left.append(f"{counts.unreadable:,} that {'is' if counts.unreadable == 1 else 'are'} no alert")
    head = ", ".join(posted) if counts.taken or counts.not_taken else "nothing was to be posted"
    return f"{head}; left out: {', '.join(left)}" if left else head


def _attempts(count: int) -> str:
    return f"{count} attempt{'' if count == 1 else 's'}"
