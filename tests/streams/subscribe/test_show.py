"""Alerts for people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from rich.text import Text

from streams.records import Alert, Change, Deadline, Mention
from streams.subscribe.show import block

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)


def mention(text: str, sentence: str, **fields: Any) -> Mention:
    """A mention in a body."""
    return Mention(
        watch="ceasefire", text=text, field="body_text", start=0, end=1, sentence=sentence, **fields
    )


def alert(*mentions: Mention, **changes: Any) -> Alert:
    """An alert on a ceasefire."""
    fields: dict[str, Any] = {
        "alert_id": "0" * 32,
        "watch": "ceasefire",
        "severity": "warning",
        "article_id": "1" * 32,
        "story_id": "1" * 32,
        "headline": "Talks resume",
        "source": "example.org",
        "event_time": NOON,
        "arrived": NOON,
        "detected_at": NOON,
        "mentions": mentions,
        "origin": "replay",
        "seq": 0,
    }
    return Alert(**(fields | changes))


def test_one_line_and_the_sentences_once() -> None:
    """Two terms in one sentence are both marked in it."""
    sentence = "A truce, or ceasefire, was agreed."
    shown = block(alert(mention("truce", sentence), mention("ceasefire", sentence)), colours=False)
    assert shown.plain == (
        "2025-11-24 12:00:00Z  WARNING  ceasefire  Talks resume  [example.org]\n"
        "    A **truce**, or **ceasefire**, was agreed."
    )


def test_what_is_not_affirmed_is_told_and_when_it_is_due() -> None:
    """Of several terms by term, where they differ."""
    one = mention("deadline", "No deadline of May 9.", claim="negated", due="2025-05-09")
    assert block(alert(one), colours=False).plain.endswith(
        "\n    No **deadline** of May 9. (negated, due 2025-05-09)"
    )
    sentence = "A truce, but no ceasefire."
    two = alert(mention("truce", sentence), mention("ceasefire", sentence, claim="negated"))
    assert block(two, colours=False).plain.endswith(
        "\n    A **truce**, but no **ceasefire**. (truce: affirmed; ceasefire: negated)"
    )
    same = alert(*(mention(term, sentence, claim="attributed") for term in ("truce", "ceasefire")))
    assert block(same, colours=False).plain.endswith("no **ceasefire**. (attributed)")


def test_a_term_is_marked_as_a_word() -> None:
    """Not within another one."""
    shown = block(alert(mention("sanctions", "Unsanctions and sanctions.")), colours=False)
    assert shown.plain.endswith("Unsanctions and **sanctions**.")


def test_with_colours_the_words_are_as_they_are() -> None:
    """The term has a style of its own instead of marks."""
    shown = block(alert(mention("ceasefire", "A ceasefire.")), colours=True)
    assert shown.plain.endswith("\n    A ceasefire.")
    assert "ceasefire" in [
        shown.plain[span.start : span.end] for span in shown.spans if "reverse" in str(span.style)
    ]


@pytest.mark.parametrize("field", ["headline", "source", "watch"])
def test_hostile_text_does_nothing(field: str) -> None:
    """No control sequence is left, and Rich's markup is only text."""
    shown = block(alert(**{field: "\x1b[2J[bold]x[/bold]\n\u202ey"}), colours=True)
    assert "[bold]x[/bold] y" in shown.plain
    assert "\x1b" not in shown.plain
    assert isinstance(shown, Text)
    assert "\n" not in shown.plain


def test_an_alert_with_nothing_to_show_is_a_line() -> None:
    """No headline, source or mention."""
    shown = block(alert(headline="", source=None), colours=False)
    assert shown.plain == "2025-11-24 12:00:00Z  WARNING  ceasefire  (no headline)"


def test_a_revision_says_what_changed() -> None:
    """From what to what; a step of coverage has no before."""
    changes = (
        Change(what="claim", before="affirmed", after="negated"),
        Change(what="coverage", before=None, after="3 outlets"),
    )
    shown = block(alert(revision=2, change="change", changes=changes), colours=False)
    assert shown.plain.splitlines()[1] == "    revision 2: claim affirmed → negated; coverage 3 outlets"


def test_of_many_sentences_the_first_are_shown_and_the_rest_counted() -> None:
    """An alert is read in a glance; the record has all."""
    many = alert(*(mention("Kyiv", f"Kyiv, {number}.") for number in range(8)))
    shown = block(many, colours=False).plain
    assert shown.count("**Kyiv**") == 5
    assert shown.endswith("**Kyiv**, 4.\n    … and 3 sentences more")


@pytest.mark.parametrize(
    ("left", "alerts", "told"),
    [
        ("24h", ("a",), "24 hours to the deadline of 2025-11-27"),
        ("1h", ("a", "b"), "1 hour to the deadline of 2025-11-27, of which 2 stories speak"),
        ("passed", ("a",), "the deadline of 2025-11-27 has passed"),
    ],
)
def test_a_deadline_says_what_is_left(left: Any, alerts: tuple[str, ...], told: str) -> None:
    """In words, first of all."""
    due = Deadline(due="2025-11-27", left=left, alerts=alerts)
    shown = block(alert(mention("truce", "A truce."), revision=1, deadline=due), colours=False)
    assert shown.plain == (
        f"2025-11-24 12:00:00Z  WARNING  ceasefire  Talks resume  [example.org]\n    {told}\n    A **truce**."
    )
