"""A registry as text, in the format that a client takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import exposition as plain_text
from prometheus_client.openmetrics import exposition as openmetrics

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


def exposition(registry: CollectorRegistry, accept: str) -> tuple[str, bytes]:
    """Content type and body: OpenMetrics, which alone carries exemplars, unless only plain text is taken.

    Args:
        registry: of the process.
        accept: the request's header, empty where it has none.
    """
    plain = "text/plain" in accept and "openmetrics" not in accept and "*/*" not in accept
    module = plain_text if plain else openmetrics
    return module.CONTENT_TYPE_LATEST, module.generate_latest(registry)
