"""The ledger against a plain list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.ledger import Entry, Ledger
from agents.deduplicate.remembered import table_key
from streams.records import Position

clocks = st.integers(0, 50)
steps = st.lists(
    st.tuples(st.just("append"), clocks)
    | st.tuples(st.just("expire"), clocks)
    | st.tuples(st.just("forget"), clocks),
    max_size=60,
)


def entry(number: int, clock: int) -> Entry:
    return Entry(Position(topic=f"t{number % 3}", partition=number % 2, offset=number), clock, number)


@given(steps, st.integers(1, 20))
def test_it_keeps_what_a_list_would_keep(todo: list[tuple[str, int]], longest: int) -> None:
    """Entries leave the window in order, and are forgotten in order once too many came after them."""
    ledger, model, oldest = Ledger(), list[Entry](), 0
    first = 0
    for what, clock in todo:
        if what == "append":
            model = [one._replace(clock=min(one.clock, clock)) for one in model]
            model.append(entry(len(model), clock))
            ledger.append(model[-1])
        elif what == "expire":
            oldest = max(oldest, len(model) - longest)
            while oldest < len(model) and model[oldest].clock <= clock:
                oldest += 1
            assert ledger.expire(clock, longest) == oldest
        else:
            expected = []
            while first < oldest and (model[first].observations <= clock or len(model) - first > longest):
                expected.append(table_key(model[first].position))
                first += 1
            assert ledger.forget(clock, longest) == expected
    assert (ledger.first, ledger.oldest, ledger.next) == (first, oldest, len(model))
    kept = range(first, len(model))
    assert [ledger.key(n) for n in kept] == [table_key(model[n].position) for n in kept]
    assert [ledger.clock(n) for n in kept] == [model[n].clock for n in kept]


def test_the_ring_grows_and_turns_without_losing_an_entry() -> None:
    """More entries than it begins with, while the first ones leave."""
    ledger = Ledger()
    for number in range(5_000):
        ledger.append(entry(number, number))
        ledger.expire(number - 2_000, 10_000)
        ledger.forget(10_000, 10_000)
    assert (ledger.first, ledger.next) == (3_000, 5_000)
    assert [ledger.key(n) for n in (ledger.first, 4_999)] == [
        table_key(entry(n, 0).position) for n in (3_000, 4_999)
    ]


def test_a_clock_set_back_lets_what_came_under_it_leave_in_time() -> None:
    """A reading far ahead counts for no more than the one that put it right."""
    ledger = Ledger()
    for number in (0, 1):
        ledger.append(entry(number, 10**12))
    ledger.set_back(100)
    ledger.append(entry(2, 120))
    assert ledger.expire(100, 10) == 2
