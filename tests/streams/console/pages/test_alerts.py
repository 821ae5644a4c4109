"""The alerts page, as it comes from the server."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from tests.streams.console.conftest import HOSTILE, alert_id, take
from tests.streams.console.pages.conftest import BROWSER
from tests.streams.console.test_api import client_of, made_api

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from streams.console.api import Api
    from tests.streams.console.conftest import MakeAlert

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    HOSTILE,
)


@pytest.fixture
def api() -> Api:
    """Without a token."""
    return made_api()


@pytest.fixture
def client(api: Api) -> TestClient:
    """A browser."""
    client = client_of(api)
    client.headers.update(BROWSER)
    return client


class Tags(HTMLParser):
    """The tags of a page, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(  # noqa: D102  the parser's
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:  # noqa: D102  the parser's
        self.text += data


def parsed(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    return tags


def ids(text: str) -> list[int]:
    return [int(found, 16) for found in re.findall(r'data-id="(\w+)"', text)]


def spoiled(text: str) -> dict[str, Any]:
    """An alert in which everything that a stranger writes is this text."""
    mention = {
        "watch": "ceasefire",
        "text": text,
        "field": "body_text",
        "start": 7,
        "end": 7 + len(text),
        "sentence": f"It says {text} here.",
        "claim": "negated",
        "due": text,
    }
    return {
        "headline": text,
        "watch": text,
        "source": text,
        "uri": text,
        "name": text,
        "article_id": text,
        "story_id": text,
        "mentions": [mention],
        "entities": [{"canonical": text, "canonical_id": text, "label": text, "count": 1}],
        "changes": [{"what": "number", "from": text, "to": text}],
        "revision": 1,
        "change": "change",
        "runbook_url": text,
        "entities_error": text,
    }


def test_alerts_newest_first_with_their_state(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """Of one with revisions the newest; the stream goes on where the page ends."""
    take(api.feeds["live"], alert(1), alert(2), alert(1, revision=1, change="watch"))
    text = client.get("/?severity=critical").text
    assert ids(text) == [1, 2]
    assert 'data-revision="1"' in text
    assert 'data-stream="/alerts/stream?severity=critical&amp;last_event_id=2-0d818358"' in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_text(attack: str, api: Api, client: TestClient, alert: MakeAlert) -> None:
    """Wherever a stranger writes: the page has the same tags as with harmless text, and no link of his."""
    take(api.feeds["live"], alert(1, **spoiled("harmless")))
    harmless = parsed(client.get("/").text)
    other = made_api()
    take(other.feeds["live"], alert(1, **spoiled(attack)))
    client = client_of(other)
    for path in ("/", f"/alerts/{alert_id(1)}"):
        found = parsed(client.get(path, headers=BROWSER).text)
        names = [(tag, sorted(attributes)) for tag, attributes in found.tags]
        if path == "/":
            assert names == [(tag, sorted(attributes)) for tag, attributes in harmless.tags]
        for _, attributes in found.tags:
            assert not [name for name in attributes if name.startswith("on")]
            assert (attributes.get("href") or "/").startswith(("/", "#main"))
        assert "\u202e" not in found.text
        assert "It says" in found.text


def test_the_term_is_marked_in_its_sentence(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """With how it is meant."""
    sentence = "A truce is no truce & no peace."
    mention = {
        "watch": "ceasefire",
        "text": "truce",
        "field": "body_text",
        "start": 114,
        "end": 119,
        "sentence": sentence,
    }
    take(
        api.feeds["live"],
        alert(1, mentions=[mention | {"start": 102, "end": 107}, mention | {"claim": "negated"}]),
    )
    text = client.get("/").text
    assert "A <mark>truce</mark> is no <mark>truce</mark> &amp; no peace." in text
    assert '<span class="note">negated</span>' in text


def test_older_ones_by_pages(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """With the same filters; what comes meanwhile moves nothing, and an older page does not follow."""
    take(api.feeds["live"], *(alert(number) for number in range(1, 6)))
    text = client.get("/?limit=2&watch=ceasefire").text
    assert ids(text) == [5, 4]
    take(api.feeds["live"], alert(6))
    for expected in ([3, 2], [1]):
        [older] = re.findall(r'id="older" href="([^"]*)"', text)
        assert "watch=ceasefire" in older
        text = client.get(older.replace("&amp;", "&")).text
        assert ids(text) == expected
        assert "data-stream" not in text
        assert "To the newest" in text
    assert "That is all there is." in text


def test_filters_are_shown_as_they_are_set(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """So that the form sends them on; an empty field asks for nothing."""
    take(api.feeds["live"], alert(1), alert(2, severity="info"))
    page = client.get("/?severity=critical&watch=ceasefire&entity=&since=3h&stage=")
    tags = parsed(page.text).tags
    assert ids(page.text) == []
    boxes = {one["value"]: "checked" in one for tag, one in tags if one.get("name") == "severity"}
    assert boxes == {"critical": True, "warning": False, "info": False}
    assert ("input", {"type": "hidden", "name": "watch", "value": "ceasefire"}) in tags
    assert ("option", {"value": "3h", "selected": None}) in tags
    assert ("option", {"value": "ceasefire"}) in tags


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/", "newswatch replay seeds/articles"),
        ("/?watch=ban", "No alert fits these filters"),
        ("/?stage=shadow", "No watch on trial has found anything yet"),
    ],
)
def test_an_empty_page_says_what_to_do(address: str, says: str, client: TestClient) -> None:
    """Which is another thing each time."""
    text = client.get(address).text
    assert says in text
    assert "data-stream" in text


def test_watches_on_trial_have_a_page(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """Marked as such; its links stay there."""
    take(api.feeds["shadow"], alert(1, stage="shadow"))
    text = client.get("/?stage=shadow").text
    assert ids(text) == [1]
    assert f"/alerts/{alert_id(1)}?stage=shadow" in text
    assert ">shadow</span>" in text


def test_one_alert_with_its_revisions(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """The newest first, none hidden; its ids in the page are its own."""
    take(api.feeds["live"], alert(1), alert(2), alert(1, revision=1, change="coverage"))
    text = client.get(f"/alerts/{alert_id(1)}").text
    assert re.findall(r'data-revision="(\d)"', text) == ["1", "0"]
    marks = re.findall(r' id="([^"]*)"', text)
    assert len(marks) == len(set(marks))


def test_an_alert_that_can_not_be_shown_does_not_take_the_others_away(
    api: Api, client: TestClient, alert: MakeAlert
) -> None:
    """As one of a later version might be."""
    take(api.feeds["live"], alert(1), alert(2, severity="terrible"), alert(3))
    assert ids(client.get("/").text) == [3, 1]
