"""Alerts as bodies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.webhook.notice import decode
from agents.webhook.payload import LONGEST, alertmanager, body

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2025, 11, 24, 12, 5, tzinfo=UTC)
EVENT = datetime(2025, 11, 24, 12, tzinfo=UTC)


def posted(raw: bytes) -> dict[str, Any]:
    found: list[dict[str, Any]] = msgspec.json.decode(body(raw, decode(raw), "alertmanager", NOW))
    assert len(found) == 1
    return found[0]


def test_plain_is_the_record_byte_for_byte(make_raw: Callable[..., bytes]) -> None:
    """With fields that this version doesn't know."""
    raw = make_raw(tone="grave", revision=3)
    assert body(raw, decode(raw), "plain", NOW) == raw


def test_alertmanagers_alert(make_raw: Callable[..., bytes]) -> None:
    """All of it."""
    assert posted(make_raw(runbook_url="https://wiki.example.org/truce")) == {
        "labels": {
            "alertname": "ceasefire",
            "watch": "ceasefire",
            "severity": "critical",
            "alert_id": "a" * 32,
            "story_id": "c" * 32,
        },
        "annotations": {
            "summary": "Truce agreed",
            "description": "Both sides agreed a truce.",
            "uri": "https://example.org/truce",
            "source": "example.org",
            "runbook_url": "https://wiki.example.org/truce",
            "event_time": "2025-11-24T12:00:00+00:00",
            "origin": "live",
            "revision": "0",
        },
        "startsAt": "2025-11-24T12:00:00Z",
        "endsAt": "2025-11-24T13:05:00Z",
        "generatorURL": "https://example.org/truce",
    }


def test_a_revision_has_the_labels_of_its_alert(make_raw: Callable[..., bytes]) -> None:
    """Another headline, source, address: the same alert to Alertmanager, with other annotations."""
    first = posted(make_raw())
    second = posted(
        make_raw(revision=1, change="coverage", headline="Truce", source="b.org", uri="https://b.org/")
    )
    assert first["labels"] == second["labels"]
    assert first["annotations"] != second["annotations"]


def test_a_reversal_is_an_alert_of_its_own_and_says_what_changed(make_raw: Callable[..., bytes]) -> None:
    """Alertmanager tells nobody of an alert that it takes for known."""
    changes = [{"what": "claim", "from": "affirmed", "to": "negated"}]
    alert = posted(make_raw(revision=2, change="change", changes=changes))
    assert alert["labels"] == posted(make_raw())["labels"] | {"revision": "2"}
    assert alert["annotations"]["changes"] == "claim: affirmed → negated"


def test_an_event_to_come_starts_now(make_raw: Callable[..., bytes]) -> None:
    """An alert that ends before it starts is refused by Alertmanager."""
    alert = posted(make_raw(event_time=NOW + timedelta(days=300)))
    assert alert["startsAt"] == "2025-11-24T12:05:00Z"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "no address",
        "ftp://example.org/",
        "http://",
        "http://[",
        "https://example.org/a b",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_no_generator(uri: str, make_raw: Callable[..., bytes]) -> None:
    """Alertmanager would refuse the post for it."""
    assert "generatorURL" not in posted(make_raw(uri=uri))


@given(data=st.data())
def test_labels_are_bounded_and_free_of_the_articles_text(
    data: st.DataObject, make_raw: Callable[..., bytes]
) -> None:
    """Whatever an article says, in any length."""
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda text: text * 300)
    changes = {name: data.draw(text) for name in ("headline", "uri", "source")}
    alert = posted(make_raw(**changes))
    assert alert["labels"] == posted(make_raw())["labels"]
    assert all(0 < len(value) <= LONGEST for value in alert["annotations"].values())
    assert alert["annotations"]["summary"]


def test_a_sentence_that_affirms_nothing_says_so(make_raw: Callable[..., bytes]) -> None:
    """Nobody is to be woken by a truce that was refused; nor by a change to nothing that reads None."""
    sentence = {"sentence": "Both sides rejected a truce.", "claim": "negated"}
    raw = make_raw(mentions=[sentence], changes=[{"what": "watch", "from": None, "to": "deadline"}])
    annotations = alertmanager(decode(raw), NOW)["annotations"]
    assert annotations["description"] == "[negated] Both sides rejected a truce."
    assert annotations["changes"] == "watch: – → deadline"


def test_sentences_are_there_once_each(make_alert: Callable[..., Any]) -> None:
    """Two terms in a sentence are two mentions."""
    alert = make_alert()
    raw = msgspec.json.encode(msgspec.structs.replace(alert, mentions=alert.mentions * 2))
    assert alertmanager(decode(raw), NOW)["annotations"]["description"] == "Both sides agreed a truce."


@pytest.mark.parametrize(
    ("left", "summary"),
    [
        ("24h", "24 hours to the deadline of 2025-11-27: Truce agreed"),
        ("1h", "1 hour to the deadline of 2025-11-27: Truce agreed"),
        ("passed", "Passed: the deadline of 2025-11-27: Truce agreed"),
        ("7d", "7d the deadline of 2025-11-27: Truce agreed"),
    ],
)
def test_each_moment_of_a_deadline_is_an_alert_of_its_own(
    make_raw: Callable[..., bytes], left: str, summary: str
) -> None:
    """Alertmanager would tell nobody that an hour is left of what it knows; another word is passed on."""
    due = {"due": "2025-11-27", "left": left, "alerts": []}
    again = posted(make_raw(revision=1, change="deadline", deadline=due))
    assert again["annotations"]["summary"] == summary
    assert again["labels"]["revision"] == "1"
