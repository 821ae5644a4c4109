"""An alert as the pages show it: decided here, laid out in `templates/alert.html`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from streams.console.pages.marked import passages
from streams.records import Alert
from streams.subscribe.clean import clean
from streams.subscribe.show import told_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from streams.console.pages.marked import Passage
    from streams.records import AlertEntity, Change

ENTITIES = 8
"""Named at once; the rest is behind a click."""
LATE_SECONDS = 60
"""An article that arrived so long after its own date says so."""

_decode = msgspec.json.Decoder(Alert).decode


class Link(NamedTuple):
    """Some text that leads somewhere, or nowhere."""

    text: str
    href: str | None


class Shown(NamedTuple):
    """What a template asks of an alert; all text is without controls, none is escaped yet."""

    alert: Alert
    headline: str
    outlet: Link
    """The article where it was published; text only where its address is none of HTTP's."""
    said: str | None
    """Why it was sent again, or what is left of a deadline."""
    changes: list[tuple[str, str | None, str | None]]
    """What is another, from what to what."""
    first: list[Passage]
    more: list[Passage]
    named: list[AlertEntity]
    named_more: list[AlertEntity]
    late: datetime | None
    """When it arrived, where that was long after its date."""
    held: int
    """Entries of the ledger since the last alert."""
    runbook: str | None
    story: str
    why: str
    permalink: str


def shown(raw: bytes) -> Shown | None:
    """An alert as it is on the topic, made ready to be shown; None for one that can't be read."""
    try:
        alert = _decode(raw)
    except (msgspec.MsgspecError, ValueError):
        return None
    first, more = passages(alert.mentions)
    late = (alert.arrived - alert.event_time).total_seconds() > LATE_SECONDS
    return Shown(
        alert=alert,
        headline=clean(alert.headline) or "(no headline)",
        outlet=outlet(alert.source, alert.name, alert.uri),
        said=told_of(alert.deadline) if alert.deadline else _again(alert),
        changes=[] if alert.deadline else changed(alert.changes),
        first=first,
        more=more,
        named=list(alert.entities[:ENTITIES]),
        named_more=list(alert.entities[ENTITIES:]),
        late=alert.arrived if late and not alert.deadline else None,
        held=sum(alert.suppressed.values()),
        runbook=web(alert.runbook_url),
        story=f"/stories/{quote(alert.story_id, safe='')}",
        why=f"/articles/{quote(alert.article_id, safe='')}",
        permalink=f"/alerts/{quote(alert.alert_id, safe='')}{_stage(alert)}",
    )


def web(address: str | None) -> str | None:
    """An address that a page may link to: of http or https, with a host; None for any other."""
    try:
        split = urlsplit(address or "")
    except ValueError:
        return None
    return address if split.scheme in {"http", "https"} and split.hostname else None


def _stage(alert: Alert) -> str:
    return "" if alert.stage == "live" else "?" + urlencode({"stage": alert.stage})


def _again(alert: Alert) -> str | None:
    return f"sent again, revision {alert.revision}" if alert.revision else None


def changed(changes: Iterable[Change]) -> list[tuple[str, str | None, str | None]]:
    """What is another, from what to what."""
    return [
        (change.what, clean(change.before) if change.before else None, clean(change.after or "gone"))
        for change in changes
    ]


def outlet(source: str | None, name: str | None, uri: str | None) -> Link:
    """Whose an article is, as well as that is known, with where it was published."""
    return Link(clean(source or name or uri or "unknown source"), web(uri))
