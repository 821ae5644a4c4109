"""What must hold when a worker dies, when there are more of them, and when the input means harm."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaProducer

from seeds.generate import generate
from streams.topology import RAW

if TYPE_CHECKING:
    from conftest import Edition


pytestmark = pytest.mark.live

MANY = 5_000


@pytest.mark.timeout(600)
def test_a_killed_worker_loses_nothing_and_repeats_nothing(edition: Edition) -> None:
    """SIGKILL in mid-run, then a new worker on the same folder, then another on an empty one.

    Every article has one status, the true one; no alert is missing, and none is on a topic twice.
    """
    articles = list(generate(MANY, seed=11))
    first = edition.another(1)
    try:
        edition.replay_generated(articles)
        edition.follow(lambda account: len(account.outcomes) > MANY // 5)
    finally:
        os.kill(first.leash.pid, signal.SIGKILL)
        first.leash.wait()
    second = edition.another(1)
    try:
        edition.follow(lambda account: len(account.outcomes) > MANY // 2)
    finally:
        second.leash.kill()
        second.leash.wait()
    with edition.another(2).leash:
        account = edition.settled(MANY, patience=400)
    edition.hold_against_truth(account, articles)


HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "empty": (b"", {"rejected"}),
    "space": (b" \n\t ", {"rejected"}),
    "NUL": (b"\0" * 1000, {"rejected"}),
    "text with NUL": (b"A truce held \0 in the city on Monday, officials said.", {"new"}),
    "invalid UTF-8": (b"Die Waffenruhe h\xe4lt seit Montag, sagte der Sprecher der Regierung.", {"new"}),
    "binary": (bytes(range(256)) * 40, {"rejected"}),
    "lone surrogates": (
        rb'{"text": "A ceasefire \ud800 was agreed in the capital on Tuesday, \udfff they said."}',
        {"new"},
    ),
    "50 MB": (b"peace talks go on and on " * 2_100_000, {"rejected"}),
    "deep JSON": (b'{"text":' * 100_000, {"rejected"}),
    "deep list": (b"[" * 100_000 + b"]" * 100_000, {"rejected"}),
    "wrong types": (b'{"text": {"a": [1, 2]}, "headline": 7}', {"rejected"}),
    "a number": (b"42", {"rejected"}),
    "no body": (b'{"headline": "Truce"}', {"rejected"}),
    "impossible date": (
        b'{"text": "A truce was agreed in the town on Monday.", "published": "2025-02-31"}',
        {"rejected"},
    ),
    "year 2099": (
        b'{"text": "A second truce was agreed in the valley on Friday.", "published": "2099-01-01"}',
        {"new"},
    ),
    "HTML with scripts": (
        (
            b"<html><head><script>alert('sanctions')</script></head><body><p>The board met on "
            b"Monday and agreed to meet again next week, its chair said.</p><script>deadline()</script>"
        ),
        {"new"},
    ),
    "right-to-left marks": (
        "The \u202eecurt\u202c talks \u200fended without a result on Sunday, a spokesperson said.".encode(),
        {"new"},
    ),
    "a long word": (b"a" * 1_000_000, {"new", "rejected"}),
    "a long word in a sentence": (
        b"The ceasefire of " + b"z" * 900_000 + b" held on Monday.",
        {"new", "rejected"},
    ),
    "many mentions": (b"truce. " * 120_000, {"new", "rejected"}),
    "many names": (b"Russia and France " * 55_000, {"new", "rejected"}),
    "tags without end": (b"<div>" * 150_000, {"new", "rejected"}),
}


def test_hostile_input_is_a_status_or_a_dead_letter_and_the_worker_lives(edition: Edition) -> None:
    """Never a crash, never silence; what comes after is worked off as ever."""
    good = b"The ministers agreed a ceasefire in the border region on Monday evening, officials said."
    with edition.workers() as fleet:
        producer = KafkaProducer(
            bootstrap_servers=edition.settings.kafka_bootstrap, max_request_size=64 << 20
        )
        topic = edition.settings.topic_prefix + RAW
        payloads = {**HOSTILE, "good": (good, {"new"})}
        for name, (payload, _) in payloads.items():
            producer.send(topic, payload, headers=[("name", name.encode())]).get(timeout=60)
        producer.send(topic, None, key=b"tombstone").get(timeout=60)
        producer.close()
        account = edition.settled(len(payloads) + 1)
        fleet.check()
    by_offset = {at[2]: outcome for at, outcome in account.outcomes.items()}
    for offset, (name, (_, allowed)) in enumerate(payloads.items()):
        assert (name, by_offset[offset].status in allowed) == (name, True), by_offset[offset]
    assert by_offset[len(payloads)].status == "rejected"
    letters = {letter["offset"]: letter for letter in edition.read("news.dead-letters")}
    assert {offset for offset, outcome in by_offset.items() if outcome.status == "rejected"} == set(letters)
    large = letters[list(payloads).index("50 MB")]
    assert large["size"] == len(HOSTILE["50 MB"][0])
    assert len(json.dumps(large)) < 100_000
    alerted = {alert.seq for alert in account.in_order()}
    assert next(o.seq for o in by_offset.values() if o.headline and "border region" in o.headline) in alerted
    scripts = by_offset[list(payloads).index("HTML with scripts")]
    assert scripts.mentions == ()
