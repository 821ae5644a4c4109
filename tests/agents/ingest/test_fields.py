"""What an input says, under the names the world uses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.ingest.fields import read_fields


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({"body_text": "short", "content": "a longer one"}, "short"),
        ({"summary": "teaser", "content": "the whole text"}, "the whole text"),
        ({"description": "the whole text", "text": "cut"}, "the whole text"),
        ({"Article-Body": "text"}, "text"),
        ({"content": ["one", "two"]}, "one\ntwo"),
        (
            {"content": [{"type": "text", "value": "one"}, {"type": "html", "value": "<p>one</p>"}]},
            "<p>one</p>",
        ),
        ({"body_text": None, "content": {"rendered": "text"}}, "text"),
    ],
)
def test_body(given: dict[str, Any], body: str) -> None:
    """`body_text` wins, else the longest; paragraphs are joined, of versions the longest taken."""
    assert read_fields(json.dumps(given)).body == body


def test_text_that_starts_like_json_is_text() -> None:
    """Only what parses as JSON is JSON, but for a broken object."""
    assert read_fields("[Update] Talks resume").body == "[Update] Talks resume"
    assert read_fields('"No," he said.').body == '"No," he said.'
    assert read_fields("12 dead in flood").body == "12 dead in flood"
