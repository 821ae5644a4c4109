"""The console's pages on a real broker, looked at in a real browser."""

from __future__ import annotations

import re
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from seeds import ARTICLES as SEEDS
from streams.admin import create_topics
from streams.broker import running_broker
from streams.broker.ports import free_ports
from streams.settings import load
from streams.topology import TOPICS
from tests.browser import MISSING, PROGRAM, chromium, window
from tests.console import TOKEN, Console, alert, console, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Edition
    from playwright.sync_api import Browser, Page

    from tests.browser import Window

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROGRAM is None, reason=MISSING),
]

PHONE = {"width": 390, "height": 844}
ATTACK = "window.ran = true"
ATTACKS = (
    f"<script>{ATTACK}</script>",
    f'"><img src=x onerror="{ATTACK}">',
    f"' autofocus onfocus='{ATTACK}' x='",
    f"</article><svg onload={ATTACK}>",
    "Truce \u202eesaelp kcilc\u202c agreed",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests here."""
    with chromium() as running:
        yield running


@contextmanager
def looked_at(browser: Browser, base: str, path: str = "/", **options: Any) -> Iterator[Window]:
    """A page on which nothing goes wrong: no error, nothing that its policy forbids or from elsewhere."""
    with window(browser, base, path, **options) as opened:
        yield opened
        assert (opened.errors, opened.violations, opened.elsewhere) == ([], [], [])


def live(opened: Window) -> None:
    """Wait until the page follows what comes."""
    opened.until('document.getElementById("state").dataset.state === "live"')


class Corner:
    """What a test has to itself on the console that all share: alerts of a story of its own."""

    def __init__(self, edition: Edition, running: Console) -> None:
        self.settings = edition.settings
        self.url = running.url
        self.story = uuid.uuid4().hex
        self.path = f"/?story={self.story}"
        self._first = int(self.story[:16], 16) << 64

    def id(self, number: int) -> str:
        """Of an alert."""
        return f"{self._first + number:032x}"

    def told(self, number: int, headline: str, **changes: Any) -> bytes:
        """An alert with one sentence."""
        return told(number, headline, alert_id=self.id(number), **{"story_id": self.story} | changes)

    def send(self, *raws: bytes) -> None:
        """As a worker sends them."""
        send(self.settings, *raws)


@pytest.fixture(scope="module")
def shared(new_edition: Callable[[], Edition]) -> Iterator[tuple[Edition, Console]]:
    """An edition without workers, and a console on it: to start both takes 8 s."""
    edition = new_edition()
    with console(edition.settings) as running:
        yield edition, running


@pytest.fixture
def corner(shared: tuple[Edition, Console]) -> Corner:
    """A test's own."""
    return Corner(*shared)


@pytest.fixture(scope="module")
def working(new_edition: Callable[[], Edition]) -> Iterator[tuple[Edition, Console]]:
    """An edition with a worker, and a console on it."""
    edition = new_edition()
    with edition.workers(), console(edition.settings) as running:
        yield edition, running


def told(number: int, headline: str, **changes: Any) -> bytes:
    """An alert with one sentence."""
    sentence = f"They spoke of a ceasefire on day {number}."
    mention = {
        "watch": "ceasefire", "text": "ceasefire", "field": "body_text", "start": 316, "end": 325,
        "sentence": sentence,
    }  # fmt: skip
    return alert(number, headline=headline, mentions=[mention], **changes)


def headlines(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".alert h2").all_text_contents()]


def focused(page: Page) -> str:
    found: str = page.evaluate(
        'document.activeElement.querySelector("h2")?.textContent || document.activeElement.id'
    )
    return found.strip()


def test_an_alert_appears_without_a_reload(browser: Browser, working: tuple[Edition, Console]) -> None:
    """From an article that is replayed to a term that is highlighted on a page that was open before."""
    edition, running = working
    with looked_at(browser, running.url) as opened:
        page = opened.page
        live(opened)
        before = page.locator(".alert").count()
        page.evaluate("window.before = true")
        edition.replay(SEEDS)
        opened.until(f"document.querySelectorAll('.alert').length === {before + 7}")
        assert page.evaluate("window.before")
        assert {"ceasefire", "cessation of hostilities", "deadline", "ultimatum", "sanctions"} <= set(
            page.locator("mark").all_text_contents()
        )
        assert page.locator("#told").text_content() == (
            f"{page.locator('.severity').first.text_content()} alert, "
            f"{page.locator('.watch').first.text_content()}: {headlines(page)[0]}"
        )
        appeared = headlines(page)
        page.reload()
        assert headlines(page) == appeared


