"""What the user's five articles must give, by the very command that people type."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from seeds import ARTICLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition

pytestmark = pytest.mark.live

MENTIONS = {
    ("001_440f3e811b64d454.txt", "deadline"): ["deadline"],
    ("002_fc552656b0a43682.txt", "ceasefire"): ["cessation of hostilities"],
    ("003_5a536af76d6a1074.txt", "ceasefire"): ["ceasefire", "ceasefire", "ceasefires"],
    ("003_5a536af76d6a1074.txt", "deadline"): ["deadline", "ultimatum"],
    ("003_5a536af76d6a1074.txt", "sanctions"): ["sanctions", "sanctions"],
    ("004_2a5c6933c16f0aef.txt", "ceasefire"): ["ceasefire"],
    ("004_2a5c6933c16f0aef.txt", "sanctions"): ["sanctions", "sanctions"],
}
HEADLINES = {
    "002_fc552656b0a43682.txt": "US-Russia Talks: Ukraine Left in the Dark on Secret Plan",
    "003_5a536af76d6a1074.txt": "A Diplomatic Standoff with Global Stakes",
    "004_2a5c6933c16f0aef.txt": (
        "Rubio makes progress with Russia after Trump promised to bring end to war in Ukraine"
    ),
}
FURNITURE = (
    "Also Read",
    "Leave a Reply",
    "Connect with us",
    "Advertisement",
    "Trending",
    "Exit mobile version",
    "Home / News",
    "runio",
    "#PoliticsNews",
    "Hollywood Gifts",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """One run of the command, its line of JSON and its folder."""
    out = tmp_path_factory.mktemp("seeds")
    done = subprocess.run(
        [sys.executable, "-m", "streams", "run", str(ARTICLES), "--out", str(out), "--json", "--quiet"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1
    return json.loads(lines[0]), out


def records(run: tuple[dict[str, Any], Path], topic: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run[1] / f"{topic}.jsonl").read_text("utf-8").splitlines()]


def test_five_new_articles_and_seven_alerts(run: tuple[dict[str, Any], Path]) -> None:
    """The line that programs read: counts, alerts, nothing dead."""
    line = run[0]
    assert (line["articles"], len(line["alerts"]), line["dead_letters"]) == (5, 7, 0)
    assert line["statuses"] == {
        "rejected": 0,
        "new": 5,
        "exact_duplicate": 0,
        "near_duplicate": 0,
        "update": 0,
    }


def test_each_alert_has_the_mentions_of_the_table(run: tuple[dict[str, Any], Path]) -> None:
    """Exactly these, each at its place in the text, in a sentence that holds it."""
    found = {
        (alert["name"], alert["watch"]): [mention["text"] for mention in alert["mentions"]]
        for alert in run[0]["alerts"]
    }
    assert found == MENTIONS
    bodies = {article["article_id"]: article["body_text"] for article in records(run, "news.articles")}
    for alert in run[0]["alerts"]:
        for mention in alert["mentions"]:
            body = bodies[alert["article_id"]]
            assert body[mention["start"] : mention["end"]] == mention["text"]
            assert mention["text"] in mention["sentence"]
            assert mention["sentence"] in body


def test_claims_and_the_deadline_are_told(run: tuple[dict[str, Any], Path]) -> None:
    """November 27 of the year in which the article arrives; a truce that Kyiv won't accept is negated."""
    mentions = {(alert["name"][:3], alert["watch"]): alert["mentions"] for alert in run[0]["alerts"]}
    (deadline,) = mentions["001", "deadline"]
    assert (deadline["claim"], deadline["due"][4:]) == ("affirmed", "-11-27")
    assert [mention["claim"] for mention in mentions["004", "ceasefire"]] == ["negated"]
    assert [mention["claim"] for mention in mentions["004", "sanctions"]] == ["hypothetical", "attributed"]


def test_the_watch_topics_together_are_the_alert_topic(run: tuple[dict[str, Any], Path]) -> None:
    """A subscriber to one watch misses nothing of it."""
    parts = [records(run, f"alerts.{watch}") for watch in ("ceasefire", "deadline", "sanctions")]
    assert [len(part) for part in parts] == [3, 2, 2]
    by_id = sorted((alert for part in parts for alert in part), key=lambda alert: alert["alert_id"])
    assert by_id == sorted(records(run, "alerts"), key=lambda alert: alert["alert_id"])


def test_headlines_are_found_and_not_left_in_the_text(run: tuple[dict[str, Any], Path]) -> None:
    """Once, as the headline."""
    articles = {article["name"]: article for article in records(run, "news.articles")}
    for name, headline in HEADLINES.items():
        assert articles[name]["headline"] == headline
        assert headline not in articles[name]["body_text"]
    assert articles["000_30925bbf2fb34ef9.txt"]["byline"].startswith("Ahmed Kamel")


def test_no_furniture_is_left(run: tuple[dict[str, Any], Path]) -> None:
    """And no line of the text is one of the page's labels."""
    for article in records(run, "news.articles"):
        body = article["body_text"]
        assert [piece for piece in FURNITURE if piece in body] == []
        assert {"World", "Published", "on"}.isdisjoint(body.splitlines())


def test_names_mean_whom_they_mean(run: tuple[dict[str, Any], Path]) -> None:
    """Spellings of one name are one entity, across all five articles."""
    meant: dict[str, set[tuple[str, str]]] = {}
    by_article: dict[str, dict[str, str]] = {}
    for article in records(run, "news.enriched"):
        for entity in article["entities"]:
            assert article["body_text"][entity["start"] : entity["end"]] == entity["text"]
            meant.setdefault(entity["text"], set()).add((entity["canonical_id"], entity["label"]))
            by_article.setdefault(article["name"], {})[entity["text"]] = entity["label"]
    one = [
        (("US", "U.S.", "United States"), "GPE"),
        (("Zelensky", "Zelenskyy", "Volodymyr Zelenskyy", "Volodymyr Zelensky"), "PERSON"),
        (("Rubio", "Marco Rubio"), "PERSON"),
        (("EU", "European Union"), "ORG"),
    ]
    for texts, label in one:
        identities = set().union(*(meant[text] for text in texts))
        assert len(identities) == 1
        assert {label} == {kind for _, kind in identities}
    seed = by_article["003_5a536af76d6a1074.txt"]
    assert [seed[text] for text in ("Kremlin", "NATO", "Reuters", "Dmitry Peskov")] == [
        "ORG",
        "ORG",
        "ORG",
        "PERSON",
    ]
    assert meant["Tom Witkoff"].isdisjoint(meant["Steven Witkoff"])


def test_every_record_says_which_pipeline_found_its_entities(run: tuple[dict[str, Any], Path]) -> None:
    """An alert without entities must be told from one whose pipeline was a lesser one."""
    models = {
        (record["model"]["name"], bool(record["model"]["version"])) for record in records(run, "alerts")
    }
    assert len(models) == 1
    assert all(version for _, version in models)


def test_replayed_twice_they_are_exact_duplicates_and_raise_nothing(edition: Edition) -> None:
    """Five more of them, and not one alert more; each mention says under which alert it fell."""
    with edition.workers():
        edition.replay(ARTICLES)
        first = edition.settled(5)
        edition.replay(ARTICLES)
        second = edition.settled(10)
    assert (second.statuses["new"], second.statuses["exact_duplicate"]) == (5, 5)
    assert first.alerts.keys() == second.alerts.keys()
    assert {alert.alert_id for alert in first.in_order()} == {
        record.alert_id for record in second.suppressed.values()
    }
    assert len(second.suppressed) == 7
