import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.alerts.remembered import STAND
from agents.alerts.turn import Turn, identity
from agents.clock import PATIENCE
from streams.records import (
    Alert,
    Change,
    Coverage,
    Entity,
    Entry,
    Mention,
    Outcome,
    Position,
    Silence,
    Start,
    Suppressed,
    Tick,
)
from streams.topology import ALERTS, SUPPRESSED

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
WINDOW = timedelta(hours=72)


def desk() -> Desk:
    policies = {
        "ceasefire": Policy(severity="critical"),
        "deadline": Policy(),
        "entity": Policy(group_by="entity", cooldown=1_800_000),
        "quiet": Policy(severity="info", cooldown=1_800_000, stage="shadow"),
        "each": Policy(severity="info", group_by="none"),
    }
    return Desk(policies, window=WINDOW, gap_timeout=timedelta(seconds=60))


def outcome(
    seq: int,
    story: str = "s",
    watches: tuple[str, ...] = ("ceasefire",),
    *,
    sentence: str = "x y z.",
    **fields: Any,
) -> Outcome:
    mentions = tuple(
        Mention(watch=watch, text="x", field="body_text", start=0, end=1, sentence=sentence)
        for watch in watches
    )
    return Outcome(
        **{
            "seq": seq,
            "status": "near_duplicate",
            "position": Position(topic="news.raw", partition=0, offset=seq),
            "event_time": NOW + timedelta(seconds=seq),
            "event_time_source": "own",
            "arrived": NOW,
            "origin": "replay",
            "article_id": f"a{seq}",
            "story_id": story,
            "mentions": mentions,
            **fields,
        }
    )


def work(at: Desk, *entries: Entry) -> Turn:
    return at.work(entries, now=NOW)


def kinds(turn: Turn) -> list[tuple[str, int]]:
    return [(type(record).__name__, record.seq) for record in turn.decided]


def test_an_alert_goes_to_both_topics_and_a_copy_to_the_suppressed() -> None:
    """Subscribers read all alerts or one watch's; the copy names the alert it fell under."""
    turn = work(desk(), Start(seq=0), outcome(0), outcome(1))
    assert [emit.topic for emit in turn.emits] == [ALERTS, "alerts.ceasefire", SUPPRESSED]
    assert len({emit.key for emit in turn.emits}) == 1
    assert kinds(turn) == [("Alert", 0), ("Suppressed", 1)]


def test_the_first_in_the_order_of_the_news_alerts_though_its_outcome_comes_last() -> None:
    """A slow worker must not change whose article the alert shows."""
    at = desk()
    assert work(at, Start(seq=0), outcome(2), outcome(1)).decided == []
    assert at.waiting == 2
    assert kinds(work(at, outcome(0))) == [("Alert", 0), ("Suppressed", 1), ("Suppressed", 2)]
    assert at.waiting == 0


def test_a_waiting_outcome_is_in_the_table_until_its_turn() -> None:
    """A kill in between must not lose it."""
    at = desk()
    assert work(at, Start(seq=0), outcome(1)).writes["wait/1"] is not None
    assert work(at, outcome(0)).writes["wait/1"] is None


def test_what_comes_and_goes_within_a_batch_is_not_written() -> None:
    """The table has what waits between batches, nothing else."""
    turn = work(desk(), Start(seq=0), outcome(1), outcome(0))
    assert not [key for key in turn.writes if key.startswith("wait/")]


def test_a_story_is_forgotten_after_the_window_of_event_time() -> None:
    """State stays bounded; the clock is the news, not the wall."""
    at = desk()
    work(at, Start(seq=0), outcome(0))
    later = [
        outcome(seq, f"other{seq}", event_time=NOW + WINDOW + timedelta(hours=1)) for seq in range(1, 12)
    ]
    turn = work(at, *later)
    assert turn.writes[STAND + "s/ceasefire"] is None


def test_a_story_that_goes_on_is_remembered() -> None:
    """Each copy touches the alert that stands."""
    at = desk()
    day = timedelta(hours=24)
    entries = [outcome(seq, event_time=NOW + seq * day) for seq in range(30)]
    turn = work(at, Start(seq=0), *entries)
    assert [type(record) for record in turn.decided] == [Alert] + [Suppressed] * 29


