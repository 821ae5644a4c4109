"""The alert step as a clock: deadlines beside mentions, told in event time, once each."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.alerts.strike import alert_id
from agents.alerts.turn import Turn, identity
from streams.records import (
    Alert,
    Change,
    Entry,
    Mention,
    Outcome,
    Position,
    Silence,
    Start,
    Suppressed,
    Tick,
)
from streams.topology import ALERTS, SHADOW, SUPPRESSED

MONDAY = datetime(2025, 11, 24, 12, tzinfo=UTC)
WINDOW = timedelta(hours=72)
DUE = "2025-11-27"
PASSED = datetime(2025, 11, 28, tzinfo=UTC)
POLICIES = {"deadline": Policy(clock=True), "trial": Policy(clock=True, stage="shadow"), "plain": Policy()}


def desk(**changed: Policy) -> Desk:
    return Desk({**POLICIES, **changed}, window=WINDOW, gap_timeout=timedelta(seconds=60))


def outcome(seq: int, *dues: str, watch: str = "deadline", time: datetime = MONDAY, **fields: Any) -> Outcome:
    mentions = tuple(
        Mention(watch=watch, text="x", field="body_text", start=0, end=1, sentence=f"By {due}.", due=due)
        for due in dues
    )
    return Outcome(
        **{
            "seq": seq,
            "status": "new",
            "position": Position(topic="news.raw", partition=0, offset=seq),
            "event_time": time,
            "event_time_source": "own",
            "arrived": time,
            "origin": "replay",
            "article_id": f"a{seq}",
            "story_id": f"a{seq}",
            "headline": f"h{seq}",
            "mentions": mentions,
            **fields,
        }
    )


def work(at: Desk, *entries: Entry) -> Turn:
    return at.work(entries, now=MONDAY)


def struck(turn: Turn, topic: str = ALERTS) -> list[Any]:
    """Records of deadlines that were sent to a topic."""
    return [emit.value for emit in turn.emits if emit.topic == topic and emit.value.deadline]


def told(turn: Turn) -> list[tuple[str, int]]:
    return [(alert.deadline.left, alert.revision) for alert in struck(turn)]


def test_articles_move_the_clock_of_a_replay_and_ticks_do_not() -> None:
    """The wall clock says nothing of an archive."""
    at = desk()
    assert struck(work(at, Start(seq=0), outcome(0, DUE), Tick(time=PASSED))) == []
    assert not at.awaits(PASSED)
    assert told(work(at, *(outcome(seq, time=PASSED) for seq in range(1, 4)))) == [
        ("24h", 0),
        ("1h", 1),
        ("passed", 2),
    ]


def test_one_article_is_enough_to_say_that_a_moment_has_come() -> None:
    """A replay may end with it; the clock of the memory would want several."""
    at = desk()
    work(at, Start(seq=0), *(outcome(seq, DUE) for seq in range(9)))
    turn = work(at, outcome(9, time=datetime(2025, 11, 26, 23, tzinfo=UTC)))
    assert told(turn) == [("24h", 0), ("1h", 1)]
    assert told(work(at, outcome(10, time=PASSED))) == [("passed", 2)]


def test_one_wrong_date_does_not_strike() -> None:
    """As little as it empties the memory."""
    at = desk()
    work(at, Start(seq=0), *(outcome(seq, DUE) for seq in range(5)))
    turn = work(at, outcome(5, time=datetime(2099, 1, 1, tzinfo=UTC)), outcome(6))
    assert struck(turn) == []


def test_ticks_strike_where_news_is_live() -> None:
    """A deadline passes at night as well, when nothing comes; a tick is asked for when there is need."""
    at = desk()
    work(at, Start(seq=0), outcome(0, DUE, origin="live", event_time_source="arrival"))
    assert not at.awaits(datetime(2025, 11, 25, 23, 59, 59, tzinfo=UTC))
    assert at.awaits(datetime(2025, 11, 26, tzinfo=UTC))
    assert told(work(at, Tick(time=datetime(2025, 11, 26, 0, 0, 1, tzinfo=UTC)))) == [("24h", 0)]
    assert not at.awaits(datetime(2025, 11, 26, 22, tzinfo=UTC))
    turn = work(at, Tick(time=PASSED), Tick(time=PASSED + WINDOW))
    assert told(turn) == [("1h", 1), ("passed", 2)]
    assert at.deadlines == 0


def test_it_says_what_when_and_who_spoke_of_it() -> None:
    """An operator needs no other record to understand it; its time is the moment, whenever it is noticed."""
    at = desk(deadline=Policy(clock=True, severity="critical", runbook_url="https://r"))
    first = work(at, Start(seq=0), outcome(0, DUE), outcome(1, DUE, source="b.org"))
    ids = [alert.alert_id for alert in first.decided if isinstance(alert, Alert)]
    turn = work(at, *(outcome(seq, time=PASSED) for seq in range(2, 6)))
    alert, *_, last = struck(turn)
    assert alert.alert_id == last.alert_id == alert_id("deadline", DUE)
    assert alert.deadline.due == DUE
    assert alert.deadline.alerts == tuple(ids)
    assert (alert.headline, alert.severity, alert.runbook_url) == ("h0", "critical", "https://r")
    assert alert.event_time == datetime(2025, 11, 26, tzinfo=UTC)
    assert last.event_time == PASSED
    assert (alert.coverage.articles, alert.coverage.outlets) == (2, 1)
    assert [mention.sentence for mention in alert.mentions] == [f"By {DUE}."]
    assert (alert.change, alert.changes) == (None, ())
    assert (last.change, last.changes) == (
        "deadline",
        (Change(what="deadline", before="1h", after="passed"),),
    )
    assert {emit.topic for emit in turn.emits} == {ALERTS, "alerts.deadline"}
    assert {emit.time for emit in turn.emits if emit.value is last} == {PASSED}


def test_a_clock_is_for_watches_that_have_one_when_it_strikes() -> None:
    """Changing a watch acts at once on what it governs."""
    for after in (
        {"deadline": Policy(clock=False)},
        {},
    ):
        at = desk()
        work(at, Start(seq=0), outcome(0, DUE))
        at.policies = after
        turn = work(at, *(outcome(seq, time=PASSED) for seq in range(1, 4)))
        assert turn.emits == []
    assert struck(work(desk(), Start(seq=0), outcome(0, DUE, watch="plain"), outcome(1, time=PASSED))) == []


def test_a_watch_on_trial_tells_on_the_shadow_topic() -> None:
    """And the ledger knows."""
    at = desk()
    work(at, Start(seq=0), outcome(0, DUE, watch="trial"))
    turn = work(at, *(outcome(seq, time=PASSED) for seq in range(1, 4)))
    assert [alert.deadline.left for alert in struck(turn, SHADOW)] == ["24h", "1h", "passed"]
    assert [entry.reason for entry in struck(turn, SUPPRESSED)] == ["shadow"] * 3
    assert struck(turn) == []


def test_a_silence_holds_it_back_until_it_ends() -> None:
    """In event time; the ledger says of which deadline and by which silence, and the next alert counts it."""
    at = desk()
    until = datetime(2025, 11, 27, tzinfo=UTC)
    silence = Silence(silence_id="s", reason="drill", created=MONDAY, until=until, seq=0, watch="deadline")
    work(at, Start(seq=0), silence, outcome(0, DUE))
    turn = work(at, *(outcome(seq, time=PASSED) for seq in range(1, 4)))
    held = struck(turn, SUPPRESSED)
    assert [(item.reason, item.silence, item.deadline.left, item.alert_id) for item in held] == [
        ("silence", "s", "24h", None),
        ("silence", "s", "1h", None),
    ]
    assert [item.status for item in held] == ["new", "new"]
    [passed] = struck(turn)
    assert (passed.deadline.left, passed.revision, passed.suppressed) == ("passed", 0, {"silence": 3})


def test_what_a_silence_or_a_cooldown_held_back_has_a_clock_all_the_same() -> None:
    """The article was not told; that its deadline passes is another thing."""
    at = desk(deadline=Policy(clock=True, cooldown=3_600_000, group_by="entity"))
    silence = Silence(silence_id="s", reason="drill", created=MONDAY, until=MONDAY, seq=0, watch="deadline")
    work(at, Start(seq=0), replace(silence, until=MONDAY + timedelta(hours=1)), outcome(0, DUE))
    turn = work(at, *(outcome(seq, time=PASSED) for seq in range(1, 4)))
    assert told(turn) == [("24h", 0), ("1h", 1), ("passed", 2)]


def test_undated_news_sets_no_clock() -> None:
    """In a replay nobody knows when it was."""
    at = desk()
    work(at, Start(seq=0), outcome(0, DUE, event_time_source="arrival"))
    assert at.deadlines == 0


def test_before_an_article_is_decided_what_was_due_before_it_strikes() -> None:
    """The order on the topics is that of the news."""
    at = desk()
    work(at, Start(seq=0), outcome(0, DUE))
    turn = work(at, outcome(1, "2025-12-24", time=PASSED))
    assert [(alert.seq, bool(alert.deadline)) for alert in turn.decided] == [
        (1, True),
        (1, True),
        (1, True),
        (1, False),
    ]


def test_each_record_of_a_deadline_is_known_again() -> None:
    """Three may come with one article, and the article's own besides; after a crash none is sent twice."""
    at = desk()
    work(at, Start(seq=0), outcome(0, DUE))
    turn = work(at, outcome(1, "2025-12-24", time=PASSED))
    assert len({identity(alert) for alert in turn.decided}) == 4


