"""`newswatch why` from the topics of a real broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from typer.testing import CliRunner

from streams.admin import create_topics
from streams.cli import app
from streams.connect import producer
from streams.settings import load
from streams.topology import with_watches
from tests.streams.why.conftest import folder

if TYPE_CHECKING:
    from pathlib import Path

    from streams.broker import Broker

__all__ = ["folder"]


@pytest.mark.parametrize("compression", [None, "gzip"])
def test_the_topics_say_the_same_as_the_folder(broker: Broker, folder: Path, compression: str | None) -> None:
    """For each input, but for the place of each record, which is now an offset.

    Whether the records lie where their keys belong, or another producer has put them elsewhere, compressed.
    """
    prefix = f"why-{compression}."
    settings = load(kafka_bootstrap=broker.bootstrap_servers, topic_prefix=prefix)
    create_topics(settings, with_watches(["ceasefire", "deadline", "sanctions"]))
    client = producer(settings.kafka_bootstrap, acks="all", compression_type=compression, linger_ms=50)
    try:
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_bytes().splitlines():  # A compacted topic takes nothing without a key.
                its = None if compression else msgspec.json.decode(line).get("article_id")
                client.send(settings.topic_prefix + path.stem, value=line, key=(its or "k").encode())
        client.flush()
    finally:
        client.close()
    common = ["--watchlist", str(folder / "watches.yaml"), "--json"]
    environment = {"NEWSWATCH_TOPIC_PREFIX": prefix}
    for seq in range(7):
        asked = ["why", f"news.articles:0:{seq}", *common]
        live = CliRunner().invoke(app, [*asked, "--bootstrap", broker.bootstrap_servers], env=environment)
        assert live.exit_code == 0, live.stderr
        found, told = (
            msgspec.json.decode(text)
            for text in (live.stdout, CliRunner().invoke(app, [*asked, "--history", str(folder)]).stdout)
        )
        places = dict(found.pop("records"))
        assert places["news.articles"] == f"{prefix}news.articles:0:{seq}"
        assert places.keys() == {topic for topic, _ in told.pop("records")}
        assert found == told
