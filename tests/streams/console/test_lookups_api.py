"""Stories, articles, watches and health, asked as a program asks them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from agents.ingest.identity import article_id
from streams.cli import app
from streams.connect import KafkaUnusable
from streams.console.lookups import Lookups
from streams.console.slow import BusyError, TooLongError
from streams.settings import load
from tests.streams.console.conftest import HOSTILE, NOON, made_lookups
from tests.streams.console.test_api import client_of, made_api, problem
from tests.streams.why.conftest import TALKS, WATCHES, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from streams.why.history import History
    from streams.why.limit import Limit

FIRST = article_id("https://reuters.com/0", ())
COPY = article_id("https://bbc.com/1", ())
NOBODY = "f" * 32


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """Of a console that looks things up in a folder."""
    api = made_api()
    api.lookups = made_lookups(tmp_path)
    return client_of(api)


def found(client: TestClient, path: str) -> Any:
    """What is answered."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()


def test_a_story_has_its_articles_in_the_order_they_came(client: TestClient) -> None:
    """Each with what made it a copy, and with whom it was compared."""
    story = found(client, f"/api/stories/{FIRST}")
    assert story["headline"] == "Headline 0"
    assert [(one["seq"], one["source"], one["status"]) for one in story["articles"]] == [
        (0, "reuters.com", "new"),
        (1, "bbc.com", "exact_duplicate"),
        (2, "dw.com", "near_duplicate"),
    ]
    assert [one["similarity"] for one in story["articles"]] == [None, 0.9, 0.9]
    assert {one["duplicate_of"] for one in story["articles"][1:]} == {FIRST}
    assert story["articles"][0]["watches"] == ["ceasefire"]
    assert story["outlets"] == ["reuters.com", "bbc.com", "dw.com"]


def test_a_story_has_its_alerts_and_its_ledger(client: TestClient) -> None:
    """What was sent with each revision, what was not, and why."""
    story = found(client, f"/api/stories/{FIRST}")
    [alert] = story["alerts"]
    assert (alert["watch"], alert["severity"]) == ("ceasefire", "critical")
    # The number beside the mention is another in the third article: a change passes the cooldown.
    assert [one["revision"] for one in alert["revisions"]] == [0, 1]
    assert alert["revisions"][1]["changes"][0] == {"what": "number", "from": "30 days", "to": "40 days"}
    assert story["ledger_total"] == 1
    assert story["ledger_counts"] == [{"watch": "ceasefire", "reason": "duplicate", "count": 1}]
    [line] = story["ledger"]
    assert line["why"] == "a copy that changes nothing"
    assert (line["alert_id"], line["source"]) == (alert["alert_id"], "bbc.com")


def test_what_was_silenced_says_by_whom(client: TestClient) -> None:
    """With the reason that was given."""
    story = found(client, f"/api/stories/{article_id('https://quiet.org/6', ())}")
    assert story["ledger"][0]["why"] == "silence s1 until 2025-11-25 12:00:00Z: planned"
    assert story["alerts"] == []
    assert story["coverage"] == {
        "articles": 1,
        "outlets": 1,
        "first_outlet": "quiet.org",
        "minutes_to_3": None,
        "minutes_to_10": None,
        "minutes_to_30": None,
    }


def test_of_a_long_story_the_first_article_and_the_newest(client: TestClient) -> None:
    """So many as are asked for; how many there are is told all the same."""
    story = found(client, f"/api/stories/{FIRST}?limit=2")
    assert [one["seq"] for one in story["articles"]] == [0, 2]
    assert story["articles_total"] == 3
    assert [one["seq"] for one in found(client, f"/api/stories/{FIRST}?limit=1")["articles"]] == [0]


