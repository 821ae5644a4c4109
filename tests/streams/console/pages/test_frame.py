"""Pages as such: their policy, their escaping, what is told where something is wrong."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from streams.console.pages import frame
from tests.streams.console.pages.conftest import BROWSER
from tests.streams.console.test_api import TOKEN, client_of, made_api


def policy(text: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in text.split(";"))


def test_a_page_may_load_files_of_our_own_only() -> None:
    """Nothing inline, no other host; and nothing in a page needs more."""
    response = client_of(made_api()).get("/", headers=BROWSER)
    given = policy(response.headers["content-security-policy"])
    assert given["default-src"] == "'none'"
    assert given["script-src"] == given["style-src"] == given["connect-src"] == "'self'"
    assert given["frame-ancestors"] == given["base-uri"] == "'none'"
    assert response.headers["cache-control"] == "no-store"
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=|javascript:", response.text) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', response.text) == []


def test_programs_get_no_more_than_before() -> None:
    """The API's answers are no pages."""
    headers = client_of(made_api()).get("/api/alerts", headers=BROWSER).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_what_a_template_is_not_given_is_an_error() -> None:
    """Rather than a page with a hole in it."""
    with pytest.raises(UndefinedError):
        frame.render("problem.html", path="/", has_session=False)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nothing", 404, "here are /api/alerts"),
        ("/?severity=high", 400, "no severity &#39;high&#39;"),
        ("/?wach=truce", 400, "did you mean watch?"),
        ("/?cursor=<script>", 400, "&lt;script&gt;"),
        ("/alerts/nothing", 404, "no alert &#39;nothing&#39;"),
    ],
)
def test_a_person_is_told_on_a_page(path: str, status: int, says: str) -> None:
    """What a program is told as Problem Details."""
    client = client_of(made_api())
    response = client.get(path, headers=BROWSER)
    assert response.status_code == status
    assert says in response.text
    assert response.headers["content-security-policy"] == frame.POLICY
    assert client.get(path).headers["content-type"] == "application/problem+json"


def test_a_page_that_is_not_ready_asks_again() -> None:
    """By itself, as a program is told to."""
    api = made_api()
    api.feeds["live"].caught_up.clear()
    response = client_of(api).get("/", headers=BROWSER)
    assert response.status_code == 503
    assert '<meta http-equiv="refresh" content="5">' in response.text
    assert response.headers["retry-after"] == "5"


def test_without_the_token_a_person_is_asked_for_it() -> None:
    """On any page, which is there after that; a program is answered as ever."""
    client = client_of(made_api(TOKEN))
    for path in ("/", "/watches", "/alerts/1"):
        response = client.get(path, headers=BROWSER)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="newswatch"'
        assert "Sign in" in response.text
        assert "Sign out" not in response.text
    assert client.get("/").headers["content-type"] == "application/problem+json"
    assert client.get("/api/alerts", headers=BROWSER).headers["content-type"] == "application/problem+json"
    assert client.get("/alerts/stream", headers={"accept": "text/event-stream"}).status_code == 401
    assert client.get("/metrics").status_code == 401


def test_the_page_that_asks_for_the_token_can_not_send_it_elsewhere() -> None:
    """Its field has no name, so that no form puts it into an address, and its files need no token."""
    client = client_of(made_api(TOKEN))
    text = client.get("/?severity=critical", headers=BROWSER).text
    [field] = re.findall(r"<input[^>]*>", text)
    assert " name=" not in field
    for address in re.findall(r'(?:src|href)="(/static/[^"]*)"', text):
        assert client.get(address).status_code == 200


def test_with_the_cookie_the_page_is_there() -> None:
    """And a way to have the browser forget it."""
    client = client_of(made_api(TOKEN), base_url="http://127.0.0.1:8464")
    assert client.post("/api/session", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 204
    response = client.get("/", headers=BROWSER)
    assert response.status_code == 200
    assert "Sign out" in response.text
    assert TOKEN not in response.text
    assert client.delete("/api/session").status_code == 204
    assert client.get("/", headers=BROWSER).status_code == 401