def test_an_undated_replay_forgets_nothing_until_dated_news_moves_the_clock() -> None:
    """Its arrival is today, whatever the archive's dates are; its window begins when the clock does."""
    at = desk()
    work(at, Start(seq=0), outcome(0, event_time_source="arrival"))
    assert work(at, *(outcome(seq, "t", event_time=NOW) for seq in range(1, 9))).writes.get(
        STAND + "s/ceasefire"
    )
    later = [outcome(seq, "u", event_time=NOW + WINDOW + timedelta(hours=1)) for seq in range(9, 20)]
    assert work(at, *later).writes[STAND + "s/ceasefire"] is None


def test_a_gap_is_given_up_by_ticks_and_counted() -> None:
    """Ticks carry the wall clock; news does not move it."""
    at = desk()
    work(at, Start(seq=0), outcome(1))
    assert work(at, Tick(time=NOW)).skipped == 0
    turn = work(at, Tick(time=NOW + timedelta(seconds=61)))
    assert (turn.skipped, kinds(turn)) == (1, [("Alert", 1)])


def test_redeliveries_fill_their_place_and_count_for_nothing() -> None:
    """They are settled, so that the order goes on, but decided not at all."""
    turn = work(desk(), Start(seq=0), outcome(0), outcome(1, redelivered=True), outcome(2, "t"))
    assert kinds(turn) == [("Alert", 0), ("Alert", 2)]
    assert [settled.seq for settled in turn.settled] == [0, 1, 2]


Table = dict[str, bytes]


def apply(table: Table, writes: dict[str, bytes | None], most: int | None = None) -> None:
    """Perform the first of a turn's writes."""
    for key, value in list(writes.items())[:most]:
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value


def restored(table: Table) -> Desk:
    """A desk as the next worker makes it."""
    at = desk()
    apply(table, at.restore(table.items()))
    return at


WATCHES = ("ceasefire", "deadline", "entity", "quiet", "each")
articles = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.lists(st.sampled_from(WATCHES), unique=True, max_size=3),
        st.sampled_from([None, *(f"{outlet}.example" for outlet in "abcdef")]),
        st.sampled_from([0, 0, 1, 20, 60, 4000]),
        st.sampled_from(["Kyiv wants a truce in 3 days.", "Kyiv wants a truce in 4 days."]),
    ),
    min_size=1,
    max_size=25,
)
"""Story, watches, outlet, minutes after the one before, what is said."""
Drawn = list[tuple[int, list[str], str | None, int, str]]


def quiet(seq: int) -> Silence:
    """A silence of an hour that is known before its first article is decided."""
    until = NOW + timedelta(minutes=60)
    return Silence(
        silence_id=f"q{seq}", reason="drill", created=NOW, until=until, seq=seq, source="b.*", watch="d*"
    )


def news(drawn: Drawn) -> list[Entry]:
    """As outcomes, the first of a story new; and a silence before each article of one outlet."""
    entries: list[Entry] = []
    seen: set[int] = set()
    now = NOW
    for seq, (story, watches, source, minutes, sentence) in enumerate(drawn):
        now += timedelta(minutes=minutes)
        status = "near_duplicate" if story in seen else "new"
        seen.add(story)
        about = {"status": status, "source": source, "event_time": now}
        if status == "new":
            about["entities"] = (
                Entity(text="x", label="GPE", start=0, end=1, canonical="Kyiv", canonical_id="city:Kyiv"),
            )
        if source == "a.example":
            entries.append(quiet(seq))
        entries.append(outcome(seq, f"s{story}", tuple(watches), sentence=sentence, **about))
    return entries


def mixed(entries: list[Entry], seed: int) -> list[Entry]:
    """In any order, silences first: they hold from their place in the news, not from where they are read."""
    silences = [entry for entry in entries if isinstance(entry, Silence)]
    rest = [entry for entry in entries if not isinstance(entry, Silence)]
    return [Start(seq=0), *silences, *random.Random(seed).sample(rest, len(rest))]


@given(articles, st.integers(0, 2**32), st.integers(1, 7))
def test_order_batches_and_restarts_change_no_decision(drawn: Drawn, seed: int, size: int) -> None:
    """Whatever order outcomes come in, however they are batched, and with a restart after each batch."""
    entries = news(drawn)
    expected = work(desk(), Start(seq=0), *entries).decided
    shuffled = mixed(entries, seed)
    decided: list[Alert | Suppressed] = []
    table: Table = {}
    for start in range(0, len(shuffled), size):
        turn = work(restored(table), *shuffled[start : start + size])
        decided += turn.decided
        apply(table, turn.writes)
    assert decided == expected
    assert [key for key in table if key.startswith("wait/")] == []


