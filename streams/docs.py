"""What the documentation takes from the code; `python -m streams.docs` writes it, a test checks it.

A JSON Schema for each record on the wire and for the watchlist goes to `docs/schemas/`, the picture of the
flow into `docs/architecture.md`, the topics as AsyncAPI into `docs/asyncapi.yaml`, the console's API as
OpenAPI into `docs/openapi.yaml`, each metric into `docs/metrics.md`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import yaml

from agents.mentions import watchlist_schema
from agents.mentions.watch import Watch
from streams import asyncapi, records
from streams.console import openapi
from streams.feeds.state import FeedState
from streams.topology import mermaid
from streams.watches.applied import Applied

DOCS = Path(__file__).parent.parent / "docs"
RECORDS = (
    records.Article,
    records.Rejection,
    records.DeadLetter,
    records.Sequenced,
    records.Enriched,
    records.Outcome,
    records.Start,
    records.Tick,
    records.Silence,
    records.Story,
    records.Alert,
    records.Suppressed,
    records.Undelivered,
    Watch,
    Applied,
    FeedState,
)
TABLES = "<!-- From here on written by `make docs` -->"
_PICTURE = re.compile(r"(```mermaid\n).*?(```)", re.DOTALL)


def schemas() -> dict[str, str]:
    """File name to JSON Schema (draft 2020-12) of each record, and of the watchlist."""
    found = {}
    for record in RECORDS:
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(record)}
        found[f"{record.__name__.lower()}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    found["watchlist.json"] = json.dumps(watchlist_schema.schema(), indent=2, ensure_ascii=False) + "\n"
    return found


def architecture() -> str:
    """The architecture page with the picture as the topology has it now."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return _PICTURE.sub(lambda found: found[1] + mermaid() + found[2], page)


def topics() -> str:
    """The AsyncAPI document."""
    document = asyncapi.document({record.__name__: record for record in RECORDS})
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def metrics() -> str:
    """The page of metrics, its tables as the code has them now."""
    from streams.metrics_page import page  # noqa: PLC0415  which loads Faust

    written = (DOCS / "metrics.md").read_text(encoding="utf-8")
    return written.partition(TABLES)[0] + TABLES + "\n\n" + page()


def api() -> str:
    """The OpenAPI document."""
    # By way of JSON: YAML would write what is the same object twice as an anchor and an alias.
    document = json.loads(json.dumps(openapi.document()))
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def write() -> None:
    """Bring `docs/` up to date."""
    (DOCS / "schemas").mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (DOCS / "schemas" / name).write_text(text, encoding="utf-8")
    (DOCS / "architecture.md").write_text(architecture(), encoding="utf-8")
    (DOCS / "asyncapi.yaml").write_text(topics(), encoding="utf-8")
    (DOCS / "metrics.md").write_text(metrics(), encoding="utf-8")
    (DOCS / "openapi.yaml").write_text(api(), encoding="utf-8")


if __name__ == "__main__":
    write()
