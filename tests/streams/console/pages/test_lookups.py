"""The pages of stories, articles, watches and health, as a browser gets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.ingest.identity import article_id
from agents.mentions.watchlist import parse
from streams.console.known import Known
from streams.subscribe.clean import clean
from streams.topology import WATCHLIST, WORKERS
from streams.watches.applied import Applied
from streams.watches.entries import encode
from tests.streams.console.conftest import NOON, made_lookups
from tests.streams.console.pages.conftest import BROWSER
from tests.streams.console.pages.test_alerts import ATTACKS, parsed
from tests.streams.console.test_api import client_of, made_api
from tests.streams.console.test_lookups_api import COPY, FIRST, NOBODY
from tests.streams.why.conftest import INPUTS, TALKS, WATCHES, write

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from streams.console.api import Api


@pytest.fixture
def api(tmp_path: Path) -> Api:
    """Looks things up in a folder."""
    made = made_api()
    made.lookups = made_lookups(tmp_path)
    return made


@pytest.fixture
def client(api: Api) -> TestClient:
    """A browser."""
    client = client_of(api)
    client.headers.update(BROWSER)
    return client


def text_of(client: TestClient, path: str, status: int = 200) -> str:
    """What a person reads there."""
    response = client.get(path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'; style-src 'self'" in response.headers["content-security-policy"]
    return " ".join(parsed(response.text).text.split())


def test_a_story_tells_what_each_article_led_to(client: TestClient) -> None:
    """In the order of the news."""
    text = text_of(client, f"/stories/{FIRST}")
    at = text.index("Articles, in the order of the news")
    for part in (
        "reuters.com",
        "first article",
        "critical ceasefire alert 1 article, 1 outlet by then",
        "bbc.com",
        "1 min later",
        "the same text",
        "held back ceasefire a copy that changes nothing",
        "dw.com",
        "near copy 90% of the word sequences of both are the same",
        "sent again, revision 1",
        "number 30 days → 40 days",
        "Held back, in all",
    ):
        at = text.index(part, at) + len(part)


def test_each_article_of_a_story_has_its_own_why(client: TestClient, tmp_path: Path) -> None:
    """By id; where one came again under its own id, by place."""
    page = client.get(f"/stories/{FIRST}").text
    assert f'href="/articles/{FIRST}"' in page
    again = (tmp_path / "news.outcomes.jsonl").read_text().replace(COPY, FIRST)
    (tmp_path / "news.outcomes.jsonl").write_text(again)
    page = client.get(f"/stories/{FIRST}").text
    for place in ("news.articles%3A0%3A0", "news.articles%3A0%3A1", article_id("https://dw.com/2", ())):
        assert f'href="/articles/{place}"' in page
    assert client.get("/articles/news.articles%3A0%3A1").status_code == 200


def test_of_a_long_story_it_is_said_how_much_is_left_out(client: TestClient) -> None:
    """With the way to see it, and what belongs to it is told all the same."""
    text = text_of(client, f"/stories/{FIRST}?limit=2")
    assert "1 article in between are not shown" in text.replace("… ", "")
    assert "Besides" not in text_of(client, f"/stories/{FIRST}")


def test_an_article_says_first_what_decided(client: TestClient) -> None:
    """Then its path, step by step, with the sentences and the terms marked."""
    text = text_of(client, f"/articles/{COPY}")
    at = 0
    for part in (
        "no alert for ceasefire: a copy that changes nothing; it falls under alert",
        "Input news.raw:0:1",
        "Parsed 'Headline 1'",
        "Copy or new exact_duplicate",
        "Story its record is no longer on news.stories",
        "Entities not looked for in a copy",
        "Watches decided by watchlist version",
        "as today's watchlist explains it",
        "ceasefire held back",
        "matched by 'truce'",
        "The two sides agreed to a truce of thirty days.",
        "2 watches not mentioned, and what they looked for",
        "sanctions: none of its terms was found: sanctions",
        "Alerts ceasefire: duplicate, under alert",
        "records on the topics",
    ):
        at = text.index(part, at) + len(part)
    assert "<mark>truce</mark>" in client.get(f"/articles/{COPY}").text


def test_what_did_not_count_is_told_with_what_would_have(client: TestClient) -> None:
    """A claim, and a source out of scope."""
    negated = text_of(client, "/articles/news.raw:0:4")
    assert "sanctions did not count" in negated
    assert "'sanctions' is negated, and the watch counts affirmed only" in negated
    outside = text_of(client, "/articles?q=a3")
    assert "the source is blog.net, and the watch looks at reuters.com" in outside


def test_one_watch_only_and_a_refused_input(client: TestClient) -> None:
    """By place, as it has no id."""
    only = text_of(client, f"/articles/{COPY}?watch=deadline")
    assert "Of the watch deadline only." in only
    assert "none of its terms was found: deadline" in only
    refused = text_of(client, "/articles/news.raw:0:5")
    assert "A refused input no alert: it was refused as no_body" in refused


def test_without_a_question_there_is_a_field_for_one(client: TestClient) -> None:
    """What is asked there leads to the article."""
    tags = parsed(client.get("/articles").text).tags
    assert ("form", "/articles") in [(tag, attributes.get("action")) for tag, attributes in tags]
    assert "q" in [attributes.get("name") for tag, attributes in tags if tag == "input"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        (f"/stories/{NOBODY}", 404, "no story"),
        ("/stories/x", 400, "'x' is no story: an id is 32 hex digits"),
        (f"/articles/{NOBODY}", 404, "nobody knows"),
        ("/articles/x", 400, "'x' is no article"),
        ("/articles?q=nothing", 404, "nobody knows 'nothing'"),
        (f"/articles/{COPY}?watch=x", 400, "no watch 'x': there is ceasefire"),
        ("/watches?limit=x", 400, "limit: 'x' is no number"),
        ("/health?x=1", 400, "x: no such parameter"),
    ],
)
def test_what_can_not_be_answered_is_a_page(path: str, status: int, says: str, client: TestClient) -> None:
    """With the words that a program gets."""
    assert says in text_of(client, path, status)


def test_watches_say_what_they_look_for(client: TestClient) -> None:
    """And what an article has to be."""
    text = text_of(client, "/watches")
    for part in (
        "3 watches, version",
        "from the file: the topic holds none",
        "ceasefire",
        "critical",
        "truce",
        "0 / 0",
        "no worker runs",
    ):
        assert part in text


def test_health_says_why_it_is_silent(client: TestClient) -> None:
    """Without a worker nothing is worked on."""
    text = text_of(client, "/health")
    assert "No worker runs, or it would have been heard of in the last minute" in text
    assert "unknown: no article was searched yet" in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_strangers_write_stays_text(attack: str, api: Api, client: TestClient, tmp_path: Path) -> None:
    """On each page: no tag, attribute or address comes of it, and what is seen is what was written."""
    told = msgspec.json.encode(attack).decode()[1:-1]
    write(tmp_path, WATCHES, [("x.org", f"{TALKS} {attack}", "new", None), *INPUTS[1:2]])
    for file in tmp_path.glob("*.jsonl"):
        text = file.read_text().replace("Headline 0", told).replace('"name":"a0"', f'"name":"{told}"')
        file.write_text(text.replace('"source":"x.org"', f'"source":"{told}"'))
    watch = parse(WATCHES, "w").watches[0]
    spoiled = msgspec.structs.replace(watch, description=clean(attack), runbook_url=clean(attack))
    known = Known()
    known.take(WATCHLIST, watch.name.encode(), encode(spoiled))
    api.lookups.follower.begin_with(known, NOON)
    for path in (f"/stories/{article_id('https://x.org/0', ())}", "/articles/news.raw:0:0", "/watches"):
        response = client.get(path)
        assert response.status_code == 200, response.text
        tags = parsed(response.text)
        assert not {tag for tag, _ in tags.tags} & {"iframe", "object", "embed", "style"}
        images = [attributes.get("src", "") for tag, attributes in tags.tags if tag == "img"]
        assert all((src or "").startswith("/static/") for src in images)
        scripts = [attributes.get("src") for tag, attributes in tags.tags if tag == "script"]
        assert all((src or "").startswith("/static/") for src in scripts)
        assert not [name for _, attributes in tags.tags for name in attributes if name.startswith("on")]
        assert clean(attack).replace(" ", "") in tags.text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/articles", 'href="/articles" aria-current="page"'),
        (f"/articles/{COPY}", 'href="/articles" aria-current="page"'),
        ("/watches", 'href="/watches" aria-current="page"'),
        ("/", 'href="/" aria-current="page"'),
        (f"/stories/{FIRST}", 'href="/" aria-current="true"'),
    ],
)
def test_a_page_has_its_place_in_the_navigation(client: TestClient, path: str, marked: str) -> None:
    """What leads on from an alert is among the alerts, the why of an article among the whys."""
    page = client.get(path).text
    assert marked in page
    assert page.count("aria-current") == 1


def test_alerts_that_can_not_come_are_told_of_where_they_would_be(client: TestClient, api: Api) -> None:
    """Without a worker; where one runs nothing is said, and the place for it is hidden."""
    page = client.get("/").text
    assert '<p id="trouble" class="strip wrong" role="status"><span>No worker runs' in page
    known, now = Known(), datetime.now(UTC)
    said = Applied(worker="a:1", version="v", watches=3, source="file", time=now)
    known.take(WORKERS, b"a:1", msgspec.json.encode(said))
    api.lookups.follower.begin_with(known, NOON)
    api.lookups._troubled_at = float("-inf")
    assert '<p id="trouble" class="strip wrong" role="status" hidden>' in client.get("/").text


def test_where_no_worker_runs_no_step_keeps_up(client: TestClient) -> None:
    """Though nothing waits yet."""
    text = text_of(client, "/health")
    assert "No worker runs" in text
    assert "keeps up" not in text
