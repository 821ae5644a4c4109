"""The configured address, judged before anything is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.webhook.errors import WebhookError
from agents.webhook.target import target


@pytest.mark.parametrize(
    ("url", "format_", "posted"),
    [
        ("https://example.org/hook?token=x", "plain", "https://example.org/hook?token=x"),
        ("http://127.0.0.1:9093", "alertmanager", "http://127.0.0.1:9093/api/v2/alerts"),
        ("http://127.0.0.1:9093/", "alertmanager", "http://127.0.0.1:9093/api/v2/alerts"),
        ("http://am/below/", "alertmanager", "http://am/below/api/v2/alerts"),
        ("http://am/api/v2/alerts", "alertmanager", "http://am/api/v2/alerts"),
        ("http://[::1]:9093", "alertmanager", "http://[::1]:9093/api/v2/alerts"),
    ],
)
def test_where_it_is_posted(url: str, format_: str, posted: str) -> None:
    """Alertmanager's path is added where it isn't there."""
    assert str(target(url, format_).url) == posted


def test_what_is_shown_holds_no_secret() -> None:
    """Neither user nor path nor query."""
    assert (
        target("https://user:word@example.org:8443/T0/B0/token?key=x", "plain").shown
        == "https://example.org:8443"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/hook",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://[::1",
        "http://example.org/a b",
        "http://example.org/\r\nX: y",
        "http://exämple.org/",
    ],
)
def test_what_is_no_address_is_refused_without_being_shown(url: str) -> None:
    """The message names the variable; the value may hold a token."""
    with pytest.raises(WebhookError, match="NEWSWATCH_WEBHOOK_URL is no address to post to") as caught:
        target(url, "plain")
    assert "passwd" not in str(caught.value)


def test_a_fragment_is_refused() -> None:
    """It would be lost."""
    with pytest.raises(WebhookError, match="fragment"):
        target("http://example.org/#alerts", "plain")


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.169.254.",
        "[fe80::1]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "0.0.0.0",  # noqa: S104  not bound to, refused
        "2852039166",
        "0xA9FEA9FE",
        "0251.0376.0251.0376",
        "169.254.43518",
        "127.1",
    ],
)
@pytest.mark.parametrize("user", ["", "example.org@", "example.org:80@"])
def test_a_closed_address_is_refused_at_once_and_the_way_out_named(host: str, user: str) -> None:
    """In every spelling that the system's resolver takes; no user before it hides it."""
    with pytest.raises(WebhookError, match="NEWSWATCH_WEBHOOK_ALLOW="):
        target(f"http://{user}{host}/latest", "plain")


@pytest.mark.parametrize(
    "allowed", ["169.254.169.254", "fe80::1", "[fe80::1]", "Metadata.Internal", "metadata.internal."]
)
def test_what_is_allowed_by_name_is_trusted(allowed: str) -> None:
    """An address or a name, whatever its case."""
    bare = allowed.strip("[]")
    host = f"[{bare}]" if ":" in bare else bare
    assert target(f"http://{host}/x", "plain", [allowed]).trusted


@pytest.mark.parametrize("host", ["metadata.internal.example.org", "example.org", "169.254.169.253"])
def test_to_allow_one_host_allows_no_other(host: str) -> None:
    """Whole names only."""
    allow = ["metadata.internal", "169.254.169.254", ""]
    try:
        assert not target(f"http://{host}/", "plain", allow).trusted
    except WebhookError as error:
        assert "169.254.169.253 is link-local" in str(error)  # noqa: PT017  either is a refusal


@given(st.text() | st.text(st.characters(max_codepoint=127)).map(lambda text: "http://" + text))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Never another error, and nothing shown but scheme, host and port."""
    try:
        found = target(text, "alertmanager")
    except WebhookError:
        return
    assert found.url.path.endswith("/api/v2/alerts")
    assert found.shown.count("/") == 2
    assert "@" not in found.shown
