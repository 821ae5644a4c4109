"""Stories, articles, watches and health of a real pipeline, as programs and people see them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
import pytest

from agents.ingest.identity import article_id
from streams.topology import ALERTS, OUTCOMES, RAW, STORIES, SUPPRESSED
from tests.browser import MISSING, PROGRAM, chromium, window
from tests.console import alert, console, send, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Edition
    from playwright.sync_api import Browser, Page

    from tests.browser import Window
    from tests.console import Console

pytestmark = pytest.mark.live

TALKS = (
    "Negotiators from Ukraine and Russia met in Kyiv on Monday to discuss a ceasefire along the line of "
    "contact. The two sides agreed to a truce of thirty days, the foreign ministry said in a statement "
    "released after six hours of talks. Markets rose on the news, and the ministry said that more would "
    "follow within the week."
)
NEWS = (
    ("reuters.com", TALKS),
    ("bbc.com", TALKS),
    ("dw.com", TALKS.replace("thirty", "forty")),
    ("lemonde.fr", TALKS.replace("agreed to a truce", "rejected a truce")),
    ("blog.example", "The garden club reminds its members that orders of tulips close on Friday at noon."),
)
FIRST = article_id("https://reuters.com/0", ())
ATTACK = "window.ran = true"
ATTACKS = (
    f"<script>{ATTACK}</script>",
    f'"><img src=x onerror="{ATTACK}">',
    f"' autofocus onfocus='{ATTACK}' x='",
    f"</details><svg onload={ATTACK}>",
)
PHONE = {"width": 390, "height": 844}


def publish(edition: Edition) -> None:
    """Five articles of which four are one story, and an input without a text."""
    rows = [
        {
            "uri": f"https://{source}/{number}",
            "source": source,
            "headline": f"Report {number}",
            "text": text,
            "published": f"2025-11-24T{10 + number}:00:00Z",
        }
        for number, (source, text) in enumerate(NEWS)
    ]
    send(edition.settings, *map(msgspec.json.encode, rows), b'{"headline":"Too short","text":""}', topic=RAW)
    edition.settled(len(NEWS) + 1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests here."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def published(new_edition: Callable[[], Edition]) -> Iterator[tuple[Edition, Console]]:
    """The five articles worked off, and a console that was there before; nothing more comes."""
    edition = new_edition()
    with console(edition.settings) as running:
        assert get(running, "/api/health")["model"] is None
        with edition.workers():
            publish(edition)
            until(lambda: get(running, "/api/health")["answers"][0].startswith("Nothing waits"))
            yield edition, running
        until(lambda: "No worker" in get(running, "/api/health")["answers"][0])


def get(running: Console, path: str, **asked: Any) -> Any:
    return running.http.get(path, params=asked).raise_for_status().json()


def test_what_the_topics_know_is_told(published: tuple[Edition, Console]) -> None:
    """From a worker's own records: a story, the why of its articles, watches and steps."""
    edition, running = published
    story = get(running, f"/api/stories/{FIRST}")
    told = [(one["source"], one["status"]) for one in story["articles"]]
    assert told == [
        ("reuters.com", "new"),
        ("bbc.com", "exact_duplicate"),
        ("dw.com", "near_duplicate"),
        ("lemonde.fr", "new"),
    ]
    assert story["articles"][3]["compared"]["turned_down"] == "opposite"
    assert story["coverage"]["articles"] == story["articles_total"] == 4
    [raised] = story["alerts"]
    sent = [(one["seq"], [change["what"] for change in one["changes"]]) for one in raised["revisions"]]
    assert sent[0] == (0, [])
    assert sent[1] == (2, ["number", "coverage"])
    assert sent[2][0] == 3
    assert set(sent[2][1]) == {"claim"}
    assert [(one["seq"], one["reason"]) for one in story["ledger"]] == [(1, "duplicate")]
    for place in (FIRST, "news.raw:0:1", "news.raw:0:5"):
        command = [sys.executable, "-m", "streams", "why", place, "--json"]
        where = ["--bootstrap", edition.settings.kafka_bootstrap]
        said = subprocess.run(
            [*command, *where],
            env={**os.environ, **edition._variables({})},
            capture_output=True,
            check=True,
        ).stdout
        assert get(running, f"/api/articles/{place}") == msgspec.json.decode(said)
    assert get(running, "/api/articles", q="https://www.bbc.com/1")["seq"] == 1
    state = get(running, "/api/health")
    assert {step["condition"] for step in state["steps"]} == {"ok"}
    assert [step["lag_records"] for step in state["steps"]] == [0] * 5
    assert state["articles"]["hour"] == {
        "new": 3, "exact_duplicate": 1, "near_duplicate": 1, "rejected": 1,
    }  # fmt: skip
    assert state["model"]["name"] == "newswatch-rules"
    assert state["watchlist"]["agreed"]
    watches = get(running, "/api/watches")
    assert (watches["in_force"], watches["workers"]) == (1, 1)
    assert state["watchlist"]["version"] == watches["version"] == state["watchlist"]["last_decided_by"]
    [ceasefire] = [one for one in watches["watches"] if one["name"] == "ceasefire"]
    assert ceasefire["hour"] == {"mentions": 4, "alerts": 1, "revisions": 2}
    assert ceasefire["last_alert"]["story_id"] == FIRST


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
def test_a_person_goes_from_an_alert_to_its_story_and_to_why(
    browser: Browser, published: tuple[Edition, Console]
) -> None:
    """By links alone, in light and in dark, on a phone; health is brought up to date by itself."""
    _, running = published
    with window(browser, running.url) as opened:
        page = opened.page
        page.click(".alert .links >> text=story")
        page.wait_for_url(f"{running.url}/stories/{FIRST}")
        assert page.locator(".moment").count() == 4
        assert "number 30 days → 40 days" in " ".join(page.inner_text(".moment:nth-child(3)").split())
        assert "says the opposite" in page.inner_text(".moment:nth-child(4)")
        well(opened)
        page.click(".moment:nth-child(2) >> text=why")
        page.wait_for_url(f"{running.url}/articles/*")
        assert page.inner_text(".answers li").startswith(
            "no alert for ceasefire: a copy that changes nothing"
        )
        assert set(page.locator("mark").all_text_contents()) == {"ceasefire", "truce"}
        well(opened)
        page.fill("#q", "https://blog.example/4")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=no alert: none of 3 watches matched")
        page.click("summary >> text=3 watches not mentioned")
        assert "none of its terms was found: ceasefire, truce" in page.inner_text("main")
        page.click("nav >> text=Watches")
        assert "4 / 4" in page.inner_text("tbody tr:first-child")
        well(opened)
        page.click("nav >> text=Health")
        assert page.inner_text(".answers li") == "Nothing waits: whatever came is worked off."
        well(opened)
        page.evaluate("window.before = true")
        as_of = page.locator("#fresh .head time").text_content()
        opened.until(f"document.querySelector('#fresh .head time').textContent !== '{as_of}'")
        assert page.evaluate("window.before")


