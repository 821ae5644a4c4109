"""What makes two deliveries one article."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ingest import identity
from agents.ingest.identity import article_id, canonical_uri, content_hash, host_of, normalised_words


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("HTTP://www.Example.com:80/a/b/?utm_source=x&b=2&a=1#top", "https://example.com/a/b?a=1&b=2"),
        ("https://example.com/a?fbclid=1&gclid=2&story=7", "https://example.com/a?story=7"),
        ("https://example.com/a?cid=7&id=8", "https://example.com/a?cid=7&id=8"),
        ("example.com/a", "https://example.com/a"),
        ("https://user:secret@example.com/%7Ea%2Db", "https://example.com/~a-b"),
        ("https://example.com:8443/A", "https://example.com:8443/A"),
        ("urn:newsml:example.com:2025:1", "urn:newsml:example.com:2025:1"),
        (" http://[::1 ", "http://[::1"),
        ("http://x:99999999/", "http://x:99999999/"),
    ],
)
def test_canonical_uri(uri: str, expected: str) -> None:
    """One form for all ways to the same page; what is no web address stays."""
    assert canonical_uri(uri) == expected


@given(st.text())
def test_canonical_uri_never_fails(uri: str) -> None:
    """Any text has a canonical form and a host or none."""
    assert isinstance(canonical_uri(uri), str)
    assert host_of(uri) is None or host_of(uri)


def test_host_is_the_outlet() -> None:
    """Lower case, without www."""
    assert host_of("https://WWW.Example.org/a") == "example.org"
    assert host_of("urn:x:1") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t!” – don't", ["dont", "dont"]),
        ("ﬁrst NAI\u0308VE naïve", ["first", "naïve", "naïve"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("停戦合意", ["停", "戦", "合", "意"]),
        ("snake_case 1,000", ["snake", "case", "1", "000"]),
        ("", []),
    ],
)
def test_normalised_words(text: str, expected: list[str]) -> None:
    """Case, typography and composition don't count; scripts without spaces go by character."""
    assert normalised_words(text) == expected


@given(st.text())
def test_normalised_words_are_normal(text: str) -> None:
    """Normalising the words again changes nothing."""
    words = normalised_words(text)
    assert normalised_words(" ".join(words)) == words


def words_step_by_step(text: str) -> list[str]:
    """The same words without any short cut."""
    dropped = dict.fromkeys(map(ord, "'’‘ʼʹ′´`＇\u00ad\u200b\u200c\u200d\u2060\ufeff")) | {ord("_"): " "}
    folded = unicodedata.normalize("NFKC", text.translate(dropped)).casefold()
    spaced = re.sub(rf"[{identity._UNSPACED}]", r" \g<0> ", unicodedata.normalize("NFKC", folded))
    return re.findall(rf"[\w{identity._MARKS}]+", spaced)


@given(st.text() | st.text(alphabet="aB1 '’_“—…•\u00a0\u0301\u0345ﬁßİı中か\u200dé\n.-`"))
def test_the_quick_way_gives_the_same_words(text: str) -> None:
    """ASCII and typography have a way of their own, seven times as fast; the words are the same."""
    assert words_step_by_step(text) == normalised_words(text)


def test_hashes_are_fixed() -> None:
    """Identities are kept for days: they must be the same in each release. 32 hex digits."""
    assert content_hash(["ceasefire", "agreed"]) == article_id(None, ["ceasefire", "agreed"])
    assert len(content_hash(["ceasefire"])) == 32
    assert article_id("http://www.example.org/a/", []) == article_id("https://example.org/a", ["other"])


def test_a_front_page_is_no_articles_own() -> None:
    """Two articles that name the site only are told apart by their words."""
    for uri in ("https://news.example", "http://www.news.example/", "news.example/?utm_source=x"):
        assert article_id(uri, ["a", "b"]) == content_hash(["a", "b"])
    for uri in ("https://news.example/a", "https://news.example/?id=7", "urn:newsml:example:1"):
        assert article_id(uri, ["a", "b"]) == article_id(uri, ["c"])
