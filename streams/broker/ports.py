"""Loopback ports: is one free, is the one asked for usable, find free ones."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from streams.broker.errors import BrokerError

HOST = "127.0.0.1"
_LARGEST_PORT = 65535


def is_free(port: int) -> bool:
    """Whether a loopback port can be listened on, as Java would: one that has just been closed can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return False
    return True


def check_port(port: int) -> None:
    """Do nothing when a port can be used.

    Raises:
        BrokerError: It can't; the message says why and what to do.
    """
    if not 1 <= port <= _LARGEST_PORT:
        raise BrokerError(f"port {port} is not between 1 and {_LARGEST_PORT}: choose another with --port")
    if not is_free(port):
        raise BrokerError(
            f"port {port} of {HOST} is taken or not allowed: stop what listens there, choose another with "
            "--port, or leave --port out for a free one"
        )


def free_ports(count: int = 2) -> list[int]:
    """Return so many different ports that are free now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]