def well(opened: Window) -> None:
    """Nothing went wrong, every text is legible, and a phone shows all of it."""
    page: Page = opened.page
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert opened.contrast >= 4.5
    for details in page.locator("details").all():
        details.evaluate("(one) => { one.open = true; }")
    usual = page.viewport_size
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert usual
    page.set_viewport_size(usual)
    for details in page.locator("details").all():
        details.evaluate("(one) => { one.open = false; }")
    assert (opened.errors, opened.violations, opened.elsewhere) == ([], [], [])


def outcome(seq: int, text: str, **changes: Any) -> bytes:
    """An outcome as the workers send it, in which all that a stranger writes is this text."""
    now = datetime.now(UTC)
    mention = {
        "watch": "ceasefire", "text": text, "field": "body_text", "start": 0, "end": len(text),
        "sentence": f"{text} here.", "claim": "negated",
    }  # fmt: skip
    fields = {
        "type": "outcome", "seq": seq, "status": "new", "event_time": now, "arrived": now, "origin": "live",
        "position": {"topic": "news.raw", "partition": 0, "offset": seq}, "article_id": f"{seq:032x}",
        "story_id": f"{seq:032x}", "verdict": {"status": "new", "story_id": f"{seq:032x}"}, "headline": text,
        "uri": f"javascript:{ATTACK}", "name": text, "source": text, "language": "en", "mentions": [mention],
        "model": {"name": text, "version": text}, "watchlist": text, "schema": 1,
    }  # fmt: skip
    return msgspec.json.encode(fields | changes)


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
def test_hostile_records_stay_text(browser: Browser, edition: Edition) -> None:
    """On the pages of stories and articles, and on that of health: nothing of them runs or is loaded."""
    for seq, text in enumerate(ATTACKS):
        story = f"{seq:032x}"
        now = datetime.now(UTC)
        held = {
            "watch": text, "reason": "silence", "silence": text, "alert_id": None, "article_id": story,
            "story_id": story, "status": "new", "event_time": now, "detected_at": now, "mentions": [],
            "origin": "live", "seq": seq, "headline": text, "source": text, "schema": 1,
        }  # fmt: skip
        record = {
            "story_id": story, "headline": text, "uri": f"javascript:{ATTACK}", "source": text,
            "coverage": {"articles": 2, "outlets": 1}, "outlets": [text], "first_seq": seq, "seq": seq,
            "article_id": story, "links": [{"story_id": text, "article_id": text, "seq": 1}], "schema": 1,
        }  # fmt: skip
        changes = [{"what": "claim", "from": text, "to": text}]
        raised = alert(
            seq, headline=text, watch=text, story_id=story, article_id=story, revision=1, changes=changes
        )
        send(edition.settings, outcome(seq, text), topic=OUTCOMES)
        send(edition.settings, msgspec.json.encode(record), topic=STORIES)
        send(edition.settings, msgspec.json.encode(held), topic=SUPPRESSED)
        send(edition.settings, raised, topic=ALERTS)
    with console(edition.settings) as running, window(browser, running.url, "/health") as opened:
        until(lambda: get(running, "/api/health")["model"] is not None)
        page = opened.page
        for seq, text in enumerate(ATTACKS):
            for path in (f"/stories/{seq:032x}", f"/articles/{seq:032x}", "/health"):
                page.goto(running.url + path)
                shown = text if path != "/health" else ATTACKS[-1]
                assert shown in page.inner_text("main")
                assert page.locator("main script, main img, main svg, [onfocus], [onerror]").count() == 0
                assert page.locator("a[href^=javascript]").count() == 0
                assert page.evaluate("window.ran") is None
                assert (opened.errors, opened.violations, opened.elsewhere) == ([], [], [])


