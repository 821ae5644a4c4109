"""A topic as the value of a metric's label: without the edition's prefix, and those of watches as one."""

from __future__ import annotations

from streams.topology import ALERTS, TOPICS

WATCHES_OWN = f"{ALERTS}.*"
"""All topics of watches: there may be 100,000, and each label is a series."""
_FIXED = {topic.name for topic in TOPICS}


def topic_label(topic: str, prefix: str) -> str:
    """The label of a topic by its full name."""
    name = topic.removeprefix(prefix)
    return WATCHES_OWN if name.startswith(f"{ALERTS}.") and name not in _FIXED else name
