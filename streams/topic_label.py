"""A topic as the value of a metric's label: without the edition's prefix, and those of watches as one."""

from __future__ import annotations

from streams.topology import NAMES, watch_topic

WATCHES_OWN = watch_topic("*")
"""All topics of watches: there may be 100,000, and each label is a series."""


def topic_label(topic: str, prefix: str) -> str:
    """The label of a topic by its full name."""
    name = topic.removeprefix(prefix)
    return WATCHES_OWN if name.startswith(watch_topic("")) and name not in NAMES else name
