"""Which of a cluster's topics are an edition's."""

from __future__ import annotations

from streams.removal import own_topics
from streams.topology import TOPICS

DECLARED = sorted(topic.name for topic in TOPICS)


def test_an_edition_has_its_declared_topics_those_of_watches_and_of_tables() -> None:
    """Also of a watch that is in no list any more."""
    others = ["news", "news.rawest", "newswatch-desk", "orders-changelog", "watchlist2", "eu.alerts.truce"]
    more = ["alerts.long-gone", "newswatch-desk-changelog"]
    assert own_topics([*others, *DECLARED, *more], "") == tuple(sorted([*DECLARED, *more]))


def test_another_prefix_is_another_edition() -> None:
    """With and without one."""
    names = [
        prefix + name for prefix in ("", "eu.", "eu.de.") for name in (*DECLARED, "newswatch-x-changelog")
    ]
    found = own_topics(names, "eu.")
    assert found == tuple(sorted(f"eu.{name}" for name in (*DECLARED, "newswatch-x-changelog")))
