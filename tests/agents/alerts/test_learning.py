"""The alert step learns aliases in the order of the news: whatever comes when, the same names and alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.mentions.entity_scope import EntityScope
from streams.records import Alert, Model, Outcome, Start, Suppressed
from tests.agents.alerts.test_aliases import OPCW, entity, explains
from tests.agents.alerts.test_desk import NOW, outcome

if TYPE_CHECKING:
    from agents.alerts.turn import Turn

ASKED = EntityScope((f"org:{OPCW}",), frozenset({entity(OPCW, OPCW).canonical_id}))
MODEL = Model(name="m", version="1")


def desk() -> Desk:
    policies = {"inspectors": Policy(entities=ASKED)}
    return Desk(policies, window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))


def bare(seq: int) -> Outcome:
    """An article that names it by its letters only, and that the watch mentions."""
    named = (entity("OPCW", "OPCW"),)
    return outcome(
        seq, f"s{seq}", ("inspectors",), status="new", source="z.example", entities=named, model=MODEL
    )


def news() -> list[Outcome]:
    """One before anything is known, the evidence with one between, one after."""
    return [
        bare(0),
        explains(1, "a.example"),
        explains(2, "b.example"),
        bare(3),
        explains(4, "b.example"),
        bare(5),
    ]


def decided(turns: list[Turn]) -> list[tuple[int, str, tuple[Any, ...]]]:
    return [(record.seq, type(record).__name__, record.learnt) for turn in turns for record in turn.decided]


def test_a_bare_acronym_is_understood_once_others_have_explained_it() -> None:
    """Out of scope before, in scope after; the alert carries whom it names and who taught it."""
    at = desk()
    turn = at.work([Start(seq=0), *news()], now=NOW)
    first, second, third = turn.decided
    assert isinstance(first, Suppressed)
    assert isinstance(second, Suppressed)
    assert (first.reason, second.reason) == ("out_of_scope", "out_of_scope")
    assert isinstance(third, Alert)
    assert [item.canonical for item in third.entities] == [OPCW]
    [learnt] = third.learnt
    assert [item.article_id for item in learnt.evidence] == ["a1", "a2", "a4"]
    assert first.learnt == second.learnt == ()


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(0, 8))
def test_order_batches_and_a_kill_change_nothing(order: list[int], sizes: list[int], lost: int) -> None:
    """Outcomes in any order and any batches, the worker killed within any write: the same decisions."""
    expected = decided([desk().work([Start(seq=0), *news()], now=NOW)])
    at, table, turns = desk(), {}, []
    entries: list[Any] = [Start(seq=0), *(news()[index] for index in order)]
    while entries:
        batch, entries = entries[: sizes[0]], entries[sizes[0] :]
        sizes = [*sizes[1:], sizes[0]]
        turn = at.work(batch, now=NOW)
        # A kill leaves the first writes in the table; the batch comes again.
        cut = list(turn.writes.items())[:lost]
        killed = dict(table)
        _write(killed, dict(cut))
        again = desk()
        _write(killed, again.restore(list(killed.items())))
        if len(cut) < len(turn.writes) and "cursor" not in dict(cut):
            turn = again.work(batch, now=NOW)
            at, table = again, killed
        _write(table, turn.writes)
        turns.append(turn)
    assert decided(turns) == expected


def _write(table: dict[str, bytes], writes: dict[str, bytes | None]) -> None:
    for key, value in writes.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value


def test_a_restart_keeps_what_was_learnt() -> None:
    """From the table alone the next worker knows the alias."""
    at, table = desk(), {}
    _write(table, at.work([Start(seq=0), *news()[:5]], now=NOW).writes)
    again = desk()
    assert again.restore(table.items()) == {}
    [alert] = again.work([news()[5]], now=NOW).decided
    assert isinstance(alert, Alert)
    assert alert.learnt[0].stories == 3
    assert again.aliases == 1


def test_one_delivered_again_teaches_nothing_twice() -> None:
    """A second copy of an input is marked so, and its story has been counted."""
    again = msgspec.structs.replace(explains(1, "c.example"), seq=4, redelivered=True)
    entries = [bare(0), explains(1, "a.example"), explains(2, "b.example"), bare(3), again, bare(5)]
    turn = desk().work([Start(seq=0), *entries], now=NOW)
    assert {type(record) for record in turn.decided} == {Suppressed}
