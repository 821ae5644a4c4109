"""The addresses, asked as a program asks them, and held against what the document says of them."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from starlette.requests import Request
from starlette.testclient import TestClient

from streams.console import api as module
from streams.console.api import Api
from streams.console.feed import stop
from streams.docs import DOCS
from streams.settings import load
from tests.streams.console.conftest import HOSTILE, alert_id, made_feed, take

if TYPE_CHECKING:
    import httpx2

    from tests.streams.console.conftest import MakeAlert

TOKEN = "0123456789abcdef-token"  # noqa: S105  no password
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SAFE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}


def made_api(token: str | None = None) -> Api:
    """An API whose topics were read, and nobody follows."""
    made = Api(load({}), token)
    made.feeds = {"live": made_feed(), "shadow": made_feed()}
    return made


def client_of(made: Api, base_url: str = "http://127.0.0.1:8464") -> TestClient:
    return TestClient(made.app(), base_url=base_url)


@pytest.fixture
def api() -> Api:
    """Without a token."""
    return made_api()


@pytest.fixture
def client(api: Api) -> TestClient:
    """Of that."""
    return client_of(api)


def problem(response: httpx2.Response) -> tuple[int, str]:
    """Status and detail of an answer that tells what is wrong."""
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["title"] == HTTPStatus(response.status_code).phrase
    return response.status_code, told["detail"]


def test_alerts_are_listed_as_they_are_on_the_topic(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """Byte for byte, whatever a headline has in it and whatever fields come later."""
    raws = [alert(1, headline=HOSTILE), alert(2, deadline={"later": 1.0})]
    take(api.feeds["live"], *raws)
    response = client.get("/api/alerts")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert SAFE.items() <= dict(response.headers).items()
    assert b'{"alerts":[' + raws[1] + b"," + raws[0] + b"]" in response.content
    assert response.json()["alerts"][1]["headline"] == HOSTILE
    assert response.json() | {"alerts": None} == {"alerts": None, "next": None, "last_event_id": "1-0d818358"}


def test_the_newest_revision_is_the_state(api: Api, client: TestClient, alert: MakeAlert) -> None:
    """Each one is told where it is asked for, or by id."""
    take(api.feeds["live"], alert(1), alert(2), alert(1, revision=1))
    told = [(found["seq"], found["revision"]) for found in client.get("/api/alerts").json()["alerts"]]
    assert told == [(1, 1), (2, 0)]
    assert len(client.get("/api/alerts", params={"revisions": "all"}).json()["alerts"]) == 3
    found = client.get(f"/api/alerts/{alert_id(1)}").json()
    assert found["alert_id"] == alert_id(1)
    assert [one["revision"] for one in found["revisions"]] == [0, 1]


def test_what_a_watch_on_trial_would_have_sent_is_apart(
    api: Api, client: TestClient, alert: MakeAlert
) -> None:
    """In the list and by id."""
    take(api.feeds["shadow"], alert(1, stage="shadow"))
    assert client.get("/api/alerts").json()["alerts"] == []
    assert len(client.get("/api/alerts?stage=shadow").json()["alerts"]) == 1
    assert client.get(f"/api/alerts/{alert_id(1)}").status_code == 404
    assert client.get(f"/api/alerts/{alert_id(1)}?stage=shadow").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/alerts?severity=high", 400, "severity: no severity 'high'"),
        ("/api/alerts?limit=0", 400, "limit: '0' is no number from 1 to 500"),
        ("/api/alerts?cursor=ffffffff-0-0-0", 400, "cursor: it is of another topic"),
        ("/api/alerts/x?limit=1", 400, "limit: no such parameter: known are stage"),
        ("/api/alerts/stream?last_event_id=x", 400, "last_event_id: 'x' is no event of ours"),
        ("/api/alerts/stream?since=soon", 400, "since: 'soon' is no time"),
        ("/api/alerts/nothing", 404, "no alert 'nothing' is on the topic alerts"),
        ("/api/alert", 404, "here are /api/alerts"),
        ("/nothing", 404, "here are /api/alerts"),
    ],
)
def test_what_can_not_be_answered_is_told(path: str, status: int, says: str, client: TestClient) -> None:
    """As Problem Details; the same for HEAD."""
    response = client.get(path)
    found, detail = problem(response)
    assert found == status
    assert detail.startswith(says)
    assert client.head(path).status_code == status


def test_another_method_is_told_which_there_are(client: TestClient) -> None:
    """Nothing here is changed by a request."""
    response = client.post("/api/alerts")
    assert problem(response)[0] == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_before_a_topic_is_read_nothing_is_said_of_it(api: Api, client: TestClient) -> None:
    """An alert that is not in the list could still be on the topic."""
    api.feeds["live"].caught_up.clear()
    for path in ("/api/alerts", "/api/alerts/x"):
        response = client.get(path)
        assert problem(response) == (503, "the topic alerts is still being read: ask again in a moment")
        assert response.headers["retry-after"] == "5"
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["unmet"]) == (503, ["alerts"])


async def test_a_console_that_follows_no_topic_is_dead(api: Api) -> None:
    """Whatever ended that: it would answer for ever with what it last knew."""
    api._following = asyncio.create_task(asyncio.sleep(60))
    assert (await api.healthz(Request({"type": "http"}))).status_code == 200
    await stop(api._following)
    assert (await api.healthz(Request({"type": "http"}))).status_code == 503


def test_so_many_streams_and_no_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """HEAD opens none."""
    response = client.head("/api/alerts/stream")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert client.get("/readyz").json()["streams"] == 0
    monkeypatch.setattr(module, "MOST_STREAMS", 0)
    assert problem(client.get("/api/alerts/stream"))[0] == 503


def test_asked_under_another_name(api: Api) -> None:
    """As a page does whose name was pointed here."""
    assert problem(client_of(api, "http://evil.example").get("/api/alerts"))[0] == 421


def test_a_token_as_header_or_exchanged_for_a_cookie() -> None:
    """The cookie is out of reach for scripts and other sites, and can be given back."""
    browser = client_of(made_api(TOKEN), "http://console.example.org")
    refused = browser.get("/api/alerts")
    assert problem(refused)[0] == 401
    assert refused.headers["www-authenticate"] == 'Bearer realm="newswatch"'
    assert refused.headers["content-security-policy"] == SAFE["content-security-policy"]
    assert browser.get("/api/alerts", headers=BEARER).status_code == 200
    assert browser.get("/readyz").status_code == 200
    assert browser.post("/api/session").status_code == 401
    begun = browser.post("/api/session", headers=BEARER)
    assert begun.status_code == 204
    cookie = begun.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert browser.get("/api/alerts").status_code == 200
    assert browser.delete("/api/session").status_code == 204
    assert browser.get("/api/alerts").status_code == 401


def test_without_a_token_there_is_no_session(client: TestClient) -> None:
    """And none is needed."""
    assert problem(client.post("/api/session"))[0] == 403


def test_the_document_is_served_as_it_is_in_the_docs(client: TestClient) -> None:
    """So that a generator of clients finds it."""
    served: dict[str, Any] = client.get("/api/openapi.json").json()
    assert served == yaml.safe_load((DOCS / "openapi.yaml").read_text("utf-8"))