def _entries(seed: int) -> list[Entry]:
    rng = random.Random(seed)
    entries: list[Entry] = [Start(seq=0)]
    time = MONDAY
    for seq in range(60):
        time += timedelta(hours=rng.randrange(12))
        dues = [(time + timedelta(days=rng.randrange(5))).date().isoformat() for _ in range(rng.randrange(3))]
        watch = rng.choice(list(POLICIES))
        entries.append(outcome(seq, *dues, watch=watch, time=time, origin=rng.choice(["live", "replay"])))
        if rng.random() < 0.3:
            entries.append(Tick(time=time + timedelta(hours=rng.randrange(30))))
    return entries


def _records(turns: list[Turn]) -> list[tuple[str, Alert | Suppressed]]:
    return [(emit.topic, emit.value) for turn in turns for emit in turn.emits]  # type: ignore[misc]


def test_batches_and_kills_change_nothing() -> None:
    """However many entries come at once, and wherever a worker is killed between two writes of the table."""
    for seed in range(12):
        entries, rng = _entries(seed), random.Random(-seed)
        plain = desk()
        expected = _records([work(plain, entry) for entry in entries])
        assert [value for _, value in expected if value.deadline]

        table: dict[str, bytes] = {}
        found, at, begin = list[tuple[str, Any]](), desk(), 0
        known: set[tuple[str, str | None]] = set()
        while begin < len(entries):
            end = begin + rng.randrange(1, 9)
            turn = work(at, *entries[begin:end])
            for topic, record in _records([turn]):
                if (topic, identity(record)) not in known:
                    known.add((topic, identity(record)))
                    found.append((topic, record))
            writes = list(turn.writes.items())
            killed = rng.random() < 0.4
            cut = rng.randrange(len(writes) + 1) if killed else len(writes)
            _write(table, writes[:cut])
            if killed:
                at = desk()
                _write(table, list(at.restore(table.items()).items()))
                done = at.next_seq is not None and cut > [key for key, _ in writes].index("cursor")
                begin = end if done else begin
            else:
                begin = end
        assert found == expected


def _write(table: dict[str, bytes], writes: list[tuple[str, bytes | None]]) -> None:
    for key, value in writes:
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
