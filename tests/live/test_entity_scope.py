"""A watch that asks for an entity, on a real broker with the real pipeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from streams.cli import app
from streams.topology import ALERTS, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Edition

pytestmark = pytest.mark.live

WATCHES = """\
watches:
  - name: ceasefire
    terms: [ceasefire, truce]
    scope: {languages: [en], entities: ["person:Rubio"]}
"""
NAMING = (
    "Secretary of State Marco Rubio told reporters in Geneva on Monday that a truce in the border "
    "province would hold through the winter. The talks went on for nine hours, and both delegations "
    "left without a word to the press. Officials said that the exchange of prisoners would begin at "
    "noon on Thursday near the old bridge."
)
NOT_NAMING = (
    "Two rival militias in the northern hills agreed on a ceasefire after the elders of seven villages "
    "had met for a week. Market traders reopened their stalls on Sunday, and the first lorries with "
    "flour arrived. The road to the coast is still closed, since nobody knows where all of the mines "
    "were laid last spring."
)


def rows() -> list[dict[str, str]]:
    """A story that names him, one that does not, a copy of each; the copy of the second names him late."""
    texts = (NAMING, NOT_NAMING, NAMING.replace("nine", "long"), f"{NOT_NAMING} Marco Rubio was informed.")
    return [
        {
            "uri": f"https://outlet{number}.example/{number}",
            "headline": f"Report {number}",
            "text": text,
            "language": "en",
            "published": f"2026-03-02T12:0{number}:00Z",
        }
        for number, text in enumerate(texts)
    ]


def test_copies_go_with_the_story_that_names_whom_the_watch_asks_for(
    new_edition: Callable[[], Edition], tmp_path: Path
) -> None:
    """One alert, its copy under it; the other story and its copy out of scope; `why` says whom it lacks."""
    watches, news = tmp_path / "watches.yaml", tmp_path / "news.jsonl"
    watches.write_text(WATCHES)
    news.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    edition = new_edition()
    with edition.workers(1, NEWSWATCH_WATCHLIST=str(watches), NEWSWATCH_SPACY_MODEL="newswatch-default"):
        edition.replay(news)
        account = edition.settled(len(rows()))
    statuses = [account.outcomes[seq].status for seq in sorted(account.outcomes)]
    assert statuses == ["new", "new", "near_duplicate", "near_duplicate"]
    assert [(alert["seq"], alert["revision"]) for alert in edition.read(ALERTS)] == [(0, 0)]
    assert [(entry["seq"], entry["reason"], entry["asked"]) for entry in edition.read(SUPPRESSED)] == [
        (1, "out_of_scope", ["person:Rubio"]),
        (2, "duplicate", []),
        (3, "out_of_scope", ["person:Rubio"]),
    ]
    asked = ["--watchlist", str(watches), "--bootstrap", edition.settings.kafka_bootstrap]
    for number, who in ((1, "it"), (3, "its story")):
        told = CliRunner().invoke(
            app,
            ["why", f"https://outlet{number}.example/{number}", *asked],
            env={"NEWSWATCH_TOPIC_PREFIX": edition.settings.topic_prefix},
        )
        first, *_ = told.stdout.splitlines()
        assert first == f"no alert for ceasefire: out of scope: {who} names none of person:Rubio"
