"""Why a client is not let in, as far as TLS alone can tell; logins are in tests/live/test_security.py."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from streams.cluster import Cluster
from streams.refused import refusal
from tests.certificates import Certificates, issued

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYWHERE = "0.0.0.0"  # noqa: S104  for a moment, to be asked under two addresses of loopback


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Of this module."""
    return issued(tmp_path_factory.mktemp("certificates"))


@contextmanager
def door(context: ssl.SSLContext | None) -> Iterator[int]:
    """Something that takes a connection, shakes hands if it speaks TLS, and hangs up; yields its port."""
    with socket.create_server((EVERYWHERE, 0)) as listening:
        listening.settimeout(20)

        def take() -> None:
            try:
                while True:
                    connection, _ = listening.accept()
                    with (
                        connection
                        if context is None
                        else context.wrap_socket(connection, server_side=True) as one
                    ):
                        one.recv(1)
            except OSError:
                return

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        yield listening.getsockname()[1]


def tls(certificates: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.broker)
    return context


def cluster(certificates: Certificates, bootstrap: str) -> Cluster:
    return Cluster(bootstrap, "SSL", ssl.create_default_context(cafile=certificates.authority))


def test_nobody_there_is_no_refusal() -> None:
    """So whoever asks may wait for a broker that is about to start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refusal(Cluster(f"127.0.0.1:{port}, [::1]:{port}")) is None


def test_a_certificate_for_another_name_is_told(certificates: Certificates) -> None:
    """It is for 127.0.0.1; asking again would end the same."""
    with door(tls(certificates)) as port:
        refused = refusal(cluster(certificates, f"127.0.0.2:{port}"))
    assert refused
    assert refused.certain
    assert (
        f"the certificate of the broker at 127.0.0.2:{port} is for another name (IP address" in refused.text
    )


@pytest.mark.parametrize("speaks_tls", [False, True])
def test_a_connection_that_is_closed_may_be_another_protocol(
    certificates: Certificates, speaks_tls: bool
) -> None:
    """Or a broker that stops: it is not certain."""
    with door(tls(certificates) if speaks_tls else None) as port:
        asked = cluster(certificates, f"127.0.0.1:{port}") if speaks_tls else Cluster(f"127.0.0.1:{port}")
        refused = refusal(asked)
    assert refused
    assert not refused.certain
    assert f"another NEWSWATCH_KAFKA_SECURITY_PROTOCOL than {asked.protocol}" in refused.text


def test_the_next_broker_is_asked_where_the_first_is_gone(certificates: Certificates) -> None:
    """The first that answers decides."""
    with door(tls(certificates)) as port:
        refused = refusal(cluster(certificates, f"127.0.0.1:1,127.0.0.2:{port}"))
    assert refused
    assert f"127.0.0.2:{port}" in refused.text
