"""Who may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.console.access import AccessError, bearer, check, is_loopback, refusal
from streams.console.session import COOKIE, SECONDS, is_good, issue

TOKEN = "0123456789abcdef-token"  # noqa: S105  no password
NOW = 1_764_000_000.0


def status(token: str | None, path: str = "/api/alerts", /, cookie: str = "", **headers: str) -> int | None:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    refused = refusal(path, given, {COOKIE: cookie} if cookie else {}, token=token, now=NOW)
    return refused and refused.status


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST", "[::1]"])
def test_loopback_needs_no_token(host: str) -> None:
    """None can reach it from outside."""
    assert is_loopback(host)
    check(host, None)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "10.0.0.1", "news.example.org", "", "127.0.0.1.example.org"],  # noqa: S104  refused
)
def test_another_address_needs_a_token(host: str) -> None:
    """The message says what to set."""
    with pytest.raises(AccessError, match="set NEWSWATCH_CONSOLE_TOKEN"):
        check(host, None)
    check(host, TOKEN)


@pytest.mark.parametrize(
    "token", ["", "short", "a token with spaces in it", "ä" * 20, "tab\tin-the-midst-of-it"]
)
def test_a_token_that_anyone_guesses_or_no_header_takes_is_refused(token: str) -> None:
    """On loopback as well; the token itself is not told."""
    with pytest.raises(AccessError, match="NEWSWATCH_CONSOLE_TOKEN is no token") as caught:
        check("127.0.0.1", token)
    assert not token or token not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8464", "localhost", "localhost:1", "[::1]:8464", "127.0.0.1"])
def test_asked_by_its_own_name(host: str) -> None:
    """With any port, for a tunnel may have another."""
    assert status(None, host=host) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8464",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "[::1",
        "10.0.0.1",
    ],
)
def test_a_name_that_was_pointed_here_is_refused(host: str) -> None:
    """Which is how a web page gets at what listens on loopback; health tells nothing worth that."""
    assert status(None, host=host) == 421
    assert status(None, "/healthz", host=host) is None


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:8464"]
)
def test_a_page_of_another_site_is_known_by_its_origin_too(origin: str) -> None:
    """Older browsers say no more; behind a proxy the console has a name that it does not know."""
    assert status(None, host="127.0.0.1:8464", origin=origin) == 403
    assert status(None, host="127.0.0.1:8464", origin="http://127.0.0.1:8464") is None
    assert status(TOKEN, host="inside", origin=origin, authorization=f"Bearer {TOKEN}") is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}, 403),
        ({"sec_fetch_site": "same-site", "sec_fetch_mode": "no-cors"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, None),
        ({"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors"}, None),
        ({"sec_fetch_site": "none"}, None),
    ],
)
def test_a_page_of_another_site_may_not_ask(headers: dict[str, str], expected: int | None) -> None:
    """A link to here may be followed."""
    assert status(None, host="localhost", **headers) == expected


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        (f"Bearer {TOKEN}", None),
        (f"bearer  {TOKEN} ", None),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        ("Bearer", 401),
        (TOKEN, 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer ÿ", 401),
        ("", 401),
    ],
)
def test_with_a_token_it_has_to_come_along(authorization: str, expected: int | None) -> None:
    """Under any name, since no page that was led here has it; health is open."""
    assert status(TOKEN, host="console.example.org", authorization=authorization) == expected
    assert status(TOKEN, "/readyz") is None


def test_a_cookie_will_do_until_its_time_is_over() -> None:
    """Signed with the token; another token ends it."""
    good = issue(TOKEN, NOW)
    assert status(TOKEN, cookie=good) is None
    assert is_good(good, TOKEN, NOW + SECONDS - 1)
    assert not is_good(good, TOKEN, NOW + SECONDS)
    assert not is_good(good, TOKEN + "x", NOW)
    until, signature = good.split(".")
    assert status(TOKEN, cookie=f"{int(until) + 1}.{signature}") == 401
    assert TOKEN not in good


@given(st.text())
def test_any_text_as_a_cookie_or_a_header_is_judged(text: str) -> None:
    """And found wanting, without an error."""
    assert not is_good(text, TOKEN, NOW)
    assert bearer({"authorization": f"Bearer {text}"}, TOKEN) == (text.strip() == TOKEN)
    assert status(None, host=text) in {None, 421}


def test_style_sheet_and_scripts_need_no_token() -> None:
    """The page that asks for it is made of them; a page of another site gets them no more than the rest."""
    assert status(TOKEN, "/static/style.css") is None
    assert status(TOKEN, "/static/style.css", sec_fetch_site="cross-site", sec_fetch_mode="no-cors") == 403
    assert status(None, "/static/style.css", host="evil.example") == 421
    assert [status(TOKEN, path) for path in ("/", "/static", "/metrics", "/api/static/")] == [401] * 4
