"""A topic as a label."""

import pytest

from streams.topic_label import WATCHES_OWN, topic_label


@pytest.mark.parametrize(
    ("topic", "label"),
    [
        ("t1.news.raw", "news.raw"),
        ("t1.alerts", "alerts"),
        ("t1.alerts.suppressed", "alerts.suppressed"),
        ("t1.alerts.ceasefire", WATCHES_OWN),
        ("t1.newswatch-desk-changelog", "newswatch-desk-changelog"),
    ],
)
def test_a_label_is_the_plain_name_and_one_for_all_watches(topic: str, label: str) -> None:
    """However many watches there are."""
    assert topic_label(topic, "t1.") == label
