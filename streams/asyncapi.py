"""The topics as an AsyncAPI 3.0 document, for subscribers and their generators of code.

Made from the topology: a topic is a channel, what a step reads and writes is an operation. The records' own
schemas are in `docs/schemas/`, and are referred to.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from streams.settings import Settings
from streams.topology import ALERTS, TOPICS, watch_topic, with_watches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import msgspec

    from streams.topology import Topic

BYTES = "bytes"
"""What `news.raw` carries: no record of ours."""
_SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
_ABOUT = (
    "News articles in, alerts out, over Kafka topics. A program that wants alerts subscribes to alerts, or "
    "to alerts.<watch>; docs/subscribing.md shows how. Where NEWSWATCH_TOPIC_PREFIX is set, every topic's "
    "name begins with it. An operation is what one step of the pipeline does; its tag names the step."
)
_CONFIGURED = ("retention.ms", "retention.bytes", "max.message.bytes")
_OF_TOPICS = re.compile(r"^`[^:]*: ")
"""How a record's docstring begins: with the topics that carry it, which is plain here."""


def document(records: Mapping[str, type[msgspec.Struct]]) -> dict[str, Any]:
    """The whole document.

    Args:
        records: name to record, of all that the topics carry.
    """
    [of_a_watch] = (topic for topic in with_watches(["{watch}"]) if topic.name == watch_topic("{watch}"))
    topics = [*TOPICS, of_a_watch]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Newswatch",
            "version": version("newswatch"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": Settings.model_fields["kafka_bootstrap"].default,
                "protocol": "kafka",
                "description": "Set by NEWSWATCH_KAFKA_BOOTSTRAP.",
            }
        },
        "channels": {_id(topic): _channel(topic) for topic in topics},
        "operations": dict(_operations(topics)),
        "components": {
            "messages": {name: _message(name, topic, records) for topic in topics for name in carried(topic)}
        },
    }


def carried(topic: Topic) -> list[str]:
    """Names of the records on a topic."""
    return [name.strip() for name in topic.carries.split(",")]


def _id(topic: Topic) -> str:
    """A channel's name in references, which take no braces."""
    return topic.name.replace("{watch}", "of-watch")


def _channel(topic: Topic) -> dict[str, Any]:
    config = topic.config()
    numbers = {
        name: int(config[name])
        for name in ("retention.ms", "retention.bytes", "max.message.bytes")
        if name in config
    }
    spread = topic.partitions == "many"
    channel: dict[str, Any] = {
        "address": topic.name,
        "description": f"Key: {topic.key}. Partitions: "
        + ("NEWSWATCH_PARTITIONS." if spread else "one, so the order of its records is one order."),
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in carried(topic)},
        "bindings": {
            "kafka": {
                "partitions": Settings.model_fields["partitions"].default if spread else 1,
                "topicConfiguration": {"cleanup.policy": config["cleanup.policy"].split(","), **numbers},
                "bindingVersion": "0.5.0",
            }
        },
    }
    if topic.name == watch_topic("{watch}"):
        channel["parameters"] = {
            "watch": {"description": f"Name of a watch; its alerts are on {ALERTS} too."}
        }
    return channel


def _message(name: str, topic: Topic, records: Mapping[str, type[msgspec.Struct]]) -> dict[str, Any]:
    if name == BYTES:
        return {
            "name": name,
            "summary": "An article: plain text, HTML, or JSON with the usual fields and their aliases.",
            "contentType": "application/octet-stream",
        }
    first_line = (records[name].__doc__ or "").partition("\n")[0]
    # What a topic is declared to be keyed by is the key of the record it is for, the first; others fill in.
    about = {"description": topic.key} if name == carried(topic)[0] else {}
    return {
        "name": name,
        "summary": _OF_TOPICS.sub("", first_line),
        "payload": {"schemaFormat": _SCHEMA_FORMAT, "schema": {"$ref": f"schemas/{name.lower()}.json"}},
        "bindings": {"kafka": {"key": {"type": "string", **about}, "bindingVersion": "0.5.0"}},
    }


def _operations(topics: Iterable[Topic]) -> Iterable[tuple[str, dict[str, Any]]]:
    for topic in topics:
        for action, steps in (("send", topic.writers), ("receive", topic.readers)):
            for step in steps:
                channel = f"#/channels/{_id(topic)}"
                yield (
                    f"{step}.{action}.{_id(topic)}",
                    {
                        "action": action,
                        "channel": {"$ref": channel},
                        "tags": [{"name": step}],
                        "messages": [{"$ref": f"{channel}/messages/{name}"} for name in carried(topic)],
                    },
                )