def test_every_page_that_leads_from_an_alert_works(
    browser: Browser, working: tuple[Edition, Console]
) -> None:
    """Its story, why, itself, the navigation's: by day and by night, on a phone, within the policy."""
    edition, running = working
    text = "The council of Utrecht imposed sanctions on growers of tulips on Monday, to the surprise of many."
    article = edition.folder / "tulips.json"
    article.write_bytes(msgspec.json.encode({"headline": "Tulips", "text": text}))
    edition.replay(article)
    with looked_at(browser, running.url, viewport=PHONE, color_scheme="dark") as opened:
        page = opened.page
        opened.until("document.querySelectorAll('.alert').length > 0")
        links = page.locator("nav a, .alert:first-child .links a")
        paths = [link.get_attribute("href") for link in links.all()]
        assert {path.split("/")[1] for path in paths if path} >= {
            "",
            "stories",
            "articles",
            "alerts",
            "health",
        }
        for path in paths:
            answer = page.goto(f"{running.url}{path}")
            assert answer
            assert (path, answer.status) == (path, 200)
            for details in page.locator("details").all():
                details.evaluate("(one) => { one.open = true; }")
            assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert opened.contrast >= 4.5, (path, scheme)
            assert (opened.errors, opened.violations, opened.elsewhere) == ([], [], [])


def test_a_hostile_headline_stays_text(browser: Browser, corner: Corner) -> None:
    """Whether the page is made with it or it comes later: each is read as it was written, and nothing runs.

    Only what turns the direction of writing is gone.
    """
    hostile = [
        corner.told(
            number, attack, watch=attack, source=attack, uri=f"javascript:{ATTACK}", runbook_url="data:,x"
        )
        for number, attack in enumerate(ATTACKS)
    ]
    corner.send(*hostile[:3])
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        corner.send(*hostile[3:])
        opened.until(f"document.querySelectorAll('.alert').length === {len(ATTACKS)}")
        expected = [re.sub("[\u202a-\u202e]", "", attack) for attack in reversed(ATTACKS)]
        assert headlines(page) == expected
        assert [text.strip() for text in page.locator(".foot .source").all_text_contents()] == expected
        assert (
            page.locator("main script, main img, main svg, .alert [onfocus], .alert [autofocus]").count() == 0
        )
        assert page.locator("a[href^=javascript], a[href^=data]").count() == 0
        for row in range(len(ATTACKS)):
            page.locator(".alert").nth(row).focus()
        assert page.evaluate("window.ran") is None


def test_text_that_were_markup_would_do_nothing(browser: Browser, corner: Corner) -> None:
    """The policy is in force: neither script nor handler runs, nothing is loaded from elsewhere."""
    with window(browser, corner.url, corner.path) as opened:
        live(opened)
        opened.page.evaluate(
            """(attack) => {
                const script = document.createElement("script");
                script.textContent = attack;
                document.body.append(script);
                const image = document.createElement("img");
                image.setAttribute("onerror", attack);
                image.src = "https://elsewhere.example/x.png";
                document.body.append(image);
            }""",
            ATTACK,
        )
        opened.until("violations.length === 3")
        assert opened.page.evaluate("window.ran") is None
        assert {violation.split()[0] for violation in opened.violations} == {
            "script-src-elem",
            "script-src-attr",
            "img-src",
        }


