"""Ask a broker whether it serves."""

from __future__ import annotations

import socket
from typing import Any

# A broker that has taken a connection answers within milliseconds; a program that is no Kafka never does.
_ANSWER_SECONDS = 5


def answers(bootstrap_servers: str, cluster_id: str) -> bool:
    """Whether a Kafka of this cluster serves here (another program may have taken the port)."""
    host, port = bootstrap_servers.split(":")
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER_SECONDS).close()
    except OSError:
        return False
    from kafka import admin  # noqa: PLC0415 - 0.3 s that pass while Java starts
    from kafka.errors import KafkaError  # noqa: PLC0415

    client_type: Any = admin.KafkaAdminClient
    try:
        client = client_type(
            bootstrap_servers=bootstrap_servers,
            bootstrap_timeout_ms=_ANSWER_SECONDS * 1000,
            request_timeout_ms=_ANSWER_SECONDS * 1000,
        )
    except (KafkaError, OSError):
        return False
    try:
        cluster = client.describe_cluster()
    except (KafkaError, OSError):
        return False
    finally:
        client.close()
    return bool(cluster["cluster_id"] == cluster_id and cluster["brokers"])
