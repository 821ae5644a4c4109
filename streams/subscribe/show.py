"""An alert as a person reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from agents.mentions.telling import MOST_SENTENCES, telling
from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from streams.records import Alert, Deadline, Left, Mention

STYLES = {"critical": "bold white on red", "warning": "bold yellow", "info": "bold cyan"}
TERM = "bold reverse"
LEFT: dict[Left, str] = {
    "24h": "24 hours to the deadline of {}",
    "1h": "1 hour to the deadline of {}",
    "passed": "the deadline of {} has passed",
}
MARK = "**"
"""Around a term where there are no colours."""


def block(alert: Alert, *, colours: bool) -> Text:
    """A line with event time (UTC), severity, watch, headline and source, then the sentences that tell most.

    An alert that is sent again says in between what has changed, one of a deadline what is left.

    The watched terms are highlighted, by colour or by `MARK`. Whatever is in the texts, the result has no
    control characters, and nothing of it is read as markup.
    """
    watch, headline = clean(alert.watch), clean(alert.headline)
    text = Text(f"{alert.event_time:%Y-%m-%d %H:%M:%S}Z  ")
    text.append(alert.severity.upper(), style=STYLES[alert.severity])
    text.append("  ").append(watch, style="bold").append(f"  {headline or '(no headline)'}")
    source = clean(alert.source or alert.uri or alert.name or "")
    if source:
        text.append(f"  [{source}]", style="dim")
    if alert.deadline:
        text.append(f"\n    {told_of(alert.deadline)}", style="italic")
    elif alert.revision:
        text.append(f"\n    revision {alert.revision}: {_changes(alert)}", style="italic")
    for sentence in sentences(alert, colours=colours, most=MOST_SENTENCES):
        text.append("\n    ").append_text(sentence)
    if (more := len({mention.sentence for mention in alert.mentions}) - MOST_SENTENCES) > 0:
        text.append(f"\n    … and {more} sentences more", style="dim")
    return text


def sentences(alert: Alert, *, colours: bool, most: int | None = None) -> list[Text]:
    """Each sentence with a watched term once, the terms highlighted, by colour or by `MARK`.

    Of more than `most` those that tell most.

    Behind it stands how the terms are meant, where that is not affirmed, and when they are due.
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for mention in alert.mentions:
        terms = found.setdefault(clean(mention.sentence), {})
        terms.setdefault(clean(mention.text), {}).update(dict.fromkeys(_notes(mention)))
    return [
        highlighted(one, set(found[one]), colours=colours).append(_told(found[one]), style="italic")
        for one in telling(found, len(found) if most is None else most)
    ]


def _notes(mention: Mention) -> list[str]:
    meant = [] if mention.claim == "affirmed" else [str(mention.claim)]
    return [*meant, f"due {mention.due}"] if mention.due else meant


def _told(terms: dict[str, dict[str, None]]) -> str:
    """The notes on a sentence's terms: ' (negated)', or by term where they differ."""
    notes = {term: ", ".join(noted) for term, noted in terms.items()}
    if len(set(notes.values())) > 1:
        return " (" + "; ".join(f"{term}: {noted or 'affirmed'}" for term, noted in notes.items()) + ")"
    noted = next(iter(notes.values()))
    return f" ({noted})" if noted else ""


def told_of(deadline: Deadline) -> str:
    """What is left of a deadline, and how many stories speak of it."""
    count = len(deadline.alerts)
    stories = f", of which {count} stories speak" if count > 1 else ""
    return clean(LEFT[deadline.left].format(deadline.due) + stories)


def _changes(alert: Alert) -> str:
    return "; ".join(
        clean(f"{change.what} {change.before + ' → ' if change.before else ''}{change.after or 'gone'}")
        for change in alert.changes
    )


def highlighted(sentence: str, terms: set[str], *, colours: bool) -> Text:
    """A sentence with its terms highlighted."""
    longest_first = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True) if term)
    pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)" if longest_first else r"(?!)")
    if not colours:
        return Text(pattern.sub(lambda match: f"{MARK}{match[0]}{MARK}", sentence))
    text = Text(sentence)
    text.highlight_regex(pattern, TERM)
    return text
