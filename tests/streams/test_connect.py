"""Connections: what a person reads when there is none."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


@pytest.mark.parametrize(
    "bootstrap", ["", "host:port", "http://a:1", "a b:1", "a:1,", "[::1:9092", "a:123456"]
)
def test_what_is_no_address_is_said_at_once(bootstrap: str) -> None:
    """Without ten seconds of trying; the message shows what was given."""
    from streams.connect import KafkaUnusable, consumer  # noqa: PLC0415  warns on import

    with pytest.raises(KafkaUnusable, match="is not host:port") as caught, consumer(bootstrap):
        pass
    assert repr(bootstrap) in str(caught.value)


def test_a_broker_that_is_not_there_is_named_with_the_way_out() -> None:
    """The address and what to do. In a process of its own: kafka-python leaves sockets open at this."""
    program = """
from streams import connect
connect.PATIENCE_MS = 200
try:
    with connect.admin("127.0.0.1:1"):
        pass
except connect.KafkaUnusable as error:
    print(error)
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("no Kafka broker answers at 127.0.0.1:1 (tried for ")
    assert "NEWSWATCH_KAFKA_BOOTSTRAP" in found.stdout


@pytest.mark.parametrize("address", ["localhost", "a.example:9092", "10.0.0.1:1", "[::1]:9092"])
def test_addresses_as_people_write_them(address: str) -> None:
    """Names, IPv4, bracketed IPv6, with a port or without."""
    from streams.connect import ADDRESS  # noqa: PLC0415  warns on import

    assert ADDRESS.fullmatch(address)
