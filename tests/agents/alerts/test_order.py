from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.order import MOST_RANGES, Cursor, Order
from streams.records import Outcome, Position

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
TIMEOUT = timedelta(seconds=60)


def outcome(seq: int) -> Outcome:
    return Outcome(
        seq=seq,
        status="new",
        position=Position(topic="news.raw", partition=0, offset=seq),
        event_time=NOW,
        arrived=NOW,
        origin="replay",
        article_id=f"{seq:032x}",
        story_id=f"{seq:032x}",
    )


def seqs(outcomes: list[Outcome]) -> list[int]:
    return [item.seq for item in outcomes]


@given(st.permutations(range(12)), st.lists(st.integers(0, 11), max_size=8))
def test_whatever_the_order_in_all_come_out_once_and_in_order(order: list[int], repeats: list[int]) -> None:
    """Workers finish in any order, and deliver some outcomes twice."""
    buffer = Order()
    out = seqs(buffer.begin(0))
    for seq in order + repeats:
        out += seqs(buffer.offer(outcome(seq)))
    assert out == list(range(12))
    assert not buffer.waiting


@given(st.permutations(range(8)), st.integers(0, 7))
def test_a_restart_at_any_point_changes_nothing(order: list[int], cut: int) -> None:
    """Cursor and waiting outcomes are the whole state."""
    first = Order()
    out = seqs(first.begin(0))
    for seq in order[:cut]:
        out += seqs(first.offer(outcome(seq)))
    second = Order(first.cursor, dict(first.waiting))
    for seq in order[cut:]:
        out += seqs(second.offer(outcome(seq)))
    assert out == list(range(8))


def test_outcomes_that_come_before_the_account_begins_are_kept() -> None:
    """The first outcome can overtake the record that says where the account begins."""
    buffer = Order()
    assert buffer.offer(outcome(6)) == []
    assert seqs(buffer.begin(5)) == []
    assert seqs(buffer.offer(outcome(5))) == [5, 6]


def test_a_second_beginning_changes_nothing() -> None:
    """It is sent again after a crash."""
    buffer = Order(Cursor(9))
    assert buffer.begin(0) == []
    assert buffer.cursor == Cursor(9)


def test_a_gap_is_given_up_after_the_timeout_and_counted() -> None:
    """What is behind it goes on; what was given up is known by its number."""
    buffer = Order(Cursor(3))
    buffer.offer(outcome(5))
    assert buffer.tick(NOW, TIMEOUT) == (0, [])
    assert buffer.tick(NOW + timedelta(seconds=59), TIMEOUT) == (0, [])
    skipped, ready = buffer.tick(NOW + timedelta(seconds=60), TIMEOUT)
    assert (skipped, seqs(ready)) == (2, [5])
    assert buffer.cursor == Cursor(6, ((3, 4),))


def test_the_timeout_counts_from_the_gap_not_from_the_first_tick() -> None:
    """A gap that closes in time starts the clock of the next one anew."""
    buffer = Order(Cursor(0))
    buffer.offer(outcome(1))
    buffer.offer(outcome(3))
    buffer.tick(NOW, TIMEOUT)
    buffer.offer(outcome(0))
    assert buffer.tick(NOW + timedelta(seconds=90), TIMEOUT) == (0, [])
    assert buffer.tick(NOW + timedelta(seconds=149), TIMEOUT) == (0, [])
    assert buffer.tick(NOW + timedelta(seconds=150), TIMEOUT)[0] == 1


def test_what_comes_after_it_was_given_up_is_still_worked_off_once() -> None:
    """Late is better than never."""
    buffer = Order(Cursor(8, ((2, 5),)))
    assert seqs(buffer.offer(outcome(4))) == [4]
    assert buffer.offer(outcome(4)) == []
    assert buffer.cursor == Cursor(8, ((2, 3), (5, 5)))
    assert buffer.offer(outcome(7)) == []


def test_an_account_whose_beginning_is_lost_begins_with_what_there_is() -> None:
    """Without a first record the lowest outcome becomes the first after the timeout."""
    buffer = Order()
    buffer.offer(outcome(7))
    buffer.offer(outcome(8))
    buffer.tick(NOW, TIMEOUT)
    assert seqs(buffer.tick(NOW + TIMEOUT, TIMEOUT)[1]) == [7, 8]


def test_what_was_given_up_is_remembered_up_to_a_bound() -> None:
    """The cursor is written with each batch; the oldest ranges leave it."""
    buffer = Order(Cursor(0))
    for number in range(MOST_RANGES + 5):
        buffer.offer(outcome(2 * number + 1))
        now = NOW + number * 2 * TIMEOUT
        buffer.tick(now, TIMEOUT)
        assert buffer.tick(now + TIMEOUT, TIMEOUT)[0] == 1
    assert len(buffer.cursor.skipped) == MOST_RANGES
    assert buffer.offer(outcome(0)) == []
    assert seqs(buffer.offer(outcome(2 * MOST_RANGES))) == [2 * MOST_RANGES]
