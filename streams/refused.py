"""Why a cluster does not let a client in: asked once, by aiokafka.

kafka-python goes on trying until its time is up, and then says only that it found nobody.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    KafkaConnectionError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.cluster import Cluster

SECONDS = 5.0
"""For one connection with TLS and a login; on loopback they take 20 ms."""
_PORT = "9092"
_PROTOCOL = "NEWSWATCH_KAFKA_SECURITY_PROTOCOL"
_SASL = "NEWSWATCH_KAFKA_SASL_"


class Refusal(NamedTuple):
    """Why a client is not let in."""

    text: str
    """What an operator has to know and to set, in one line."""
    certain: bool
    """Another attempt would end the same; a connection that was closed may be of a broker that starts."""


def refusal(cluster: Cluster) -> Refusal | None:
    """Why a broker does not let this client in; None if it does, or if none answers.

    Connects to one broker after the other until one answers, from a thread: the caller may have a loop.
    """
    found: list[Refusal | None] = []
    asking = threading.Thread(target=lambda: found.append(asyncio.run(_ask(cluster))), daemon=True)
    asking.start()
    asking.join()
    return found[0] if found else None


async def _ask(cluster: Cluster) -> Refusal | None:
    options: dict[str, Any] = cluster.options
    servers = options.pop("bootstrap_servers")
    for server in servers:
        host, _, port = server.rpartition(":") if ":" in server.rpartition("]")[2] else (server, "", _PORT)
        try:
            with _quiet():
                async with asyncio.timeout(SECONDS):
                    connection = await create_conn(host.strip("[]"), int(port), **options)
                    # One that waits for a login closes only now.
                    await connection.send(MetadataRequest([]))
                    # TLS says goodbye before its socket is closed, which the loop has to live to see.
                    await connection.close()
        except (AuthenticationFailedError, SaslAuthenticationFailed, UnsupportedSaslMechanismError) as error:
            return _not_let_in(cluster, server, error)
        except ssl.SSLCertVerificationError as error:
            return _not_trusted(server, error)
        except (ssl.SSLError, ConnectionResetError, ConnectionAbortedError, KafkaConnectionError) as error:
            return _closed(cluster, server, error)
        except (OSError, TimeoutError):
            continue
        return None
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a failure out of the log, which is told in one place, and the warning of a password in clear."""
    logger = logging.getLogger("aiokafka")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _not_let_in(cluster: Cluster, server: str, error: Exception) -> Refusal:
    said = str(error).partition(": ")[2] or type(error).__name__
    return Refusal(
        f"the broker at {server} does not let {cluster.username!r} in ({said}): look at {_SASL}USERNAME, "
        f"{_SASL}PASSWORD or {_SASL}PASSWORD_FILE, and {_SASL}MECHANISM, which is {cluster.mechanism}",
        certain=True,
    )


def _not_trusted(server: str, error: ssl.SSLCertVerificationError) -> Refusal:
    said = error.verify_message
    if "mismatch" in said:
        return Refusal(
            f"the certificate of the broker at {server} is for another name ({said}): take one that is in "
            "it, for NEWSWATCH_KAFKA_BOOTSTRAP and for the brokers' advertised.listeners",
            certain=True,
        )
    return Refusal(
        f"the certificate of the broker at {server} is not trusted ({said}): NEWSWATCH_KAFKA_SSL_CA has to "
        "name the file of who signed it",
        certain=True,
    )


def _closed(cluster: Cluster, server: str, error: Exception) -> Refusal:
    if isinstance(error, ssl.SSLError) and "CERTIFICATE" in (error.reason or ""):
        return Refusal(
            f"the broker at {server} does not take the client's certificate ({error.reason}): look at "
            "NEWSWATCH_KAFKA_SSL_CERTIFICATE and NEWSWATCH_KAFKA_SSL_KEY",
            certain=True,
        )
    hint = (
        ", or a client's certificate (NEWSWATCH_KAFKA_SSL_CERTIFICATE)" if cluster.protocol == "SSL" else ""
    )
    return Refusal(
        f"the broker at {server} closes the connection: the port may want another {_PROTOCOL} than "
        f"{cluster.protocol}{hint}",
        certain=False,
    )
