"""The AsyncAPI document: complete, and without a reference to nowhere.

(Checked once against AsyncAPI's own JSON Schema for 3.0.0, which is on npm only: no errors.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from streams.docs import DOCS
from streams.topology import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTIONS = {"send": "writers", "receive": "readers"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """As a subscriber reads it."""
    read: dict[str, Any] = yaml.safe_load((DOCS / "asyncapi.yaml").read_text("utf-8"))
    return read


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from [value] if name == "$ref" else references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def test_every_topic_is_a_channel(document: dict[str, Any]) -> None:
    """With its partitions and its limits, and one for the topics of watches."""
    channels = {channel["address"]: channel for channel in document["channels"].values()}
    assert channels.keys() == {topic.name for topic in TOPICS} | {"alerts.{watch}"}
    for topic in TOPICS:
        kafka = channels[topic.name]["bindings"]["kafka"]
        assert (kafka["partitions"] == 1) == (topic.partitions == "one")
        assert kafka["topicConfiguration"]["max.message.bytes"] == topic.max_bytes
        assert f"Key: {topic.key}." in channels[topic.name]["description"]
    assert channels["alerts.{watch}"]["parameters"].keys() == {"watch"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """Within the document, or to a schema in the docs."""
    found = list(references(document))
    assert len(found) > 50
    for reference in found:
        if reference.startswith("#/"):
            node = document
            for part in reference[2:].split("/"):
                node = node[part]
        else:
            schema = msgspec.json.decode((DOCS / reference).read_bytes())
            assert schema["$schema"].endswith("2020-12/schema")


def test_operations_are_what_the_steps_do(document: dict[str, Any]) -> None:
    """Each step's sending and receiving, once; on a topic with messages that the topic has."""
    declared = {
        (step, action, topic.name)
        for topic in TOPICS
        for action, steps in ACTIONS.items()
        for step in getattr(topic, steps)
    } | {("alerts", "send", "alerts.{watch}")}
    found = []
    for operation in document["operations"].values():
        channel = operation["channel"]["$ref"]
        name = document["channels"][channel.rpartition("/")[2]]["address"]
        found.append((operation["tags"][0]["name"], operation["action"], name))
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])
    assert sorted(found) == sorted(declared)


def test_every_record_has_a_schema_and_a_summary(document: dict[str, Any]) -> None:
    """All but the bytes of an input."""
    messages = document["components"]["messages"]
    assert messages.keys() == {name for topic in TOPICS for name in re.findall(r"\w+", topic.carries)}
    assert {name for name, message in messages.items() if "payload" not in message} == {"bytes"}
    for name, message in messages.items():
        assert message["name"] == name
        assert not message["summary"].startswith("`")
    assert messages["Alert"]["bindings"]["kafka"]["key"]["description"] == "alert_id"
