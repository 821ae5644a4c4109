"""Aliases learnt on a real broker with the real pipeline: evidence, a bare alias, a kill, two speeds."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from streams.cli import app
from streams.topology import ALERTS, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Edition

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

WATCHES = """\
watches:
  - name: ceasefire
    terms: [inspectors]
    scope: {entities: ["org:International Seabed Authority"]}
"""
EXPLAINING = (
    (
        "The International Seabed Authority (ISA) met in Kingston on Monday. Delegates of the ISA spoke of "
        "rules for mining at great depth, and the session lasts until Friday."
    ),
    (
        "Nauru wrote to the International Seabed Authority (ISA) that a company wants to begin next year. "
        "The ISA has two years to answer such a letter under the convention of 1982."
    ),
    (
        "Scientists asked for a pause in deep sea mining. The International Seabed Authority (ISA), founded "
        "in 1994, has issued thirty contracts to explore, and the ISA publishes all of them."
    ),
)
BARE = (
    (
        "Ships with inspectors left the harbour at dawn, and the ISA was told of their course. Four vessels "
        "carry winches and cameras. The voyage takes three weeks if the weather holds."
    ),
    (
        "Ten inspectors will look at the nodules that a robot brought up. The ISA expects their report in "
        "spring, when the committee for finance sits. A museum will show the robot."
    ),
)


def rows(texts: tuple[str, ...], first: int) -> list[dict[str, str]]:
    return [
        {
            "uri": f"https://outlet{number % 2}.example/{number}",
            "headline": f"Report {number}",
            "text": text,
            "language": "en",
            "published": f"2026-03-02T12:{number:02}:00Z",
        }
        for number, text in enumerate(texts, first)
    ]


def write(path: Path, found: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in found))
    return path


def decisions(edition: Edition) -> list[tuple[object, ...]]:
    """What came of each article, by which evidence; what a kill has delivered twice moves `seq`."""
    return sorted(
        (record["uri"], record.get("reason", "alert"), json.dumps(record["learnt"]))
        for topic in (ALERTS, SUPPRESSED)
        for record in edition.read(topic)
    )


def test_an_alias_is_learnt_kept_over_a_kill_and_shown(
    new_edition: Callable[[], Edition], tmp_path: Path
) -> None:
    """Bare letters are nobody's before the evidence, known after it and after SIGKILL; `why` says by whom.

    All of it at once by two workers gives the same.
    """
    watches = tmp_path / "watches.yaml"
    watches.write_text(WATCHES)
    before, evidence, after = rows(BARE[:1], 0), rows(EXPLAINING, 1), rows(BARE[1:], 4)
    paced = new_edition()
    first = paced.another(1, NEWSWATCH_WATCHLIST=str(watches))
    with first.leash:
        paced.replay(write(tmp_path / "first.jsonl", [*before, *evidence]))
        paced.settled(4)
        os.kill(first.leash.pid, signal.SIGKILL)
        first.leash.wait()
    with paced.another(1, NEWSWATCH_WATCHLIST=str(watches)).leash:
        paced.replay(write(tmp_path / "second.jsonl", after))
        paced.settled(5)
    [alert] = paced.read(ALERTS)
    assert alert["uri"] == "https://outlet0.example/4"
    [learnt] = alert["learnt"]  # type: ignore[misc]
    assert (learnt["alias"], learnt["canonical"]) == ("ISA", "International Seabed Authority")
    assert (learnt["stories"], learnt["outlets"]) == (3, 2)
    [held] = paced.read(SUPPRESSED)
    assert (held["uri"], held["reason"], held["learnt"]) == (
        "https://outlet0.example/0",
        "out_of_scope",
        [],
    )

    at_once = new_edition()
    with at_once.workers(2, NEWSWATCH_WATCHLIST=str(watches)):
        at_once.replay(write(tmp_path / "all.jsonl", [*before, *evidence, *after]))
        at_once.settled(5)
    assert decisions(at_once) == decisions(paced)

    told = CliRunner().invoke(
        app,
        [
            *("why", "https://outlet0.example/4", "--watchlist", str(watches)),
            *("--bootstrap", paced.settings.kafka_bootstrap),
        ],
        env={"NEWSWATCH_TOPIC_PREFIX": paced.settings.topic_prefix},
    )
    assert "learnt: 'ISA' is International Seabed Authority, as 3 stories of 2 outlets" in told.stdout
    assert all(item["article_id"] in told.stdout for item in learnt["evidence"])
