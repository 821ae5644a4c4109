"""How an edition is, and what is said of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from streams.console.in_words import ago, trouble
from streams.console.known import Known
from streams.console.pace import Rate
from streams.console.state import STEPS, State, Unread, state
from streams.topology import OUTCOMES, RAW, UNIQUE, WORKERS
from streams.watches.applied import Applied
from tests.streams.console.conftest import NOON

FLOWING = Rate(1.0, 1.0, 0)
WORKER = Applied(worker="host:9464", version="56c7cf04d299", watches=3, source="file", time=NOON)
NONE_READ = ", and none was read in the last minute."
ARRIVED = {"type": "outcome", "status": "new", "arrived": NOON, "model": {"name": "m", "version": "1"}}


def known(*workers: Applied, articles: int = 1) -> Known:
    """With workers that live, and so many articles just now."""
    made = Known()
    for worker in workers:
        made.take(WORKERS, worker.worker.encode(), msgspec.json.encode(worker))
    for _ in range(articles):
        made.take(OUTCOMES, b"k", msgspec.json.encode(ARRIVED))
    return made


def told(
    found: Known | None,
    rates: dict[str, Rate] | None = None,
    lags: dict[str, Unread] | None = None,
    **changes: Any,
) -> State:
    """The state, where all that is not given goes well."""
    given: dict[str, Any] = {"silent_seconds": 1.0, "now": NOON + timedelta(seconds=20)} | changes
    all_lags = {topic: Unread(0, 0.0) for topics in STEPS.values() for topic in topics} | (lags or {})
    return state(found, NOON, lambda topic: (rates or {}).get(topic, FLOWING), all_lags, **given)


def condition(found: State, step: str) -> str:
    return next(one.condition for one in found.steps if one.step == step)


def test_where_all_is_well_it_is_said() -> None:
    """With when the last article came."""
    found = told(known(WORKER))
    assert found.answers == (
        "Nothing waits: whatever came is worked off.",
        "The last article came 20 s ago.",
        "No alert has been sent that is still on the topic.",
    )
    assert {one.condition for one in found.steps} == {"ok"}
    assert found.model is not None
    assert found.watchlist.version == WORKER.version
    assert found.articles is not None
    assert found.articles.hour == {"new": 1}


def test_without_a_worker_that_comes_first() -> None:
    """It explains the rest."""
    found = told(known(), {RAW: Rate(1.0, None, None)}, {RAW: Unread(12, 90.0)})
    assert found.answers[0].startswith("No worker runs, or it would have been heard of in the last minute")
    assert "ingest has never read news.raw: 12 records wait, the oldest for 1 min 30 s." in found.answers
    assert found.watchlist.agreed is None
    assert found.watchlist.version is None


def test_the_trouble_is_what_is_known_to_be_wrong() -> None:
    """The weightiest; not what could not be seen, nor a silence of the news, nor of the broker."""
    assert trouble(told(known(WORKER))) is None
    assert trouble(told(known(WORKER, articles=0), now=NOON + timedelta(seconds=20))) is None
    stopped = {RAW: Rate(1.0, 0.0, 12)}, {RAW: Unread(12, 90.0)}
    without = trouble(told(known(), *stopped))
    assert without is not None
    assert without.startswith("No worker runs")
    standing = trouble(told(known(WORKER), *stopped))
    assert standing is not None
    assert standing.startswith("ingest stands still: 12 records wait")
    unseen = told(known(WORKER), dict.fromkeys((RAW, UNIQUE), Rate(None, None, None)))
    assert "unknown" in {one.condition for one in unseen.steps}
    assert trouble(unseen) is None
    assert trouble(told(None)) is None
    assert trouble(told(known(), silent_seconds=60.0)) is None


def test_a_step_that_has_nothing_to_read_keeps_up() -> None:
    """Though nobody has acknowledged anything yet."""
    assert condition(told(known(WORKER), {RAW: Rate(0.0, None, None)}), "ingest") == "ok"


@pytest.mark.parametrize(
    ("rate", "unread", "expected", "says"),
    [
        (Rate(1.0, 1.0, 5), Unread(5, 2.0), "ok", None),
        (
            Rate(5.0, 2.0, 900),
            Unread(900, 75.0),
            "behind",
            "entities is behind: 900 records wait, the oldest for 1 min 15 s, and it reads 2.0 a second.",
        ),
        (
            Rate(5.0, 0.0, 1),
            Unread(1, 7200.0),
            "stopped",
            f"entities stands still: 1 record waits, the oldest for 2 h{NONE_READ}",
        ),
        (Rate(None, None, None), Unread(0, 0.0), "unknown", "How far entities is could not be seen."),
    ],
)
def test_a_step_keeps_up_is_behind_or_stands_still(
    rate: Rate, unread: Unread, expected: str, says: str | None
) -> None:
    """By what waits, for how long, and whether any of it is read."""
    found = told(known(WORKER), {UNIQUE: rate}, {UNIQUE: unread})
    assert condition(found, "entities") == expected
    assert (says is None) == (found.answers[0] == "Nothing waits: whatever came is worked off.")
    assert says is None or says in found.answers


def test_two_topics_of_a_step_are_told_together() -> None:
    """Sums, and the older of the two."""
    found = told(known(WORKER), None, {"news.enriched": Unread(3, 2.0), "news.repeats": Unread(4, 9.0)})
    step = next(one for one in found.steps if one.step == "mentions")
    assert (step.lag_records, step.lag_seconds, step.read_per_second) == (7, 9.0, 2.0)


def test_workers_that_differ_are_told() -> None:
    """And one that refuses the watchlist."""
    other = msgspec.structs.replace(
        WORKER, worker="host:9465", version="000000000000", refused="key 'x': bad"
    )
    found = told(known(WORKER, other))
    assert found.answers[0] == (
        "The workers work by different watchlists: host:9464 has 56c7cf04d299; host:9465 has 000000000000."
    )
    assert found.answers[1] == "host:9465 has not taken the watchlist on the topic: key 'x': bad"
    assert found.watchlist.agreed is False


def test_a_broker_that_is_gone_is_all_there_is_to_say() -> None:
    """What was known before is told all the same."""
    found = told(known(WORKER), silent_seconds=75.0)
    [answer] = found.answers
    assert answer.startswith("No broker has answered for 1 min 15 s: nothing comes in")
    assert not found.broker
    assert found.articles is not None


def test_before_the_topics_are_read() -> None:
    """Nothing is made up."""
    found = told(None)
    assert found.answers == ("The topics of the last day are still being read: ask again in a moment.",)
    assert found.articles is found.model is None


def test_silence_of_the_news_is_told_from_silence_of_the_program() -> None:
    """After a quarter of an hour it says where to look."""
    quiet = told(
        known(msgspec.structs.replace(WORKER, time=NOON + timedelta(hours=3))), now=NOON + timedelta(hours=3)
    )
    assert quiet.answers[1].startswith("The last article came 3 h ago: if news should be coming")
    nothing = told(known(WORKER, articles=0))
    assert nothing.answers[1].startswith("No article has come that is still on the topics")


def test_a_webhook_is_a_step_where_it_runs() -> None:
    """Nobody has read its topic where none is set."""
    assert "webhook" in [one.step for one in told(known(WORKER)).steps]
    absent = told(known(WORKER), {"alerts": Rate(1.0, None, None)}, {"alerts": Unread(4, 100.0)})
    assert "webhook" not in [one.step for one in absent.steps]


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (-1, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3_661, "1 h 1 min"),
        (90_000, "1 day 1 h"),
        (172_800, "2 days"),
    ],
)
def test_how_long_in_two_units(seconds: float, says: str) -> None:
    """Rounded down."""
    assert ago(timedelta(seconds=seconds)) == says
