from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts import deadlines
from agents.alerts.deadlines import DAY_MS, HOUR_MS, Deadlines, Strike, moments
from streams.records import Alert, Mention

WINDOW = timedelta(hours=72)
MONDAY = datetime(2025, 11, 24, 12, tzinfo=UTC)


def ms(time: datetime) -> int:
    return int(time.timestamp() * 1000)


def article(*dues: str | None, alert_id: str = "a", sentence: str = "By Friday.", **fields: Any) -> Alert:
    mentions = tuple(
        Mention(
            watch="deadline", text="x", field="body_text", start=at, end=at + 1, sentence=sentence, due=due
        )
        for at, due in enumerate(dues)
    )
    return Alert(
        **{
            "alert_id": alert_id,
            "watch": "deadline",
            "severity": "warning",
            "article_id": alert_id,
            "story_id": alert_id,
            "headline": "",
            "event_time": MONDAY,
            "arrived": MONDAY,
            "detected_at": MONDAY,
            "mentions": mentions,
            "origin": "live",
            "seq": 0,
            **fields,
        }
    )


class Heard(Deadlines):
    """Keeps what strikes; all of it is sent unless `sends` is False."""

    def __init__(self, *, sends: bool = True) -> None:
        super().__init__(window=WINDOW)
        self.sends = sends
        self.struck: list[Strike] = []

    def take(self, *dues: str | None, now: datetime = MONDAY, **fields: Any) -> list[str]:
        """Hear of dates."""
        return self.hear(article(*dues, **fields), "new", time=ms(now), now=ms(now))

    def until(self, now: datetime) -> list[tuple[str, str]]:
        """What strikes until then."""
        found: list[tuple[str, str]] = []

        def tell(strike: Strike) -> bool:
            self.struck.append(strike)
            found.append((strike.due, strike.left))
            return self.sends

        self.strike(ms(now), tell)
        return found


def test_of_a_day_warnings_count_from_its_beginning_and_the_end_from_its_end() -> None:
    """Nobody knows which hour is meant: not too late is told that it comes, not too early that it was."""
    day = ms(datetime(2025, 11, 27, tzinfo=UTC))
    assert moments("2025-11-27") == ((day - DAY_MS, "24h"), (day - HOUR_MS, "1h"), (day + DAY_MS, "passed"))


def test_of_a_time_of_day_all_count_from_it() -> None:
    """As it says."""
    noon = ms(datetime(2025, 11, 27, 12, tzinfo=UTC))
    assert moments("2025-11-27T12:00:00Z") == (
        (noon - DAY_MS, "24h"),
        (noon - HOUR_MS, "1h"),
        (noon, "passed"),
    )


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "1969-12-31T00:00:00Z"])
def test_any_date_that_a_mention_may_have_is_reckoned_with(due: str) -> None:
    """And does not strike where it lies out of what a clock can say."""
    at = Heard()
    at.take(due)
    assert at.until(MONDAY) == []


def test_each_moment_strikes_once_in_order() -> None:
    """However often the clock is looked at."""
    at = Heard()
    at.take("2025-11-27")
    assert at.until(datetime(2025, 11, 25, 23, 59, tzinfo=UTC)) == []
    assert at.until(datetime(2025, 11, 26, tzinfo=UTC)) == [("2025-11-27", "24h")]
    assert at.until(datetime(2025, 11, 26, 22, tzinfo=UTC)) == []
    assert at.until(datetime(2025, 11, 28, tzinfo=UTC)) == [("2025-11-27", "1h"), ("2025-11-27", "passed")]
    assert at.until(datetime(2026, 1, 1, tzinfo=UTC)) == []
    assert [strike.at.isoformat() for strike in at.struck] == [
        "2025-11-26T00:00:00+00:00",
        "2025-11-26T23:00:00+00:00",
        "2025-11-28T00:00:00+00:00",
    ]
    assert [(strike.pending.revision, strike.pending.told) for strike in at.struck] == [
        (-1, None),
        (0, "24h"),
        (1, "1h"),
    ]


def test_what_was_not_sent_counts_no_revision() -> None:
    """A silence leaves no hole in them."""
    at = Heard(sends=False)
    at.take("2025-11-27")
    at.until(datetime(2025, 11, 26, 23, tzinfo=UTC))
    at.sends = True
    at.until(datetime(2025, 11, 28, tzinfo=UTC))
    assert [strike.pending.revision for strike in at.struck] == [-1, -1, -1]


def test_what_is_past_already_does_not_strike() -> None:
    """Neither by the article's date nor by the clock: an article that came late tells of old deadlines."""
    at = Heard()
    at.take("2025-11-25")
    at.hear(article("2025-11-26", alert_id="b"), "new", time=ms(MONDAY - timedelta(days=9)), now=ms(MONDAY))
    at.take("2025-11-24", alert_id="c")
    at.take("2025-11-20", alert_id="d")
    assert len(at) == 3
    assert at.until(datetime(2025, 12, 30, tzinfo=UTC)) == [
        ("2025-11-25", "1h"),
        ("2025-11-24", "passed"),
        ("2025-11-26", "24h"),
        ("2025-11-26", "1h"),
        ("2025-11-25", "passed"),
        ("2025-11-26", "passed"),
    ]