def test_many_who_ask_at_once_hold_up_nobody(edition: Edition) -> None:
    """Of slow answers so many as can be are given, the others are told to come again; the rest goes on."""
    filler = "x" * 2_000  # 12 KB a record, 48 MB in all
    for start in range(0, 4_000, 1_000):
        send(edition.settings, *(outcome(seq, filler) for seq in range(start, start + 1_000)), topic=OUTCOMES)
    many = httpx2.Limits(max_connections=50)
    with console(edition.settings) as running, httpx2.Client(limits=many, timeout=120.0) as client:
        answers: list[httpx2.Response] = []

        def ask() -> None:
            answers.append(client.get(f"{running.url}/api/stories/{3_999:032x}"))

        asking = [threading.Thread(target=ask) for _ in range(40)]
        for thread in asking:
            thread.start()
        waited = []
        while any(thread.is_alive() for thread in asking):
            began = time.monotonic()
            assert running.http.get("/healthz").status_code == 200
            waited.append(time.monotonic() - began)
        statuses = sorted(answer.status_code for answer in answers)
        assert len(statuses) == 40
        assert set(statuses) == {200, 503}
        assert statuses.count(200) >= 10
        refused = next(answer for answer in answers if answer.status_code == 503)
        assert refused.headers["retry-after"] == "5"
        assert "which is the most: ask again" in refused.json()["detail"]
        assert max(waited) < 2.0
        # One that is under way when the server stops doesn't keep it.
        with pytest.raises(httpx2.ReadTimeout):
            client.get(f"{running.url}/api/stories/{3_999:032x}", timeout=0.05)
