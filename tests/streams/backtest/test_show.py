"""A backtest for people and for programs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import msgspec
from msgspec.structs import replace

from streams.backtest.compare import Difference, Range, Tally
from streams.backtest.run import Named, Result
from streams.backtest.show import closing, document, entry
from streams.records import Alert, Mention

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALERT = Alert(
    alert_id="i",
    watch="truce",
    severity="warning",
    article_id="a",
    story_id="s",
    headline="A truce\x1b[31m in Kyiv",
    source="post.example",
    event_time=NOW,
    arrived=NOW,
    detected_at=NOW,
    mentions=(
        Mention(watch="truce", text="truce", field="body_text", start=2, end=7, sentence="A truce held."),
    ),
    origin="replay",
    seq=1,
)
SHADOW = replace(ALERT, stage="shadow", severity="info", mentions=())
RESULT = Result(
    tally=Tally(
        articles=1200,
        days={date(2026, 3, 2), date(2026, 3, 3)},
        before=Counter({("truce", "alerts"): 3, ("truce", "revisions"): 2}),
        after=Counter({("truce", "alerts"): 3, ("war", "shadow"): 4}),
        gained=Counter({"shadow": 4}),
        lost=Counter({"revisions": 2}),
        changed=1,
    ),
    watchlist=Named("v2", "new.yaml"),
    against=Named(None, "the alerts that were sent"),
    watches=["truce", "war"],
    unmatched=0,
)


def test_an_alert_is_shown_with_its_sentence_and_whether_it_is_gained_or_lost() -> None:
    """Nothing in it reaches the terminal as a command."""
    told = "2026-03-02 12:00:00Z  WARNING  truce  A truce in Kyiv  [post.example]\n    A **truce** held."
    assert entry(Difference(before=None, after=ALERT), colours=False).plain == f"+ {told}"
    assert entry(Difference(before=ALERT, after=None), colours=False).plain == f"- {told}"


def test_a_changed_one_says_from_what_to_what() -> None:
    """The values of what is short, of the mentions those that only one side has, of the rest the name."""
    found = Difference(before=ALERT, after=SHADOW, fields=("stage", "severity", "mentions", "suppressed"))
    lines = entry(found, colours=False).plain.splitlines()
    assert lines[0].startswith("~ (shadow) 2026-03-02 12:00:00Z  INFO  truce")
    assert lines[1].split("; ") == [
        "    changed: stage live → shadow",
        "severity warning → info",
        "mentions less 'truce' (affirmed)",
        "suppressed",
    ]


def test_a_mention_that_is_meant_otherwise_is_told_on_both_sides() -> None:
    """As when a watch gets a clock."""
    (mention,) = ALERT.mentions
    after = replace(ALERT, mentions=(replace(mention, due="2026-03-09"),))
    lines = entry(Difference(before=ALERT, after=after, fields=("mentions",)), colours=False).plain
    assert lines.endswith("mentions less 'truce' (affirmed) plus 'truce' (affirmed, due 2026-03-09)")


def test_the_end_has_the_load_of_each_watch_and_the_sums() -> None:
    """Columns of numbers; what is in shadow rings nobody and stands apart."""
    assert closing(RESULT) == [
        "sent per day  before                after",
        "truce            2.5                  1.5",
        "war              0.0  0.0 (2.0 in shadow)",
        "1,200 articles, days with news: 2",
        "before: 3 alerts, 2 revisions by the alerts that were sent",
        "after: 3 alerts, 4 in shadow by new.yaml, version v2",
        "gained: 4 in shadow; lost: 2 revisions; changed: 1",
    ]


def test_the_document_has_it_all_for_programs() -> None:
    """Alerts as they are on the topic."""
    found = [
        Difference(before=None, after=SHADOW),
        Difference(before=ALERT, after=None),
        Difference(before=ALERT, after=SHADOW, fields=("stage",)),
    ]
    made = msgspec.json.decode(msgspec.json.encode(document(RESULT, found, Range(NOW))))
    assert [made[name] for name in ("articles", "days", "from", "to")] == [
        1200,
        2,
        "2026-03-02T12:00:00Z",
        None,
    ]
    assert made["load"] == {
        "truce": {"before": 2.5, "after": 1.5, "shadow": {"before": 0.0, "after": 0.0}},
        "war": {"before": 0.0, "after": 0.0, "shadow": {"before": 0.0, "after": 2.0}},
    }
    assert made["totals"] == {
        "before": {"alerts": 3, "revisions": 2, "shadow": 0},
        "after": {"alerts": 3, "revisions": 0, "shadow": 4},
        "gained": {"alerts": 0, "revisions": 0, "shadow": 4},
        "lost": {"alerts": 0, "revisions": 2, "shadow": 0},
        "changed": 1,
    }
    assert [msgspec.convert(made[name], list[Alert]) for name in ("gained", "lost")] == [[SHADOW], [ALERT]]
    assert [change["fields"] for change in made["changed"]] == [["stage"]]
    assert made["watchlist"] == {"version": "v2", "place": "new.yaml"}
    assert made["against"] == {"version": None, "place": "the alerts that were sent"}
