"""Loopback ports: is one free, is the one asked for usable, find free ones."""

from __future__ import annotations

import socket

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


def free_ports() -> tuple[int, int]:
    """Return two different ports that are free now."""
    with socket.socket() as first, socket.socket() as second:
        first.bind((HOST, 0))
        second.bind((HOST, 0))
        return first.getsockname()[1], second.getsockname()[1]
