"""How fast the replayer is: real-sized articles onto a real broker, each acknowledged."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from streams.replay.run import run

ARTICLES = 20_000
ARTICLE_BYTES = 3_000
"""The seed articles have 3.0 to 6.1 KB."""


def measure(bootstrap: str, articles: int = ARTICLES) -> dict[str, Any]:
    """Articles and bytes a second, from the first send to the last acknowledgement."""
    topic = f"bench{uuid.uuid4().hex[:8]}.news.raw"
    with closing(KafkaAdminClient(bootstrap_servers=bootstrap)) as admin:
        admin.create_topics([NewTopic(topic, 1, 1)])
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "articles.jsonl"
                path.write_text("\n".join(_rows(articles)))
                report = run([str(path)], bootstrap=bootstrap, topic=topic, quiet=True)
        finally:
            admin.delete_topics([topic])
    return {
        "articles": report.acknowledged,
        "seconds": round(report.seconds, 3),
        "articles_per_second": round(report.acknowledged / report.seconds),
        "megabytes_per_second": round(report.acknowledged * ARTICLE_BYTES / report.seconds / 1e6, 1),
    }


def _rows(count: int) -> list[str]:
    """Rows of words, the same each time."""
    chance = random.Random(7)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10))) for _ in range(5_000)
    ]
    rows = []
    for number in range(count):
        text = " ".join(chance.choices(words, k=ARTICLE_BYTES // 5))[:ARTICLE_BYTES]
        rows.append(json.dumps({"id": str(number), "text": text}))
    return rows


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
