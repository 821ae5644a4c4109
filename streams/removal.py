"""An edition's topics taken off a cluster, with what Faust keeps there and the workers' place in them."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from kafka.errors import CoordinatorNotAvailableError, GroupIdNotFoundError, KafkaError

from streams.admin import AT_ONCE, TopicsError, batched, named
from streams.connect import KafkaUnusable, admin
from streams.topology import of_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.settings import Settings

PATIENCE_SECONDS = 30.0
"""Until topics are gone, which a broker says before they are; and until it can tell of groups."""


class Edition(NamedTuple):
    """What a cluster has of an edition."""

    topics: tuple[str, ...]
    """Full names, sorted."""
    workers: int
    """Members of its group."""


def own_topics(names: Iterable[str], prefix: str) -> tuple[str, ...]:
    """Those of an edition among a cluster's: declared ones, of watches that are gone too, of tables."""
    tables = f"{prefix}newswatch-"
    return tuple(
        sorted(
            name
            for name in names
            if of_edition(name, prefix) or (name.startswith(tables) and name.endswith("-changelog"))
        )
    )


def look(settings: Settings) -> Edition:
    """See what there is.

    Raises:
        KafkaUnusable: no broker answers.
    """
    with admin(settings.cluster) as client:
        topics = own_topics(client.list_topics(), settings.topic_prefix)
        return Edition(topics, _members(client, settings.group))


def remove(settings: Settings) -> Edition:
    """Delete an edition's topics and what its group has acknowledged; return when they are gone.

    Raises:
        KafkaUnusable: no broker answers, or it refuses.
        TopicsError: workers run, or topics are still there after a while.
    """
    found = look(settings)
    if found.workers:
        raise TopicsError(
            f"{found.workers} members are in the group {settings.group}: stop the workers first, and wait "
            "20 s for one that was killed"
        )
    with admin(settings.cluster) as client:
        try:
            for names in batched(list(found.topics), AT_ONCE):
                client.delete_topics(names)
            with suppress(GroupIdNotFoundError):
                client.delete_groups([settings.group])
        except KafkaError as error:
            raise KafkaUnusable(f"the broker did not delete everything: {str(error)[:500]}") from error
        deadline = time.monotonic() + PATIENCE_SECONDS
        while left := set(client.list_topics()) & set(found.topics):
            if time.monotonic() > deadline:
                raise TopicsError(f"still there after {PATIENCE_SECONDS:.0f} s: {named(sorted(left))}")
            time.sleep(0.2)
    return found


def _members(client: Any, group: str) -> int:
    """How many are in a group; the first question about any makes a cluster's topic of groups."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return len(client.describe_groups([group])[group]["members"])
        except CoordinatorNotAvailableError as error:
            if time.monotonic() > deadline:
                raise KafkaUnusable(f"the brokers don't say who is in the group {group}: {error}") from error
            time.sleep(0.2)
