"""The watchlist on its topic: published by the command, in force at every worker; what is broken is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from kafka import KafkaProducer

from streams.topology import RAW, WATCHLIST

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition

pytestmark = pytest.mark.live

WATCHES = """
watches:
  - {name: truce, terms: [truce], severity: info}
  - name: harvest
    query: '(harvest OR crop*) AND valley'
    severity: critical
    examples: {match: ["The harvest in the valley failed."], no_match: ["The harvest failed."]}
"""
TEXTS = (
    "The harvest in the valley was a good one this year, farmers said on Monday.",
    "The ministers agreed a truce in the border region on Tuesday evening, officials said.",
    "A ceasefire was agreed in the capital on Wednesday after talks of nine days, it was said.",
)


def command(edition: Edition, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streams", "watch", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={
            **os.environ,
            "NEWSWATCH_KAFKA_BOOTSTRAP": edition.settings.kafka_bootstrap,
            "NEWSWATCH_TOPIC_PREFIX": edition.settings.topic_prefix,
        },
    )


def watch(edition: Edition, *arguments: str, code: int = 0) -> dict[str, Any]:
    done = command(edition, *arguments, "--json")
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


def send(edition: Edition, text: str) -> None:
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    producer.send(edition.settings.topic_prefix + RAW, text.encode()).get(timeout=60)
    producer.close()


def test_a_change_is_in_force_at_every_worker_without_a_restart(edition: Edition, tmp_path: Path) -> None:
    """Applied, added to, taken from; a broken record changes nothing; a restart finds it again."""
    file = tmp_path / "watches.yaml"
    file.write_text(WATCHES)
    with edition.workers(2):
        send(edition, TEXTS[0])
        edition.settled(1)
        told = watch(edition, "apply", str(file))
        assert (told["added"], len(told["workers"])) == (["harvest", "truce"], 2)
        assert {one["version"] for one in told["workers"]} == {told["version"]}
        assert watch(edition, "apply", str(file))["same"] == ["harvest", "truce"]
        file.write_text(command(edition, "list", "--yaml").stdout)
        assert watch(edition, "apply", str(file))["version"] == told["version"]
        for text in TEXTS[1:]:
            send(edition, text)
        send(edition, TEXTS[0] + " The next one will be better.")
        account = edition.settled(4)
        # By the file that the workers began with the first raised nothing and the third would have.
        assert [alert.watch for alert in account.in_order()] == ["truce", "harvest"]

        producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
        topic = edition.settings.topic_prefix + WATCHLIST
        producer.send(topic, key=b"truce", value=b'{"name": "truce", "colour": 1}').get(timeout=60)
        producer.close()
        listed = watch(edition, "list", code=1)
        assert listed["version"] == told["version"]
        assert "unknown field 'colour'" in listed["bad"][0]
        removed = watch(edition, "remove", "truce")
        assert {one["version"] for one in removed["workers"]} == {removed["version"]} != {told["version"]}
        assert "there is harvest" in watch(edition, "remove", "truce", code=1)["said"]
        assert "no watch would be left" in watch(edition, "remove", "harvest", code=1)["said"]
    assert watch(edition, "list")["workers"] == []  # they said goodbye
    with edition.workers():
        send(edition, "Storms spoilt the harvest of a valley on the coast, the ministry said on Friday.")
        account = edition.settled(5)
        assert [alert.watch for alert in account.in_order()][2:] == ["harvest"]
        [worker] = watch(edition, "list")["workers"]
        assert (worker["version"], worker["source"]) == (removed["version"], "topic")


def test_a_file_whose_examples_fail_is_not_published(edition: Edition, tmp_path: Path) -> None:
    """Unless it is forced; a dry run publishes nothing either."""
    file = tmp_path / "watches.yaml"
    file.write_text("watches: [{name: a, terms: [truce], stage: shadow, examples: {match: [The deadline.]}}]")
    assert "1 examples fail" in watch(edition, "apply", str(file), code=1)["said"]
    assert not watch(edition, "apply", str(file), "--force", "--dry-run")["published"]
    assert watch(edition, "list")["version"] is None
    # The first on the topic takes those of the file along, which are in force until then.
    added = watch(edition, "add", str(file), "--force")["added"]
    assert added == ["a", "ceasefire", "deadline", "sanctions"]
    assert watch(edition, "list")["watches"][0] == {
        "name": "a",
        "terms": ["truce"],
        "stage": "shadow",
        "examples": {"match": [{"body_text": "The deadline."}]},
    }
    assert watch(edition, "promote", "a")["changed"] == ["a"]
    assert "stage" not in watch(edition, "list")["watches"][0]
    assert "no watch 'a' in shadow" in watch(edition, "promote", "a", code=1)["said"]