def test_an_article_is_explained_as_the_command_does_it(client: TestClient, tmp_path: Path) -> None:
    """To the byte, whether it is asked for by id, URI, name or place."""
    asked = ["why", "https://bbc.com/1", "--history", str(tmp_path), "--json"]
    told = msgspec.json.decode(
        CliRunner().invoke(app, [*asked, "--watchlist", str(tmp_path / "watches.yaml")]).stdout
    )
    told["watchlist"] = told["watchlist"].replace("watches.yaml", "w")
    for path in (
        f"/api/articles/{COPY}",
        "/api/articles/news.raw:0:1",
        "/api/articles/news.articles:0:1",
        "/api/articles?q=https://www.bbc.com/1",
        "/api/articles?q=a1",
        f"/api/articles?q=%20{COPY}%20",
    ):
        assert found(client, path) == told
    [only] = found(client, f"/api/articles/{COPY}?watch=sanctions")["watches"]
    assert only["watch"] == "sanctions"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        (f"/api/stories/{NOBODY}", 404, f"no story '{NOBODY}' is on the topics"),
        (f"/api/stories/{COPY}", 404, f"'{COPY}' is an article of the story {FIRST}: ask for that one"),
        ("/api/stories/x", 400, "story_id: 'x' is no story: an id is 32 hex digits"),
        (f"/api/stories/{FIRST.upper()}", 400, "story_id:"),
        (f"/api/stories/{FIRST}?limit=501", 400, "limit: '501' is no number from 1 to 500"),
        (f"/api/stories/{FIRST}?limt=5", 400, "limt: no such parameter: did you mean limit?"),
        (f"/api/articles/{NOBODY}", 404, f"nobody knows '{NOBODY}': what is left reaches back to seq 0"),
        ("/api/articles/news.raw:0:99", 404, "nobody knows 'news.raw:0:99'"),
        ("/api/articles/a1", 400, "article_id: 'a1' is no article: give its id"),
        ("/api/articles", 400, "q: give an article's id, URI, name or place"),
        ("/api/articles?q=%20", 400, "q: give an article's id"),
        (
            f"/api/articles/{COPY}?watch=x",
            400,
            "watch: no watch 'x': there is ceasefire, deadline, sanctions",
        ),
        (f"/api/articles/{COPY}?watch=x&watch=y", 400, "watch: given more than once"),
        ("/api/watches?limit=0", 400, "limit: '0' is no number"),
        ("/api/health?x=1", 400, "x: no such parameter"),
    ],
)
def test_what_can_not_be_answered_is_told(path: str, status: int, says: str, client: TestClient) -> None:
    """As Problem Details; an id that can't be is told from one that isn't there."""
    code, detail = problem(client.get(path))
    assert (code, detail[: len(says)]) == (status, says)


def test_hostile_text_stays_what_it_is(tmp_path: Path) -> None:
    """A headline comes through as it is on the topic."""
    api = made_api()
    api.lookups = made_lookups(tmp_path)
    write(tmp_path, WATCHES, [(HOSTILE, TALKS, "new", None)])
    asked = article_id(f"https://{HOSTILE}/0", ())
    assert found(client_of(api), f"/api/stories/{asked}")["articles"][0]["source"] == HOSTILE
    assert found(client_of(api), f"/api/articles/{asked}")["read"]["source"] == HOSTILE


def unusable(error: Exception) -> Lookups:
    """Whose topics can't be opened."""

    @contextmanager
    def opened(limit: Limit) -> Iterator[History]:
        raise error
        yield

    return Lookups(load({}), opened=opened)


def test_without_a_broker_nothing_is_looked_up() -> None:
    """And it is said when to ask again; the state is told all the same."""
    api = made_api()
    api.lookups = unusable(KafkaUnusable("no Kafka broker answers"))
    client = client_of(api)
    for path in (f"/api/stories/{FIRST}", f"/api/articles/{COPY}"):
        response = client.get(path)
        assert problem(response) == (503, "no Kafka broker answers")
        assert response.headers["retry-after"] == "5"
    assert problem(client.get("/api/watches"))[1].startswith(
        "the topics of the last day are still being read"
    )
    state = found(client, "/api/health")
    assert state["articles"] is None
    assert state["model"] is None
    assert {step["condition"] for step in state["steps"]} == {"unknown"}


def test_what_takes_too_long_or_is_too_much_at_once_is_told() -> None:
    """The one is not asked again by itself, the other is."""
    api = made_api()
    for error, status, after in ((BusyError("10 wait"), 503, "5"), (TooLongError("it took long"), 504, None)):
        api.lookups = unusable(error)
        response = client_of(api).get(f"/api/stories/{FIRST}")
        assert problem(response) == (status, str(error))
        assert response.headers.get("retry-after") == after


def test_watches_are_listed_by_name_a_page_at_a_time(client: TestClient) -> None:
    """With what each looks for; nothing came in the last day."""
    page = found(client, "/api/watches?limit=2")
    assert [one["name"] for one in page["watches"]] == ["ceasefire", "deadline"]
    assert (page["total"], page["next"], page["source"]) == (3, "deadline", "file")
    [last] = found(client, f"/api/watches?after={page['next']}")["watches"]
    assert last["name"] == "sanctions"
    assert last["hour"] == last["day"] == {"mentions": 0, "alerts": 0, "revisions": 0}
    assert last["last_alert"] is None
    assert page["counted_since"] == NOON.isoformat().replace("+00:00", "Z")