@given(
    articles,
    st.integers(0, 2**32),
    st.lists(
        st.tuples(st.integers(1, 7), st.one_of(st.none(), st.integers(0, 12))), min_size=60, max_size=60
    ),
)
def test_a_kill_between_the_writes_of_a_turn_changes_no_decision(
    drawn: Drawn, seed: int, turns: list[tuple[int, int | None]]
) -> None:
    """The table may have the first of a turn's writes and not the rest.

    What follows is delivered again, in other batches, and gives the same records: those that are out already
    are known by their identity.
    """
    entries = news(drawn)
    expected = work(desk(), Start(seq=0), *entries).decided
    shuffled = mixed(entries, seed)
    sent: dict[tuple[type, str], Alert | Suppressed] = {}
    table: Table = {}
    start = 0
    at = restored(table)
    # After the last of these nobody is killed any more.
    for size, kept in [*turns, *[(7, None)] * len(shuffled)]:
        turn = work(at, *shuffled[start : start + size])
        for record in turn.decided:
            assert sent.setdefault((type(record), identity(record)), record) == record
        apply(table, turn.writes, kept)
        if kept is None or kept >= len(turn.writes):
            start += size
        else:
            at = restored(table)
    assert sorted(sent.values(), key=identity) == sorted(expected, key=identity)
    assert [key for key in table if key.startswith("wait/")] == []


def test_copies_are_told_again_at_the_third_outlet_and_not_at_the_second() -> None:
    """The same alert with its next revision; an article without a source is no outlet."""
    at = desk()
    sources = ["a.example", "a.example", "b.example", None, "www.A.example", "c.example", "c.example"]
    copies = [
        outcome(seq, source=source, event_time=NOW + timedelta(minutes=10 * seq))
        for seq, source in enumerate(sources)
    ]
    turn = work(at, Start(seq=0), *copies)
    first, again = (record for record in turn.decided if isinstance(record, Alert))
    assert kinds(turn)[1:5] == [("Suppressed", seq) for seq in range(1, 5)]
    assert (again.alert_id, again.revision, again.change, again.seq) == (first.alert_id, 1, "coverage", 5)
    assert again.coverage == Coverage(articles=6, outlets=3, first_outlet="a.example", minutes_to_3=50)
    assert [emit.topic for emit in turn.emits].count("alerts.ceasefire") == 2


def test_a_copy_that_turns_it_round_is_never_swallowed() -> None:
    """It goes out as the next revision, and says what changed from what; then it is known."""
    at = desk()
    agreed, rejected = "Kyiv agreed to a truce in 3 days.", "Kyiv agreed to a truce in 5 days."
    turn = work(
        at,
        Start(seq=0),
        outcome(0, status="new", sentence=agreed),
        outcome(1, sentence=rejected),
        outcome(2, status="update", sentence=rejected),
        outcome(3, sentence=agreed),
    )
    assert kinds(turn) == [("Alert", 0), ("Alert", 1), ("Suppressed", 2), ("Suppressed", 3)]
    again = turn.decided[1]
    assert isinstance(again, Alert)
    assert (again.revision, again.change) == (1, "change")
    assert again.changes == (Change(what="number", before="3 days", after="5 days"),)


def test_another_watch_of_the_story_is_told_once() -> None:
    """By the article that brings it, or by the next one that mentions the first watch."""
    at = desk()
    both = ("ceasefire", "deadline")
    turn = work(
        at,
        Start(seq=0),
        outcome(0, watches=("ceasefire",)),
        outcome(1, watches=("deadline",)),
        outcome(2, watches=both),
        outcome(3, watches=both),
    )
    told = [
        (record.seq, record.watch, record.revision, [change.after for change in record.changes])
        for record in turn.decided
        if isinstance(record, Alert)
    ]
    assert told == [
        (0, "ceasefire", 0, []),
        (1, "deadline", 0, []),
        (2, "ceasefire", 1, ["deadline"]),
    ]


