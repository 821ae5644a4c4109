"""Articles on pages."""

from __future__ import annotations

import json

import pytest

from streams.replay.page import PAGE_MAX, article_of

TEXT = "Delegations met again on Monday to discuss the terms of a lasting peace in the region. " * 5
LINKED_DATA = '<script type="application/ld+json">{}</script>'


def published(head: str) -> str | None:
    """The time found on a page with this head."""
    page = (
        f"<html><head><title>Talks</title>{head}</head><body><article><p>{TEXT}</p></article></body></html>"
    )
    article = article_of(page.encode())
    assert article is not None
    found = json.loads(article).get("published")
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-11-24T10:15:30+02:00">',
        '<meta itemprop="datePublished" content="2025-11-24T08:15:30Z">',
        LINKED_DATA.format('{"datePublished": "2025-11-24T08:15:30Z"}'),
        LINKED_DATA.format('[{"@graph": [{"datePublished": "2025-11-24T08:15:30Z"}]}]'),
    ],
)
def test_the_time_of_day_is_kept(head: str) -> None:
    """Wherever the page states it."""
    assert published(head) == "2025-11-24T08:15:30+00:00"


@pytest.mark.parametrize("head", [LINKED_DATA.format("{broken"), '<meta name="date" content="soon">', ""])
def test_a_page_that_states_no_time_is_undated(head: str) -> None:
    """Nothing is guessed from its text."""
    assert published(head) is None


@pytest.mark.parametrize(
    "page",
    [b"", b"\0\0", b"<html></html>", b"<div>" * 100_000, b"<p>" + b"a" * PAGE_MAX, b"\xff\xfe<html>"],
)
def test_a_hostile_page_gives_nothing(page: bytes) -> None:
    """And raises nothing."""
    assert article_of(page) is None
