"""Which loopback ports can be used."""

from __future__ import annotations

import socket

import pytest

from streams.broker import BrokerError
from streams.broker.ports import check_port, free_ports, is_free


def test_free_ports_are_two_and_free() -> None:
    """Two different ports come back, and both can be listened on."""
    first, second = free_ports()
    assert first != second
    assert is_free(first)
    assert is_free(second)


def test_taken_port_is_named() -> None:
    """A port somebody listens on is refused by number, with the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(BrokerError) as caught:
            check_port(port)
    assert (
        f"port {port} of 127.0.0.1 is taken or not allowed: stop what listens there, choose another with "
        "--port, or leave --port out for a free one"
    ) == str(caught.value)
    check_port(port)


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_impossible_port_is_named(port: int) -> None:
    """A number that is no port is refused with the range."""
    with pytest.raises(BrokerError, match=f"^port {port} is not between 1 and 65535"):
        check_port(port)