def test_many_stories_of_one_deadline_strike_together() -> None:
    """Forty of them would otherwise ring at once, three times."""
    at = Heard()
    for number in range(60):
        at.take("2025-11-27", alert_id=f"a{number}", source=f"s{number % 40}.org")
    at.until(datetime(2025, 11, 26, tzinfo=UTC))
    [strike] = at.struck
    assert strike.pending.alerts == tuple(f"a{number}" for number in range(50))
    assert strike.pending.first.alert_id == "a0"
    coverage = strike.pending.spread.coverage()
    assert (coverage.articles, coverage.outlets) == (60, 40)


def test_several_dates_of_an_article_have_a_clock_each() -> None:
    """And each shows the mentions that name it; one without a date shows nowhere."""
    at = Heard()
    at.hear(
        msgspec.structs.replace(
            article(),
            mentions=(
                *article("2025-11-27", sentence="One.").mentions,
                *article("2025-11-29", sentence="Two.").mentions,
                *article(None, sentence="Three.").mentions,
            ),
        ),
        "new",
        time=ms(MONDAY),
        now=ms(MONDAY),
    )
    at.until(datetime(2025, 11, 28, tzinfo=UTC))
    assert {
        strike.due: [mention.sentence for mention in strike.pending.first.mentions] for strike in at.struck
    } == {
        "2025-11-27": ["One."],
        "2025-11-29": ["Two."],
    }


def test_the_same_sentence_of_a_story_names_the_same_date_again() -> None:
    """'By Friday' in a copy of Saturday means yesterday; another story's Friday is its own."""
    at = Heard()
    at.take("2025-11-28")
    at.take("2025-12-05", now=datetime(2025, 11, 29, 8, tzinfo=UTC))
    assert len(at) == 1
    at.take("2025-12-05", now=datetime(2025, 11, 29, 8, tzinfo=UTC), alert_id="b")
    assert len(at) == 2


def test_a_late_copy_does_not_ring_again_and_after_the_window_all_is_forgotten() -> None:
    """State stays bounded."""
    at = Heard()
    at.take("2025-11-27")
    passed = datetime(2025, 11, 28, tzinfo=UTC)
    at.until(passed)
    at.hear(article("2025-11-27"), "near_duplicate", time=ms(MONDAY), now=ms(MONDAY))
    assert at.until(passed + WINDOW - timedelta(seconds=1)) == []
    assert len(at) == 1
    assert at.until(passed + WINDOW) == []
    assert len(at) == 0
    assert at.next is None


def test_beyond_the_most_the_one_named_longest_ago_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """And said: a bound must not be a silence that nobody can explain."""
    monkeypatch.setattr(deadlines, "MOST", 2)
    at = Heard()
    assert at.take("2025-12-01") == []
    assert at.take("2025-12-02", alert_id="b") == []
    assert at.take("2025-12-01", alert_id="c") == []
    assert at.take("2025-12-03", alert_id="d") == ["deadline/2025-12-02"]
    assert [due for due, left in at.until(datetime(2025, 12, 9, tzinfo=UTC)) if left == "passed"] == [
        "2025-12-01",
        "2025-12-03",
    ]


@given(
    days=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20)), max_size=12),
    looks=st.lists(st.integers(0, 40 * 24), max_size=8),
    breaks=st.sets(st.integers(0, 20)),
)
def test_a_restart_changes_nothing(days: list[tuple[int, int]], looks: list[int], breaks: set[int]) -> None:
    """Whatever is heard, whenever the clock is looked at, wherever the worker is killed."""
    plain, broken = Heard(), Heard()
    table: dict[str, bytes] = {}
    events = sorted([(24 * day, due) for day, due in days] + [(hour, -1) for hour in looks])
    for number, (hour, due) in enumerate(events):
        if number in breaks:
            struck = broken.struck
            broken = Heard()
            broken.struck = struck
            assert broken.memory.restore(table.items(), number) == {}
            broken.restored()
        now = MONDAY + timedelta(hours=hour)
        for at in (plain, broken):
            if due >= 0:
                day = (MONDAY + timedelta(days=due)).date().isoformat()
                at.take(day, now=now, alert_id=f"a{due % 3}", sentence=f"{due % 5}.")
            at.until(now)
        sets, gone = broken.memory.flush(number)
        table |= {key: value for key, value in sets.items() if value is not None}
        for key in gone:
            table.pop(key, None)
    assert plain.struck == broken.struck
    assert len(plain) == len(broken) == len(table)