def test_the_keyboard_is_enough(browser: Browser, corner: Corner) -> None:
    """Up and down, to the filters and back, the list of keys, a story."""
    corner.send(*(corner.told(number, f"Report {number}") for number in range(30)))
    with window(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        for key, expected in (("j", 29), ("j", 28), ("j", 27), ("k", 28), ("k", 29), ("k", 29)):
            page.keyboard.press(key)
            assert focused(page) == f"Report {expected}"
        for _ in range(20):
            page.keyboard.press("j")
        row = page.locator(".alert:focus").bounding_box()
        bar = page.locator(".bar").bounding_box()
        assert row
        assert bar
        assert bar["height"] <= row["y"]
        assert row["y"] + row["height"] < 721  # the browser scrolls to whole pixels
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press(".")
        assert focused(page) == "Report 29"
        page.keyboard.press("/")
        assert focused(page) == "watch"
        page.keyboard.type("jkp")
        assert page.input_value("#watch") == "jkp"
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        page.keyboard.press("j")
        page.keyboard.press("Escape")
        assert not page.locator("#help").is_visible()
        page.keyboard.press(".")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{corner.url}/stories/{corner.story}")


@pytest.mark.parametrize(
    "path", ["/?story={}", "/?story={}&severity=critical&entity=Kyiv&watch=ceasefire", "/alerts/{}"]
)
def test_a_phone_shows_all_of_it(path: str, browser: Browser, corner: Corner) -> None:
    """390 px are enough for the longest word; the page never scrolls sideways, filters open or not."""
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    kyiv = [{"canonical": "Kyiv", "canonical_id": long_word, "label": "GPE", "count": 1}]
    corner.send(
        corner.told(0, long_word, source=long_word, entities=kyiv), corner.told(1, "Truce", entities=kyiv)
    )
    path = path.format(corner.id(0) if path.startswith("/alerts") else corner.story)
    with looked_at(browser, corner.url, path, viewport=PHONE, has_touch=True) as opened:
        page = opened.page
        assert page.locator(".alert").count() > 0
        for details in page.locator("details").all():
            details.evaluate("(one) => { one.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        for box in [row.bounding_box() for row in page.locator(".alert, .alert a, form *:visible").all()]:
            if box:
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= PHONE["width"]


def test_a_revision_takes_its_alerts_place(browser: Browser, corner: Corner) -> None:
    """What was opened stays open, what has the focus keeps it; what changed is told."""
    names = [
        {"canonical": f"N{n}", "canonical_id": f"n:{n}", "label": "PERSON", "count": 1} for n in range(12)
    ]
    corner.send(*(corner.told(number, f"Report {number}", entities=names) for number in range(3)))
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        row = page.locator(f'[data-id="{corner.id(1)}"]')
        row.locator("summary").click()
        row.focus()
        changes = [{"what": "claim", "from": "affirmed", "to": "negated"}]
        coverage = {"articles": 3, "outlets": 3}
        again = corner.told(
            1,
            "Report 1, denied",
            revision=1,
            change="change",
            changes=changes,
            coverage=coverage,
            entities=names,
        )
        corner.send(again, corner.told(1, "Report 1", entities=names))
        corner.send(corner.told(3, "Report 3"))
        opened.until("document.querySelectorAll('.alert').length === 4")
        assert headlines(page) == ["Report 3", "Report 2", "Report 1, denied", "Report 0"]
        assert "claim affirmed → negated" in " ".join(row.inner_text().split())
        assert "3 articles, 3 outlets" in row.inner_text()
        assert row.locator("details").evaluate("(one) => one.open")
        assert focused(page) == "Report 1, denied"


def test_filters_are_in_the_address_and_hold_for_what_comes(browser: Browser, corner: Corner) -> None:
    """Set by keyboard and by click, sent on as an address; no empty field is in it."""
    kyiv = [{"canonical": "Kyiv", "canonical_id": corner.story, "label": "GPE", "count": 1}]
    corner.send(corner.told(1, "In Kyiv", entities=kyiv), corner.told(2, "Elsewhere", severity="info"))
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        page.check("input[value=critical]")
        page.wait_for_url(f"{corner.url}{corner.path}&severity=critical")
        assert headlines(page) == ["In Kyiv"]
        page.click(".alert .entities a")
        page.wait_for_url(f"{corner.url}/?entity={corner.story}")
        live(opened)
        corner.send(corner.told(3, "Elsewhere again"), corner.told(4, "Again in Kyiv", entities=kyiv))
        opened.until("document.querySelectorAll('.alert').length === 2")
        assert headlines(page) == ["Again in Kyiv", "In Kyiv"]
        page.fill("#watch", "nothing")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{corner.url}/?entity={corner.story}&watch=nothing")
        assert "No alert fits these filters" in page.inner_text("main")
        page.click("text=watch nothing")
        page.wait_for_url(f"{corner.url}/?entity={corner.story}")


def test_a_page_that_is_open_for_long_stays_small(browser: Browser, corner: Corner) -> None:
    """Of more than 500 alerts the oldest go, and the way to them begins anew."""
    corner.send(*(corner.told(number, f"Report {number}") for number in range(60)))
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        corner.send(*(corner.told(number, f"Report {number}") for number in range(60, 520)))
        opened.until("document.querySelector('.alert h2').textContent.trim() === 'Report 519'")
        assert (len(headlines(page)), headlines(page)[-1]) == (500, "Report 20")
        page.click("#pages a")
        page.wait_for_selector("#older")
        assert page.url == f"{corner.url}{corner.path}"
        assert len(headlines(page)) == 50


def test_what_comes_can_be_held_back(browser: Browser, corner: Corner) -> None:
    """And is counted meanwhile; of an alert that is sent again the newest is shown."""
    corner.send(corner.told(1, "First"))
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        page.keyboard.press("p")
        assert page.inner_text("#state") == "Paused"
        corner.send(
            corner.told(2, "Second"), corner.told(3, "Third"), corner.told(2, "Second, changed", revision=1)
        )
        opened.until('document.getElementById("waiting").textContent.startsWith("2 alerts have come")')
        opened.until('document.getElementById("told").textContent.includes("Second, changed")')
        assert headlines(page) == ["First"]
        page.click("#waiting")
        assert headlines(page) == ["Third", "Second, changed", "First"]
        assert page.inner_text("#state") == "Live"


def test_a_lost_connection_is_told_and_mended(browser: Browser, corner: Corner) -> None:
    """Since when it is lost; what came meanwhile is there afterwards, once, without a reload."""
    corner.send(corner.told(1, "Before"))
    with console(corner.settings) as running:
        port = running.url.rpartition(":")[2]
        with window(browser, running.url, corner.path) as opened:
            page = opened.page
            live(opened)
            page.evaluate("window.before = true")
            assert running.stop() == 0
            opened.until('document.getElementById("state").dataset.state === "lost"')
            assert re.fullmatch(
                r"Connection lost since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ \(\d+ s ago\)\. "
                r"Trying again; what comes meanwhile is shown then\.",
                page.inner_text("#lost"),
            )
            corner.send(corner.told(2, "Meanwhile"))
            with console(corner.settings, NEWSWATCH_CONSOLE_PORT=port):
                live(opened)
                opened.until("document.querySelectorAll('.alert').length === 2")
                assert headlines(page) == ["Meanwhile", "Before"]
                assert not page.locator("#lost").is_visible()
                assert page.evaluate("window.before")


@pytest.mark.timeout(600)
def test_a_broker_that_is_gone_is_told(browser: Browser, tmp_path: Path) -> None:
    """The page is connected to the console, but that gets nothing: it says so, and goes on when it does."""
    port, _ = free_ports()
    settings = load(kafka_bootstrap=f"127.0.0.1:{port}")
    with running_broker(cache=settings.cache, port=port, data_dir=tmp_path):
        create_topics(settings, TOPICS)
        send(settings, told(1, "Before"))
        running = Console(settings)
    try:
        with looked_at(browser, running.url) as opened:
            page = opened.page
            opened.until('document.getElementById("state").textContent === "No broker"')
            assert page.inner_text("#lost").startswith(
                "The console gets no answer from the broker since about "
            )
            assert headlines(page) == ["Before"]
            with running_broker(cache=settings.cache, port=port, data_dir=tmp_path):
                send(settings, told(2, "Afterwards"))
                opened.until("document.querySelectorAll('.alert').length === 2")
                live(opened)
                assert not page.locator("#lost").is_visible()
        assert running.stop() == 0
    finally:
        running.close()


def test_the_token_opens_the_pages_and_leaks_nowhere(browser: Browser, corner: Corner) -> None:
    """Not into an address, a store or a cookie that scripts can read; signing out closes them again."""
    corner.send(corner.told(1, "Truce"))
    with console(corner.settings, NEWSWATCH_CONSOLE_TOKEN=TOKEN) as running:
        running.http.post("/api/session", headers={"Authorization": f"Bearer {TOKEN}"})
        with window(browser, running.url, f"{corner.path}&severity=critical") as opened:
            page = opened.page
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.fill("#token", "not-this-one-at-all")
            page.keyboard.press("Enter")
            page.wait_for_selector("#refused:visible")
            page.fill("#token", TOKEN)
            page.keyboard.press("Enter")
            page.wait_for_selector(".alert")
            assert page.url == f"{running.url}{corner.path}&severity=critical"
            live(opened)
            assert not [url for url in asked if TOKEN in url]
            assert page.evaluate("document.cookie") == ""
            assert TOKEN not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
            page.click("#leave")
            page.wait_for_selector("#token")
            assert (opened.violations, opened.elsewhere) == ([], [])


def test_colours_are_as_the_system_has_them_until_they_are_chosen(browser: Browser, corner: Corner) -> None:
    """Then they stay, also after a reload; every text has enough contrast in both."""
    ground = "getComputedStyle(document.body).backgroundColor"
    corner.send(
        corner.told(1, "Truce", severity="warning"),
        corner.told(2, "Ban", severity="info"),
        corner.told(3, "War"),
    )
    with looked_at(browser, corner.url, corner.path, color_scheme="dark") as opened:
        page = opened.page
        dark = page.evaluate(ground)
        assert opened.contrast >= 4.5
        page.emulate_media(color_scheme="light")
        light = page.evaluate(ground)
        assert light != dark
        assert opened.contrast >= 4.5
        page.keyboard.press("t")
        page.keyboard.press("t")
        assert page.inner_text("#theme") == "◐ Dark"
        assert page.evaluate(ground) == dark
        page.reload()
        assert page.evaluate(ground) == dark


def test_nothing_moves_where_that_is_not_wanted(browser: Browser, corner: Corner) -> None:
    """A new alert flashes, but not for whom has asked for less motion."""
    animation = "getComputedStyle(document.querySelector('.alert.fresh')).animationName"
    with looked_at(browser, corner.url, corner.path) as opened:
        live(opened)
        corner.send(corner.told(1, "Truce"))
        opened.until("document.querySelectorAll('.alert').length === 1")
        assert opened.page.evaluate(animation) == "arrive"
        opened.page.emulate_media(reduced_motion="reduce")
        assert opened.page.evaluate(animation) == "none"


def test_an_alert_that_no_longer_fits_stays_and_says_so(browser: Browser, corner: Corner) -> None:
    """With the way to what it is now; where it fits again the newest takes its place."""
    corner.send(corner.told(1, "As it was"), corner.told(2, "Another"))
    with looked_at(browser, corner.url, f"{corner.path}&severity=critical") as opened:
        page = opened.page
        live(opened)
        row = page.locator(f'[data-id="{corner.id(1)}"]')
        corner.send(corner.told(1, "As it is", revision=1, severity="info"))
        opened.until("document.querySelector('.outdated')")
        assert headlines(page) == ["Another", "As it was"]
        assert row.locator(".outdated").inner_text() == (
            "Sent again since, as revision 1, which these filters leave out. Below is what it was before."
        )
        assert row.locator(".outdated a").get_attribute("href") == f"{corner.url}/alerts/{corner.id(1)}"
        assert opened.contrast >= 4.5
        corner.send(corner.told(1, "As it is again", revision=2))
        opened.until("!document.querySelector('.outdated')")
        assert headlines(page) == ["Another", "As it is again"]


def test_where_no_worker_runs_the_page_says_so(browser: Browser, corner: Corner) -> None:
    """It is connected all the same; when one is heard of, the word goes."""
    with looked_at(browser, corner.url, corner.path) as opened:
        page = opened.page
        live(opened)
        assert page.inner_text("#trouble").startswith("No worker runs")
        assert opened.contrast >= 4.5
        page.evaluate("showTrouble(null)")
        assert not page.locator("#trouble").is_visible()
        page.evaluate("showTrouble('ingest stands still.')")
        assert page.inner_text("#trouble") == "ingest stands still. Health"


def test_health_that_is_not_up_to_date_says_so(browser: Browser, corner: Corner) -> None:
    """What it told before is still there, with the time that it is of."""
    with window(browser, corner.url, "/health") as opened:
        page = opened.page
        assert not page.locator("#stale").is_visible()
        page.route("**/health", lambda route: route.abort())
        page.evaluate("refresh()")
        page.wait_for_selector("#stale:visible")
        assert re.match(
            r"The console does not answer: this is how it was at 20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ, \d+ s ago",
            page.inner_text("#stale"),
        )
        assert "No worker runs" in page.inner_text(".answers")
        page.unroute("**/health")
        page.evaluate("refresh()")
        page.wait_for_selector("#stale", state="hidden")