@pytest.mark.parametrize("kill", [False, True])
def test_what_was_told_while_the_clock_was_behind_stands_as_long_as_any(*, kill: bool) -> None:
    """An article of 1970 is the first of an archive put in order; the clock needs a few to leave it."""
    at = desk()
    wrong = outcome(0, "wrong", event_time=datetime(1970, 1, 2, tzinfo=UTC))
    first = work(at, Start(seq=0), wrong, outcome(1, status="new"))
    if kill:
        at = desk()
        at.restore([(key, value) for key, value in first.writes.items() if value is not None])
    work(at, *(outcome(seq, f"t{seq}") for seq in range(2, 12)))
    assert kinds(work(at, outcome(12))) == [("Suppressed", 12)]
    later = NOW + WINDOW + timedelta(hours=1)
    work(at, *(outcome(seq, f"u{seq}", event_time=later) for seq in range(13, 30)))
    assert kinds(work(at, outcome(30, event_time=later))) == [("Alert", 30)]


def test_a_clock_set_back_holds_nobody_up() -> None:
    """An alert raised under a wrong date far ahead leaves a window after the clock was mended."""
    at = desk()
    ahead = NOW + timedelta(days=30_000)
    wrong = [outcome(seq, f"wrong{seq}", event_time=ahead) for seq in range(9)]
    right = [outcome(seq, f"s{seq}", event_time=NOW) for seq in range(9, 9 + PATIENCE + 9)]
    assert STAND + "wrong0/ceasefire" in work(at, Start(seq=0), *wrong, *right).writes
    standing = at.standing
    later = [
        outcome(seq, f"t{seq}", event_time=NOW + WINDOW + timedelta(hours=1))
        for seq in range(10 + PATIENCE + 8, 10 + PATIENCE + 18)
    ]
    turn = work(at, *later)
    assert turn.writes[STAND + "wrong0/ceasefire"] is None
    assert standing > 1000 > at.standing


def test_an_original_that_was_given_up_falls_under_its_own_copy() -> None:
    """It comes late and new; the story has alerted by then."""
    at = desk()
    work(at, Start(seq=0), outcome(1), Tick(time=NOW))
    assert work(at, Tick(time=NOW + timedelta(seconds=61))).skipped == 1
    assert kinds(work(at, outcome(0, status="new"))) == [("Suppressed", 0)]


def test_an_outcome_that_comes_twice_is_decided_once() -> None:
    """Two workers may have done one article, before or after its turn."""
    at = desk()
    assert kinds(work(at, Start(seq=0), outcome(1), outcome(1), outcome(0))) == [
        ("Alert", 0),
        ("Suppressed", 1),
    ]
    assert work(at, outcome(0), outcome(1)).settled == []


def test_records_are_the_same_by_number_and_watch_and_silences_may_repeat() -> None:
    """What is looked for on the topics after a crash."""
    turn = work(desk(), Start(seq=0), quiet(0), outcome(0), outcome(1))
    assert [identity(emit.value) for emit in turn.emits] == [None, *["0/ceasefire"] * 2, "1/ceasefire"]


@given(
    order=st.permutations(range(12)),
    rejected=st.sets(st.integers(0, 11)),
    watches=st.lists(
        st.lists(st.sampled_from(["ceasefire", "deadline", "entity", "quiet", "each"]), unique=True),
        min_size=12,
        max_size=12,
    ),
)
def test_settling_at_once_over_gaps_gives_what_working_through_all_of_them_gives(
    order: list[int], rejected: set[int], watches: list[list[str]]
) -> None:
    """What was rejected leaves nothing behind; a backtest, which doesn't have it, decides the same."""
    outcomes = [
        outcome(seq, f"s{seq % 3}", tuple(watches[seq]), sentence=f"x y {seq % 4}.", source=f"{seq}.example")
        for seq in range(12)
    ]
    gone = {"status": "rejected", "event_time_source": None, "article_id": None, "story_id": None}
    log = [outcome(seq, watches=(), **gone) if seq in rejected else outcomes[seq] for seq in order]
    worked = work(desk(), Start(seq=0), *log)
    at = desk()
    settled = [at.settle(item, seq=item.seq, now=NOW) for item in outcomes if item.seq not in rejected]
    assert [emit for turn in settled for emit in turn.emits] == worked.emits
    assert all(not turn.writes for turn in settled)
