"""An alert made ready for a page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from streams.console.pages.shown import ENTITIES, shown, web
from tests.streams.console.conftest import HOSTILE, NOON, alert_id

if TYPE_CHECKING:
    from tests.streams.console.conftest import MakeAlert


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://user@example.org:8080/", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://example.org/%0aalert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org/", False),
        ("/alerts", False),
        ("https:///path", False),
        ("http://[::1", False),
        ("file:///etc/passwd", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str | None, linked: bool) -> None:
    """Whoever writes an article writes its URI."""
    assert web(address) == (address if linked else None)


def test_what_is_said_of_an_alert(alert: MakeAlert) -> None:
    """Source, story and why; of many entities the first are named at once."""
    entities = [
        {"canonical": f"Name {number}", "canonical_id": str(number), "label": "PERSON", "count": 1}
        for number in range(ENTITIES + 3)
    ]
    ready = shown(alert(1, entities=entities, uri="https://news.example.org/1", runbook_url="data:,x"))
    assert ready
    assert ready.outlet == ("news.example.org", "https://news.example.org/1")
    assert ready.runbook is None
    assert ready.story == "/stories/0001" + "b" * 28
    assert ready.why == "/articles/" + "a" * 32
    assert ready.permalink == f"/alerts/{alert_id(1)}"
    assert (len(ready.named), len(ready.named_more)) == (ENTITIES, 3)
    assert (ready.said, ready.changes, ready.late, ready.held) == (None, [], None, 0)


def test_a_revision_says_what_changed(alert: MakeAlert) -> None:
    """From what to what; what is gone is said to be."""
    changes = [
        {"what": "claim", "from": "affirmed", "to": "negated"},
        {"what": "date", "from": "27 Nov", "to": None},
        {"what": "coverage", "from": None, "to": "3 outlets"},
    ]
    ready = shown(alert(1, revision=2, change="change", changes=changes, suppressed={"duplicate": 4}))
    assert ready
    assert ready.said == "sent again, revision 2"
    assert ready.changes == [
        ("claim", "affirmed", "negated"),
        ("date", "27 Nov", "gone"),
        ("coverage", None, "3 outlets"),
    ]
    assert ready.held == 4


def test_a_deadline_says_what_is_left(alert: MakeAlert) -> None:
    """Its moment is no arrival of an article."""
    deadline = {"due": "2025-11-27", "left": "24h", "alerts": ["a", "b"]}
    ready = shown(alert(1, deadline=deadline, arrived=NOON + timedelta(days=1)))
    assert ready
    assert ready.said == "24 hours to the deadline of 2025-11-27, of which 2 stories speak"
    assert ready.late is None


def test_an_article_that_came_late_says_so(alert: MakeAlert) -> None:
    """More than a minute after its own date."""
    late = NOON + timedelta(seconds=61)
    ready, soon = shown(alert(1, arrived=late)), shown(alert(1, arrived=NOON + timedelta(seconds=59)))
    assert ready
    assert soon
    assert (ready.late, soon.late) == (late, None)


def test_hostile_text_has_no_controls_and_ids_stay_in_their_place(alert: MakeAlert) -> None:
    """A story's id that were a path leads nowhere else."""
    ready = shown(alert(1, headline=HOSTILE, story_id="../../x?y=<", stage="shadow"))
    assert ready
    assert not {"\n", "\x00", "\x85", "\u2028", "\u202e"} & set(ready.headline)
    assert ready.story == "/stories/..%2F..%2Fx%3Fy%3D%3C"
    assert ready.permalink == f"/alerts/{alert_id(1)}?stage=shadow"


def test_what_can_not_be_read_is_no_alert(alert: MakeAlert) -> None:
    """The list goes on without it."""
    assert shown(alert(1, severity="terrible")) is None
    assert shown(b"{}") is None
