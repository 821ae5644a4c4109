"""An alert as a body to post: its JSON as on the topic, or what Alertmanager's API takes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from yarl import URL

from agents.mentions.telling import telling
from agents.webhook.notice import AFFIRMED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from agents.webhook.notice import Notice, Sentence
    from agents.webhook.target import Format

FIRING = timedelta(hours=1)
"""For how long Alertmanager holds an alert as firing: news has no end of its own, and 5 minutes, its default,
would be over before a group of alerts is sent again."""
LONGEST = 2_000
"""Characters of an annotation; they end up in chats and on pagers."""
NEWS = {"change", "deadline"}
"""`change` of a revision that says another thing than the one before, and not only more of it."""
LEFT = {"24h": "24 hours to", "1h": "1 hour to", "passed": "Passed:"}


def body(raw: bytes, notice: Notice, format_: Format, now: datetime) -> bytes:
    """The body of a post.

    Args:
        raw: the record as on the topic.
        notice: the same, read.
        format_: of the body; `plain` is `raw`.
        now: wall clock.
    """
    return raw if format_ == "plain" else msgspec.json.encode([alertmanager(notice, now)])


def alertmanager(notice: Notice, now: datetime) -> dict[str, Any]:
    """A postable alert of Alertmanager's API, version 2.

    Labels are its identity there: of bounded size, none from the article's text, and the same for all
    revisions of an `alert_id`. A reversal and a deadline that has come nearer have one more, or Alertmanager
    would take them for known and tell nobody.
    """
    labels = {
        "alertname": notice.watch,
        "watch": notice.watch,
        "severity": notice.severity,
        "alert_id": notice.alert_id,
        "story_id": notice.story_id,
    }
    if notice.change in NEWS:
        labels["revision"] = str(notice.revision)
    annotations = {
        "summary": _deadline(notice) + (notice.headline or "(no headline)"),
        "description": "\n".join(telling(_terms(notice.mentions))),
        "changes": "\n".join(_changes(notice.changes)),
        "uri": notice.uri,
        "source": notice.source,
        "runbook_url": notice.runbook_url,
        "event_time": notice.event_time.isoformat(),
        "origin": notice.origin,
        "revision": str(notice.revision),
    }
    posted = {
        "labels": labels,
        "annotations": {name: _shortened(text) for name, text in annotations.items() if text},
        "startsAt": min(notice.event_time, now),
        "endsAt": now + FIRING,
    }
    # Alertmanager refuses the whole post for a generatorURL that is none.
    return posted | ({"generatorURL": notice.uri} if notice.uri and _is_address(notice.uri) else {})


def _deadline(notice: Notice) -> str:
    due = notice.deadline
    return f"{LEFT.get(due.left, due.left)} the deadline of {due.due}: " if due else ""


def _terms(mentions: Iterable[Sentence]) -> dict[str, set[str]]:
    """Each sentence, and the terms in it."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        found.setdefault(_told(mention), set()).add(mention.text)
    return found


def _told(mention: Sentence) -> str:
    """The sentence; one that does not affirm what is watched for says so."""
    return mention.sentence if mention.claim == AFFIRMED else f"[{mention.claim}] {mention.sentence}"


def _changes(changes: Iterable[dict[str, Any]]) -> Iterable[str]:
    for change in changes:
        yield f"{change.get('what')}: {change.get('from') or '–'} → {change.get('to') or '–'}"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _is_address(uri: str) -> bool:
    try:
        read = URL(uri)
    except ValueError:
        return False
    plain = uri.isascii() and uri.isprintable() and " " not in uri and len(uri) <= LONGEST
    return plain and read.scheme in {"http", "https"} and bool(read.host)
