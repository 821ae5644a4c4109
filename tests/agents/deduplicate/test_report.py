"""What operators see of the memory: how large, how old, what has left it, and stories that are linked."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from agents.deduplicate.report import Reporter
from agents.deduplicate.settings import DedupSettings
from streams.metrics import Metrics

if TYPE_CHECKING:
    from conftest import MakeArticle, Step


def _text(seed: int, words: int = 120) -> str:
    return " ".join(f"w{word}" for word in random.Random(seed).choices(range(500), k=words))


def test_the_memory_in_numbers(make_step: type[Step], article: MakeArticle) -> None:
    """What left for its age and what was one too many are told apart; each is counted once."""
    step, metrics = make_step(DedupSettings(max_articles=30, redeliveries=9)), Metrics()
    reporter = Reporter(metrics)

    def number(name: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(f"newswatch_{name}", labels)

    for inputs in (
        [article(n, _text(n), hours=n) for n in range(20)],
        [article(20 + n, _text(20 + n), hours=20 + n / 60) for n in range(20)],
        [article(40 + n, _text(40 + n), hours=100 + n) for n in range(20)],
    ):
        reporter.report(step.memory, step.all(inputs))
    limit, window = (number("evicted_total", reason=reason) for reason in ("limit", "window"))
    # Ten of the second batch; and the clock, a median, follows the jump after five articles of the third.
    assert (limit, window) == (10 + 5, 60 - 15 - len(step.memory))
    assert number("remembered_articles") == len(step.memory)
    assert number("table_entries", table="remembered") == len(step.table) == step.memory.kept
    assert number("remembered_bytes") == step.memory.nbytes
    assert number("remembered_article_bytes") == step.memory.nbytes / len(step.memory)
    age = step.memory.oldest_age
    assert age is not None
    assert number("remembered_oldest_age_seconds") == age.total_seconds()
    assert timedelta(0) < age < timedelta(hours=72)
    reporter.lost()
    assert number("remembered_articles") == number("table_entries", table="remembered") == 0
    assert number("evicted_total", reason="window") == window


def test_a_memory_made_again_counts_from_nought(make_step: type[Step], article: MakeArticle) -> None:
    """What had left before the restart is not counted twice."""
    step, metrics = make_step(DedupSettings(max_articles=10, redeliveries=9)), Metrics()
    reporter = Reporter(metrics)
    reporter.report(step.memory, step.all([article(n, _text(n)) for n in range(15)]))
    step.restart()
    reporter.restored()
    reporter.report(step.memory, step.all([article(15, _text(15))]))
    assert metrics.registry.get_sample_value("newswatch_evicted_total", {"reason": "limit"}) == 6


def test_a_link_between_stories_is_logged_and_counted(step: Step, article: MakeArticle) -> None:
    """With both stories and the article that is in both."""
    inputs = [article(0, _text(0)), article(1, _text(1)), article(2, f"{_text(0)} {_text(1)}")]
    metrics = Metrics()
    with capture_logs() as logs:
        Reporter(metrics).report(step.memory, step.all(inputs))
    (line,) = logs
    assert line["event"] == "stories share an article"
    assert {line["story_id"], line["other_story_id"]} == {one.article_id for one in inputs[:2]}
    assert (line["article_id"], line["seq"]) == (inputs[2].article_id, 2)
    assert metrics.registry.get_sample_value("newswatch_story_links_total") == 1
